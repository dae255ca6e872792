// Where the lines of a place stand: what is seen and stays, and the base class's questions about
// it.

#include <algorithm>
#include <utility>

#include <QElapsedTimer>
#include <QPushButton>
#include <QScrollBar>

#include "ui/chat/chat_line_layout.h"
#include "ui/chat/chat_line_painter.h"
#include "ui/chat/chat_lines_view.h"

namespace sscope {

namespace {

constexpr int endMargin = 8;
constexpr int sliceMilliseconds = 4;

} // namespace

void ChatLinesView::measureSeen() {
    int left = viewport()->height();
    if (m_isAtEnd) {
        for (int row = m_heights.count() - 1; row >= 0 && left > 0; --row) {
            measure(row);
            left -= m_heights.height(row);
        }
        return;
    }
    left += m_anchorOffset;
    for (int row = m_anchor; row < m_heights.count() && left > 0; ++row) {
        measure(row);
        left -= m_heights.height(row);
    }
}

/// What is not seen, nearest to it first, so that the scroll bar tells the truth.
void ChatLinesView::measureSome() {
    QElapsedTimer time;
    time.start();
    int row = m_heights.nextUnmeasured(m_anchor);
    while (row >= 0 && time.elapsed() < sliceMilliseconds) {
        measure(row);
        row = m_heights.nextUnmeasured(row);
    }
    if (row < 0)
        m_measuring.stop();
    place();
}

/// Puts what is seen to where it belongs after heights have changed.
void ChatLinesView::place() {
    if (m_isPlacing || !m_lines)
        return;
    m_isPlacing = true;
    measureSeen();
    const int most = mostScroll();
    QScrollBar* bar = verticalScrollBar();
    bar->setRange(0, most);
    bar->setPageStep(viewport()->height());
    bar->setSingleStep(ChatLineLayout::step());
    const int wanted = m_heights.count() > 0 ? topOf(m_anchor) + m_anchorOffset : 0;
    bar->setValue(m_isAtEnd ? most : std::min(wanted, most));
    m_isPlacing = false;
    followScroll();
    if (isVisible() && m_heights.nextUnmeasured(m_anchor) >= 0)
        m_measuring.start();
    viewport()->update();
}

/// What is seen now is what is kept from here on.
void ChatLinesView::followScroll() {
    const int value = verticalScrollBar()->value();
    if (m_heights.count() > 0) {
        m_anchor = rowAtContent(value);
        m_anchorOffset = value - topOf(m_anchor);
    }
    setAtEnd(value >= mostScroll());
    m_telling.start(); // what comes in one go may move it again
    askOlder();
}

void ChatLinesView::tellShown() {
    if (!m_lines)
        return;
    int row = rowAtContent(verticalOffset() + viewport()->height() - 1);
    while (row >= 0 && m_lines->at(row).id == 0)
        --row;
    if (row < 0)
        return;
    const std::pair last(m_lines->at(row).id, m_lines->at(row).time);
    if (std::exchange(m_shownUpTo, last) != last)
        Q_EMIT shownUpTo(last.first, last.second);
}

void ChatLinesView::setAtEnd(bool isAtEnd) {
    if (isAtEnd)
        m_newBelow = 0;
    const bool hasChanged = std::exchange(m_isAtEnd, isAtEnd) != isAtEnd;
    showJump();
    if (hasChanged)
        Q_EMIT endReached(isAtEnd);
}

void ChatLinesView::showJump() {
    const bool isFar = mostScroll() - verticalScrollBar()->value() > viewport()->height();
    m_jump->setVisible(!m_isAtEnd && (m_newBelow > 0 || isFar));
    if (m_jump->isHidden())
        return;
    const QString text =
        m_newBelow > 0 ? tr("%n new, jump to latest", nullptr, m_newBelow) : tr("Jump to latest");
    if (text != m_jump->text()) {
        m_jump->setText(text);
        m_jump->setAccessibleName(text);
    }
    m_jump->adjustSize();
    m_jump->move((viewport()->width() - m_jump->width()) / 2,
                 viewport()->height() - m_jump->height() - endMargin);
}

void ChatLinesView::askOlder() {
    const bool isNear = verticalScrollBar()->value() < viewport()->height();
    if (isVisible() && isNear && m_lines && m_lines->hasOlder() && !m_lines->isLoadingOlder())
        Q_EMIT olderWanted();
}

void ChatLinesView::goToEnd() {
    m_isAtEnd = true;
    place();
    setAtEnd(true);
}

void ChatLinesView::goToNew() {
    int row = m_hasScrolled ? -1 : m_heights.count() - 1;
    while (row >= 0 && !m_lines->startsNew(row))
        --row;
    if (row >= 0 && topOf(m_heights.count()) - topOf(row) > viewport()->height()) {
        m_isAtEnd = false;
        m_newBelow = m_lines->newCount();
        m_anchor = row;
        m_anchorOffset = 0;
    }
    place();
}

int ChatLinesView::contentHeight() const {
    return m_heights.count() == 0 ? 0 : topOf(m_heights.count()) + endMargin;
}

int ChatLinesView::mostScroll() const {
    return std::max(0, contentHeight() - viewport()->height());
}

/// Few lines stand at the bottom, where the next one comes.
int ChatLinesView::topOf(int row) const {
    const int all = m_heights.top(m_heights.count()) + headHeight + endMargin;
    return std::max(0, viewport()->height() - all) + headHeight + m_heights.top(row);
}

int ChatLinesView::rowAtContent(int y) const {
    return m_heights.rowAt(y - topOf(0));
}

// The list's own geometry

int ChatLinesView::verticalOffset() const {
    return verticalScrollBar()->value();
}

void ChatLinesView::doItemsLayout() {
    QAbstractItemView::doItemsLayout();
}

void ChatLinesView::updateGeometries() {
    QAbstractItemView::updateGeometries();
    place();
}

void ChatLinesView::scrollContentsBy(int, int) {
    if (m_isPlacing)
        return;
    m_hasScrolled = true;
    followScroll();
    place();
}

void ChatLinesView::resizeEvent(QResizeEvent* event) {
    if (std::exchange(m_room.width, width()) != width() && m_lines) {
        m_room.name = ChatLinePainter::nameColumn(m_neededName, width());
        estimateAgain();
    }
    QAbstractItemView::resizeEvent(event);
    place();
}

void ChatLinesView::showEvent(QShowEvent* event) {
    QListView::showEvent(event);
    place();
}

QRect ChatLinesView::visualRect(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= m_heights.count())
        return {};
    return {0, topOf(index.row()) - verticalOffset(), viewport()->width(),
            m_heights.height(index.row())};
}

QModelIndex ChatLinesView::indexAt(const QPoint& at) const {
    const int row = rowAtContent(at.y() + verticalOffset());
    if (row < 0)
        return {};
    const QModelIndex index = model()->index(row, 0);
    return visualRect(index).contains(at) ? index : QModelIndex();
}

void ChatLinesView::scrollTo(const QModelIndex& index, ScrollHint hint) {
    if (!index.isValid() || index.row() >= m_heights.count())
        return;
    measure(index.row());
    const int top = topOf(index.row());
    const int room = viewport()->height() - m_heights.height(index.row());
    const int value = verticalOffset();
    int wanted = value;
    if (hint == PositionAtCenter)
        wanted = top - room / 2;
    else if (hint == PositionAtTop || top < value)
        wanted = top;
    else if (hint == PositionAtBottom || top - room > value)
        wanted = top - room;
    if (index.row() == 0)
        wanted = 0; // with what stands before it
    else if (index.row() == m_heights.count() - 1 && wanted > value)
        wanted = mostScroll();
    verticalScrollBar()->setValue(wanted);
}

QModelIndex ChatLinesView::moveCursor(CursorAction action, Qt::KeyboardModifiers) {
    const int last = m_heights.count() - 1;
    if (last < 0)
        return {};
    const int page = viewport()->height() - 2 * ChatLineLayout::step();
    int row = currentIndex().isValid() ? currentIndex().row() : last + 1;
    switch (action) {
    case MoveUp:
    case MoveLeft:
    case MovePrevious:
        --row;
        break;
    case MoveDown:
    case MoveRight:
    case MoveNext:
        ++row;
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = last;
        break;
    case MovePageUp:
        row = rowAtContent(topOf(std::min(row, last)) - page);
        break;
    case MovePageDown:
        row = rowAtContent(topOf(std::min(row, last)) + page);
        break;
    }
    return model()->index(std::clamp(row, 0, last), 0);
}

void ChatLinesView::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command) {
    const QRect normal = rect.normalized();
    const int first = rowAtContent(normal.top() + verticalOffset());
    const int last = rowAtContent(normal.bottom() + verticalOffset());
    if (first >= 0)
        selectionModel()->select({model()->index(first, 0), model()->index(last, 0)}, command);
}

QRegion ChatLinesView::visualRegionForSelection(const QItemSelection& selection) const {
    QRegion region;
    for (const QItemSelectionRange& range : selection)
        region += visualRect(range.topLeft()).united(visualRect(range.bottomRight()));
    return region & viewport()->rect();
}

} // namespace sscope
