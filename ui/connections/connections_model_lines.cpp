#include <algorithm>

#include "ui/connections/connections_model.h"

namespace sscope {

namespace {

// So many separate removals are worth doing one by one; more are gathered at the end first.
constexpr int fewRanges = 32;

/// first and last of each run of lines that do not stay, last run first.
template <typename Stays>
std::vector<std::pair<int, int>> leavingRanges(const std::vector<TableLine>& lines, Stays stays) {
    std::vector<std::pair<int, int>> ranges;
    for (int last = static_cast<int>(lines.size()) - 1; last >= 0; --last) {
        if (stays(lines[static_cast<std::size_t>(last)]))
            continue;
        int first = last;
        while (first > 0 && !stays(lines[static_cast<std::size_t>(first - 1)]))
            --first;
        ranges.emplace_back(first, last);
        last = first;
    }
    return ranges;
}

} // namespace

void ConnectionsModel::publish() {
    Q_EMIT aboutToArrange();
    if (!m_leaving.empty())
        std::erase_if(m_ordered, [](const ConnectionEntry* entry) { return !entry->isShown; });
    for (ConnectionEntry* entry : m_touched) {
        if (entry->isMoving)
            entry->group = m_groups.groupOf(*entry);
    }
    for (ConnectionEntry* entry : m_fresh)
        entry->group = m_groups.groupOf(*entry);
    m_groups.number();
    m_order.merge(m_ordered, m_fresh);
    if (m_order.isByChange())
        m_order.sort(m_ordered);
    m_fresh.clear();
    arrange();
    announce(m_touched);
    m_touched.clear();
    for (ConnectionEntry* entry : m_leaving)
        m_entries.remove(*entry);
    m_leaving.clear();
    Q_EMIT arranged();
}

std::uint32_t ConnectionsModel::linesOf(const ConnectionEntry& entry) const {
    if (m_style == TableStyle::Full)
        return 1;
    return static_cast<std::uint32_t>(std::max<std::size_t>(1, styleLines(m_style, entry.row)));
}

std::vector<TableLine> ConnectionsModel::wantedLines() {
    ++m_arrangement;
    m_groups.zeroCounts();
    std::vector<TableLine> lines;
    lines.reserve(m_ordered.size() + 16);
    ConnectionGroup* group = nullptr;
    for (ConnectionEntry* entry : m_ordered) {
        if (entry->group && entry->group != group) {
            group = entry->group;
            group->mark = m_arrangement;
            lines.push_back({nullptr, group});
        }
        if (group)
            ++group->count;
        if (group && group->isCollapsed)
            continue;
        entry->mark = m_arrangement;
        const std::uint32_t count = linesOf(*entry);
        for (std::uint32_t owner = 0; owner < count; ++owner)
            lines.push_back({entry, nullptr, owner});
    }
    return lines;
}

bool ConnectionsModel::stays(const TableLine& line) const {
    if (!line.entry)
        return line.group->mark == m_arrangement;
    return line.entry->mark == m_arrangement && line.owner < linesOf(*line.entry);
}

/// What goes is removed from the back, what comes is added at the end as one range, and then all
/// takes its place.
void ConnectionsModel::arrange() {
    const std::vector<TableLine> wanted = wantedLines();
    removeLines();
    LineOrder order;
    insertLines(wanted, order);
    if (!order.isSame())
        rearrange(order);
    m_groups.removeEmpty();
}

void ConnectionsModel::removeLines() {
    const auto isStaying = [this](const TableLine& line) { return stays(line); };
    auto ranges = leavingRanges(m_lines, isStaying);
    if (ranges.empty())
        return;
    if (ranges.size() > fewRanges) {
        LineOrder order;
        order.from.resize(m_lines.size());
        for (std::size_t i = 0; i < order.from.size(); ++i)
            order.from[i] = static_cast<int>(i);
        std::ranges::stable_partition(
            order.from, [&](int place) { return stays(m_lines[static_cast<std::size_t>(place)]); });
        rearrange(order);
        ranges = leavingRanges(m_lines, isStaying);
    }
    for (const auto& [first, last] : ranges) {
        beginRemoveRows({}, first, last);
        const auto begin = m_lines.begin() + first;
        const auto end = m_lines.begin() + last + 1;
        for (auto line = begin; line != end; ++line) {
            if (!line->entry) {
                line->group->line = -1;
                continue;
            }
            line->entry->lines = std::min(line->entry->lines, line->owner);
            if (line->owner == 0)
                line->entry->line = -1;
        }
        m_lines.erase(begin, end);
        endRemoveRows();
    }
    indexLines(m_lines);
}

void ConnectionsModel::insertLines(const std::vector<TableLine>& wanted, LineOrder& order) {
    std::vector<TableLine> fresh;
    const int base = rowCount();
    order.from.reserve(wanted.size());
    for (const TableLine& line : wanted) {
        const bool isThere = line.entry ? line.owner < line.entry->lines : line.group->line >= 0;
        if (isThere) {
            order.from.push_back(line.entry ? line.entry->line + static_cast<int>(line.owner)
                                            : line.group->line);
        } else {
            order.from.push_back(base + static_cast<int>(fresh.size()));
            fresh.push_back(line);
        }
    }
    if (fresh.empty())
        return;
    beginInsertRows({}, base, base + static_cast<int>(fresh.size()) - 1);
    m_lines.insert(m_lines.end(), fresh.begin(), fresh.end());
    for (const TableLine& line : fresh) {
        if (line.entry)
            line.entry->lines = line.owner + 1;
    }
    indexLines(m_lines);
    endInsertRows();
}

void ConnectionsModel::rearrange(const LineOrder& order) {
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    std::vector<TableLine> lines;
    lines.reserve(order.from.size());
    for (const int place : order.from)
        lines.push_back(m_lines[static_cast<std::size_t>(place)]);
    m_lines = std::move(lines);
    indexLines(m_lines);
    const QModelIndexList before = persistentIndexList();
    changePersistentIndexList(before, order.moved(before));
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

/// Merged ranges; where there are many, one for all.
void ConnectionsModel::announce(const std::vector<ConnectionEntry*>& entries) {
    std::vector<int> rows;
    for (const ConnectionEntry* entry : entries) {
        for (std::uint32_t owner = 0; entry->line >= 0 && owner < entry->lines; ++owner)
            rows.push_back(entry->line + static_cast<int>(owner));
    }
    if (rows.empty())
        return;
    std::ranges::sort(rows);
    std::vector<std::pair<int, int>> ranges;
    for (const int row : rows) {
        if (!ranges.empty() && row <= ranges.back().second + 1)
            ranges.back().second = row;
        else
            ranges.emplace_back(row, row);
    }
    if (ranges.size() > fewRanges)
        ranges = {{rows.front(), rows.back()}};
    for (const auto& [first, last] : ranges)
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

void ConnectionsModel::sort(int column, Qt::SortOrder order) {
    m_order.set(m_style, column, order);
    Q_EMIT aboutToArrange();
    m_order.sort(m_ordered);
    arrange();
    Q_EMIT arranged();
}

void ConnectionsModel::setGrouping(Grouping grouping) {
    if (grouping == m_groups.grouping())
        return;
    Q_EMIT aboutToArrange();
    for (ConnectionEntry* entry : m_entries.all())
        entry->group = nullptr;
    arrange(); // the headings go before their groups
    m_groups.setGrouping(grouping);
    for (ConnectionEntry* entry : m_ordered)
        entry->group = m_groups.groupOf(*entry);
    m_groups.number();
    m_order.sort(m_ordered);
    arrange();
    Q_EMIT arranged();
}

void ConnectionsModel::setCollapsed(int heading, bool isCollapsed) {
    ConnectionGroup* group = m_lines[static_cast<std::size_t>(heading)].group;
    if (!group || group->isCollapsed == isCollapsed)
        return;
    Q_EMIT aboutToArrange();
    m_groups.setCollapsed(*group, isCollapsed);
    arrange();
    Q_EMIT dataChanged(index(group->line, 0), index(group->line, columnCount() - 1));
    Q_EMIT arranged();
}

void ConnectionsModel::setAllCollapsed(bool isCollapsed) {
    Q_EMIT aboutToArrange();
    m_groups.setAllCollapsed(isCollapsed);
    arrange();
    Q_EMIT arranged();
}

int ConnectionsModel::headingOf(int row) const {
    const ConnectionEntry* entry = entryAt(row);
    return entry && entry->group ? entry->group->line : -1;
}

int ConnectionsModel::reveal(quint64 cookie) {
    const ConnectionEntry* entry = m_entries.find(cookie);
    if (entry && entry->line < 0 && entry->isShown && entry->group)
        setCollapsed(entry->group->line, false);
    return rowOfCookie(cookie);
}

} // namespace sscope
