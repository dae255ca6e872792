#include "core/storage/record_source.h"

#include <algorithm>

namespace sscope {

namespace {

/// A range without the holes, which are in order; latest first.
std::vector<RecordRange> without(RecordRange range, const std::vector<RecordRange>& holes) {
    std::vector<RecordRange> left;
    for (const RecordRange& hole : holes) {
        if (hole.end <= range.begin || hole.begin >= range.end)
            continue;
        if (hole.begin <= range.begin && hole.end >= range.end)
            break; // it was asked for
        if (hole.begin > range.begin)
            left.push_back({range.begin, hole.begin});
        range.begin = std::min(hole.end, range.end);
    }
    if (range.begin < range.end)
        left.push_back(range);
    std::ranges::reverse(left);
    return left;
}

} // namespace

RecordSource::RecordSource(std::shared_ptr<ConversationRecord> record, RecordSide side,
                           RecordRange range)
    : m_record(std::move(record)), m_side(side) {
    range.end = std::min(range.end, m_record->kept(side));
    if (range.begin < range.end)
        m_left = without(range, side == RecordSide::Sent ? m_record->unsentRanges()
                                                         : std::vector<RecordRange>());
    for (const RecordRange& part : m_left)
        m_size += part.end - part.begin;
}

Result<std::size_t> RecordSource::read(std::span<std::byte> room) {
    while (!m_left.empty()) {
        RecordRange& next = m_left.back();
        const std::uint64_t most = std::min<std::uint64_t>(room.size(), next.end - next.begin);
        const auto count =
            m_record->read(m_side, next.begin, room.first(static_cast<std::size_t>(most)));
        if (!count)
            return count;
        next.begin = *count > 0 ? next.begin + *count : next.end;
        if (next.begin == next.end)
            m_left.pop_back();
        if (*count > 0)
            return count;
    }
    return 0;
}

} // namespace sscope
