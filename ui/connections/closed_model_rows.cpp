// How the rows of the closed sockets come, go and move.

#include <algorithm>
#include <utility>

#include "ui/connections/closed_model.h"
#include "ui/connections/table_lines.h"

namespace sscope {

namespace {

// More ranges than that are moved together first: what follows each one is told in one step.
constexpr std::size_t fewRanges = 8;

struct Range {
    int first;
    int last;
};

/// The rows that suit, as few ranges, in their order.
template <typename Suits>
std::vector<Range> rangesOf(int count, Suits suits) {
    std::vector<Range> ranges;
    for (int row = 0; row < count; ++row) {
        if (!suits(row))
            continue;
        if (!ranges.empty() && ranges.back().last == row - 1)
            ranges.back().last = row;
        else
            ranges.push_back({row, row});
    }
    return ranges;
}

} // namespace

void ClosedModel::sort(int column, Qt::SortOrder order) {
    m_order.set(column, order);
    std::vector<std::uint64_t> numbers(m_rows.begin(), m_rows.end());
    m_order.sort(m_history, numbers);
    Q_EMIT aboutToArrange();
    LineOrder moves;
    moves.from.resize(numbers.size());
    // Of each number, where it was.
    std::vector<int> places(m_history.size());
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        places[m_rows[row] - m_history.begin()] = static_cast<int>(row);
    std::ranges::transform(numbers, moves.from.begin(), [&](std::uint64_t number) {
        return places[number - m_history.begin()];
    });
    rearrange(moves);
    Q_EMIT arranged();
}

/// So many come: the rows of those that the history then forgets go first.
void ClosedModel::forgetFor(std::size_t coming) {
    if (m_history.size() + coming > m_most)
        removeBefore(m_history.begin() + (m_history.size() + coming - m_most));
}

void ClosedModel::removeBefore(std::uint64_t first) {
    const auto isLeaving = [&](int row) { return m_rows[static_cast<std::size_t>(row)] < first; };
    const int count = rowCount();
    if (m_order.isByTime()) { // the oldest are all at one end
        int leaving = 0;
        const bool isLatestFirst = m_order.isLatestFirst();
        while (leaving < count && isLeaving(isLatestFirst ? count - 1 - leaving : leaving))
            ++leaving;
        const int begin = isLatestFirst ? count - leaving : 0;
        if (leaving > 0)
            removeRange(begin, begin + leaving - 1);
        return;
    }
    auto ranges = rangesOf(count, isLeaving);
    if (ranges.size() > fewRanges) {
        LineOrder order;
        order.from.resize(m_rows.size());
        for (std::size_t row = 0; row < order.from.size(); ++row)
            order.from[row] = static_cast<int>(row);
        const auto left =
            std::ranges::stable_partition(order.from, [&](int row) { return !isLeaving(row); });
        const int leaving = static_cast<int>(left.size());
        rearrange(order);
        ranges = {{count - leaving, count - 1}};
    }
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range)
        removeRange(range->first, range->last);
}

void ClosedModel::removeRange(int first, int last) {
    beginRemoveRows({}, first, last);
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    endRemoveRows();
}

int ClosedModel::placeFor(std::uint64_t number) const {
    const auto place =
        std::ranges::lower_bound(m_rows, number, [this](std::uint64_t a, std::uint64_t b) {
            return m_order.isBefore(m_history, a, b);
        });
    return static_cast<int>(place - m_rows.begin());
}

int ClosedModel::rowOf(std::uint64_t number) const {
    if (number < m_history.begin() || number >= m_history.end())
        return -1;
    const int row = placeFor(number);
    return row < rowCount() && numberAt(row) == number ? row : -1;
}

/// Each where it belongs: what comes together is told together.
void ClosedModel::insert(std::vector<std::uint64_t> numbers) {
    if (numbers.empty())
        return;
    m_order.sort(m_history, numbers);
    std::vector<int> places;
    places.reserve(numbers.size());
    for (const std::uint64_t number : numbers)
        places.push_back(m_order.isLatestFirst() ? 0 : placeFor(number));
    std::vector<std::size_t> starts; // of those that go to one place
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i == 0 || places[i] != places[i - 1])
            starts.push_back(i);
    }
    if (starts.size() > fewRanges) {
        insertAmong(numbers, places);
        return;
    }
    std::size_t end = numbers.size();
    for (auto start = starts.rbegin(); start != starts.rend(); end = *start++) {
        const int first = places[*start];
        beginInsertRows({}, first, first + static_cast<int>(end - *start) - 1);
        m_rows.insert(m_rows.begin() + first, numbers.begin() + static_cast<std::ptrdiff_t>(*start),
                      numbers.begin() + static_cast<std::ptrdiff_t>(end));
        endInsertRows();
    }
}

/// At the end as one range, and then each takes its place.
void ClosedModel::insertAmong(const std::vector<std::uint64_t>& numbers,
                              const std::vector<int>& places) {
    const int base = rowCount();
    beginInsertRows({}, base, base + static_cast<int>(numbers.size()) - 1);
    m_rows.insert(m_rows.end(), numbers.begin(), numbers.end());
    endInsertRows();
    LineOrder order;
    order.from.reserve(m_rows.size());
    std::size_t next = 0;
    for (int row = 0; row <= base; ++row) {
        for (; next < places.size() && places[next] == row; ++next)
            order.from.push_back(base + static_cast<int>(next));
        if (row < base)
            order.from.push_back(row);
    }
    rearrange(order);
}

void ClosedModel::rearrange(const LineOrder& order) {
    if (order.isSame())
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    std::deque<std::uint64_t> rows;
    for (const int place : order.from)
        rows.push_back(m_rows[static_cast<std::size_t>(place)]);
    m_rows = std::move(rows);
    const QModelIndexList before = persistentIndexList();
    changePersistentIndexList(before, order.moved(before));
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void ClosedModel::announceGap() {
    const auto gap = std::exchange(m_grownGap, std::nullopt);
    if (const int row = gap ? rowOf(*gap) : -1; row >= 0)
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

} // namespace sscope
