#include "ui/chat/chat_selection.h"

#include <algorithm>

#include <QStringList>

#include "ui/chat/chat_lines_model.h"
#include "ui/chat/chat_text.h"

namespace sscope {

std::pair<int, int> ChatSelection::Range::of(int row, int length) const {
    if (row < from.row || row > to.row)
        return {0, 0};
    const int begin = row == from.row ? std::min(from.at, length) : 0;
    const int end = row == to.row ? std::min(to.at, length) : length;
    return begin < end ? std::pair(begin, end) : std::pair(0, 0);
}

void ChatSelection::start(const Range& first) {
    m_begin = m_end = first;
}

ChatSelection::Range ChatSelection::range() const {
    return {std::min(m_begin.from, m_end.from), std::max(m_begin.to, m_end.to)};
}

ChatSelection::Point ChatSelection::cursor() const {
    return m_end.from < m_begin.from ? m_end.from : m_end.to;
}

template <typename Change>
void ChatSelection::changeRows(const Change& change) {
    for (Point* point : {&m_begin.from, &m_begin.to, &m_end.from, &m_end.to})
        change(*point);
}

void ChatSelection::rowsInserted(int first, int count) {
    changeRows([=](Point& point) { point.row += point.row >= first ? count : 0; });
}

/// What was chosen of them goes with them.
void ChatSelection::rowsRemoved(int first, int last) {
    changeRows([=](Point& point) {
        if (point.row > last)
            point.row -= last - first + 1;
        else if (point.row >= first)
            point = {first, 0};
    });
}

void ChatSelection::rowMoved(int from, int to) {
    changeRows([=](Point& point) {
        if (point.row == from)
            point.row = to;
        else if (point.row > from && point.row <= to)
            --point.row;
        else if (point.row < from && point.row >= to)
            ++point.row;
    });
}

QString selectedText(const ChatLinesModel& lines, const ChatSelection::Range& range) {
    QStringList copied;
    const int last = std::min(range.to.row, lines.rowCount() - 1);
    for (int row = range.from.row; row <= last; ++row) {
        const ChatLine& line = lines.at(row);
        const ChatText shown = chatText(line.text, QString());
        const auto [from, to] = range.of(row, static_cast<int>(shown.text.size()));
        const QString part = shown.copied(from, to);
        if (range.from.row == range.to.row)
            return part;
        if (from == to)
            continue;
        copied.append(line.kind == ChatLine::Kind::Remark
                          ? QStringLiteral("* %1").arg(part)
                          : QStringLiteral("%1: %2").arg(safeText(line.author), part));
    }
    return copied.join(QLatin1Char('\n'));
}

} // namespace sscope
