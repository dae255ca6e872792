#include "ui/chat/chat_line_heights.h"

#include <algorithm>

namespace sscope {

void ChatLineHeights::clear() {
    m_rows.clear();
    m_unmeasured = 0;
    m_tops.assign(1, 0);
}

void ChatLineHeights::insert(int first, const std::vector<int>& estimates) {
    std::vector<Row> rows;
    rows.reserve(estimates.size());
    for (const int estimate : estimates)
        rows.push_back({estimate, false});
    m_rows.insert(m_rows.begin() + first, rows.begin(), rows.end());
    m_unmeasured += static_cast<int>(rows.size());
    forgetTops(first);
}

void ChatLineHeights::remove(int first, int last) {
    const auto begin = m_rows.begin() + first;
    const auto end = m_rows.begin() + last + 1;
    m_unmeasured -=
        static_cast<int>(std::count_if(begin, end, [](const Row& row) { return !row.isMeasured; }));
    m_rows.erase(begin, end);
    forgetTops(first);
}

void ChatLineHeights::setEstimate(int row, int height) {
    set(row, {height, false});
}

void ChatLineHeights::setMeasured(int row, int height) {
    set(row, {height, true});
}

void ChatLineHeights::set(int row, Row value) {
    Row& there = m_rows[static_cast<std::size_t>(row)];
    m_unmeasured += (value.isMeasured ? 0 : 1) - (there.isMeasured ? 0 : 1);
    if (there.height != value.height)
        forgetTops(row);
    there = value;
}

void ChatLineHeights::forgetTops(int from) {
    const auto known = static_cast<std::size_t>(from) + 1;
    if (m_tops.size() > known)
        m_tops.resize(known);
}

int ChatLineHeights::top(int row) const {
    const auto wanted = static_cast<std::size_t>(row);
    while (m_tops.size() <= wanted)
        m_tops.push_back(m_tops.back() + m_rows[m_tops.size() - 1].height);
    return m_tops[wanted];
}

int ChatLineHeights::rowAt(int y) const {
    if (m_rows.empty())
        return -1;
    (void)top(count());
    const auto after = std::upper_bound(m_tops.begin(), m_tops.end(), y);
    return std::clamp(static_cast<int>(after - m_tops.begin()) - 1, 0, count() - 1);
}

int ChatLineHeights::nextUnmeasured(int from) const {
    if (m_unmeasured == 0)
        return -1;
    for (int row = std::min(from, count() - 1); row >= 0; --row) {
        if (!isMeasured(row))
            return row;
    }
    for (int row = std::max(0, from); row < count(); ++row) {
        if (!isMeasured(row))
            return row;
    }
    return -1;
}

} // namespace sscope
