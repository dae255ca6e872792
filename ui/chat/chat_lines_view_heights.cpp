// How high the lines of a place are, as they come and go.

#include <algorithm>
#include <utility>

#include "ui/chat/chat_line_painter.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_text.h"

namespace sscope {

namespace {

constexpr int mostMeasuredNames = 1'000;

} // namespace

void ChatLinesView::reset() {
    QAbstractItemView::reset();
    estimateAll();
}

void ChatLinesView::estimateAll() {
    m_heights.clear();
    m_room.width = width();
    m_neededName = 0;
    m_measuredNames.clear();
    if (m_lines)
        fitNames(0, m_lines->rowCount() - 1);
    if (m_lines)
        m_heights.insert(0, estimates(0, m_lines->rowCount() - 1));
    m_anchor = std::clamp(m_anchor, 0, std::max(0, m_heights.count() - 1));
    place();
}

/// There is another width for them.
void ChatLinesView::estimateAgain() {
    for (int row = 0; row < m_heights.count(); ++row)
        m_heights.setEstimate(row, ChatLinePainter::estimate(*m_lines, row, m_room));
}

/// The column of names is as wide as the widest of this place that was there; true where these rows
/// have made it wider.
bool ChatLinesView::fitNames(int first, int last) {
    for (int row = first; row <= last; ++row) {
        const QString& name = m_lines->at(row).author;
        if (name.isEmpty() || m_measuredNames.contains(name))
            continue;
        if (m_measuredNames.size() >= mostMeasuredNames)
            m_measuredNames.clear(); // whoever comes under ever new names
        m_measuredNames.insert(name);
        m_neededName = std::max(m_neededName, ChatLinePainter::widthOfName(safeText(name)));
    }
    const int column = ChatLinePainter::nameColumn(m_neededName, m_room.width);
    return std::exchange(m_room.name, column) != column;
}

std::vector<int> ChatLinesView::estimates(int first, int last) const {
    std::vector<int> heights;
    heights.reserve(static_cast<std::size_t>(last - first + 1));
    for (int row = first; row <= last; ++row)
        heights.push_back(ChatLinePainter::estimate(*m_lines, row, m_room));
    return heights;
}

void ChatLinesView::rowsInserted(const QModelIndex& parent, int first, int last) {
    const int count = last - first + 1;
    const bool isLast = first == m_heights.count();
    const bool isWider = fitNames(first, last);
    m_heights.insert(first, estimates(first, last));
    if (isWider)
        estimateAgain();
    if (!m_isAtEnd && first <= m_anchor && m_heights.count() > count)
        m_anchor += count;
    if (!m_isAtEnd && m_lines->isNew(last))
        m_newBelow = m_lines->newCount(); // as their divider says
    for (int row = first; row <= last && isLast && !m_isAtEnd && !m_lines->isNew(row); ++row) {
        const ChatLine& line = m_lines->at(row);
        m_newBelow += line.kind == ChatLine::Kind::Message && !line.isOwn ? 1 : 0;
    }
    m_characters.rowsInserted(first, count);
    light({}, {});
    QAbstractItemView::rowsInserted(parent, first, last);
    place();
    Q_EMIT linesChanged();
}

// Not the list's own, which is about its layout.
void ChatLinesView::rowsAboutToBeRemoved(const QModelIndex& parent, int first, int last) {
    QAbstractItemView::rowsAboutToBeRemoved(parent, first, last);
}

void ChatLinesView::rowsGone(int first, int last) {
    m_characters.rowsRemoved(first, last);
    light({}, {});
    m_heights.remove(first, last);
    if (m_anchor > last) {
        m_anchor -= last - first + 1;
    } else if (m_anchor >= first) {
        m_anchor = std::max(0, std::min(first, m_heights.count() - 1));
        m_anchorOffset = 0;
    }
    place();
}

void ChatLinesView::rowsMoved(int first, int last, int before) {
    m_characters.rowMoved(first, before > last ? before - 1 : before); // one at a time
    light({}, {});
    std::vector<int> heights;
    for (int row = first; row <= last; ++row)
        heights.push_back(m_heights.height(row));
    m_heights.remove(first, last);
    m_heights.insert(before > last ? before - (last - first + 1) : before, heights);
    place();
}

void ChatLinesView::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                                const QList<int>& roles) {
    QAbstractItemView::dataChanged(topLeft, bottomRight, roles);
    for (int row = topLeft.row(); row <= bottomRight.row() && row < m_heights.count(); ++row)
        m_heights.setEstimate(row, m_heights.height(row));
    place();
    viewport()->update();
}

void ChatLinesView::measure(int row) {
    if (!m_heights.isMeasured(row))
        m_heights.setMeasured(row, ChatLinePainter::measure(*m_lines, row, m_room, m_ownName));
}

} // namespace sscope
