#include "ui/clients/stream_track.h"

#include <algorithm>

namespace sscope {

void StreamTrack::add(const TraceEvent& event) {
    const std::uint64_t size =
        event.prefixBytes + std::uint64_t{event.headerBytes} + event.bytes + event.suffixBytes;
    const StreamRange range{.begin = event.plainOffset,
                            .end = event.plainOffset + size,
                            .time = event.time,
                            .prefixBytes = event.prefixBytes,
                            .headerBytes = event.headerBytes};
    switch (event.kind) {
    case TraceKind::Received:
    case TraceKind::Sent:
        m_bytes += event.bytes;
        m_hasGaps = m_hasGaps || range.begin != m_callsEnd;
        m_callsEnd = range.end;
        append(m_calls, range);
        m_calls.back().number = ++m_callCount;
        break;
    case TraceKind::MessageIn:
    case TraceKind::MessageOut:
        m_hasGaps = m_hasGaps || (m_isAdjoining && range.begin != m_messagesEnd);
        m_messagesEnd = range.end;
        append(m_messages, range);
        // Some may not have been told; those that were know their number.
        m_messageCount = event.number > 0 ? event.number : m_messageCount + 1;
        m_messages.back().number = m_messageCount;
        m_part.reset();
        break;
    case TraceKind::MessagePart:
        setPart(event);
        break;
    }
}

void StreamTrack::clear() {
    const bool isAdjoining = m_isAdjoining;
    *this = StreamTrack(m_limit);
    m_isAdjoining = isAdjoining;
}

void StreamTrack::forget() {
    m_calls.clear();
    m_messages.clear();
    m_part.reset();
}

void StreamTrack::append(Ranges& ranges, const StreamRange& range) const {
    ranges.push_back(range);
    // Events may have been lost, but none comes twice: what is found by offset stays in order.
    if (ranges.size() > m_limit)
        ranges.pop_front();
}

void StreamTrack::setPart(const TraceEvent& event) {
    m_knowsPartEnd = event.bytes > 0;
    m_part = {.begin = event.plainOffset,
              .end = m_knowsPartEnd ? event.plainOffset + event.bytes
                                    : std::max(event.plainOffset, end()),
              .number = m_messageCount + 1,
              .time = event.time,
              .prefixBytes = event.prefixBytes,
              .headerBytes = event.headerBytes};
}

std::uint64_t StreamTrack::partHave() const {
    return m_part && end() > m_part->begin ? end() - m_part->begin : 0;
}

std::uint64_t StreamTrack::begin() const {
    if (m_calls.empty() || m_messages.empty())
        return m_calls.empty() ? (m_messages.empty() ? 0 : m_messages.front().begin)
                               : m_calls.front().begin;
    return std::min(m_calls.front().begin, m_messages.front().begin);
}

std::uint64_t StreamTrack::end() const {
    return m_calls.empty() ? 0 : m_calls.back().end;
}

std::uint64_t StreamTrack::lastOffset() const {
    return m_messages.empty() ? end() : std::max(end(), m_messages.back().end);
}

std::size_t StreamTrack::indexAfter(const Ranges& ranges, std::uint64_t offset) {
    const auto it = std::ranges::upper_bound(ranges, offset, {}, &StreamRange::end);
    return static_cast<std::size_t>(it - ranges.begin());
}

const StreamRange* StreamTrack::at(const Ranges& ranges, std::uint64_t offset) {
    const std::size_t index = indexAfter(ranges, offset);
    return index < ranges.size() && ranges[index].begin <= offset ? &ranges[index] : nullptr;
}

const StreamRange* StreamTrack::byNumber(const Ranges& ranges, std::uint64_t number) {
    const auto it = std::ranges::lower_bound(ranges, number, {}, &StreamRange::number);
    return it != ranges.end() && it->number == number ? &*it : nullptr;
}

CallSpan StreamTrack::spanOf(std::uint64_t begin, std::uint64_t end) const {
    const std::uint64_t moved = std::min(end, this->end());
    const StreamRange* first = at(m_calls, begin);
    const StreamRange* last = moved > begin ? at(m_calls, moved - 1) : nullptr;
    if (!first || !last)
        return {};
    CallSpan span{.firstCall = first->number, .lastCall = last->number};
    const std::size_t from = indexAfter(m_messages, first->begin);
    const auto to = std::ranges::lower_bound(m_messages, last->end, {}, &StreamRange::begin);
    if (from < static_cast<std::size_t>(to - m_messages.begin())) {
        span.firstMessage = m_messages[from].number;
        span.lastMessage = (to - 1)->number;
    }
    if (m_part && m_part->begin < last->end) {
        span.lastMessage = m_part->number;
        if (span.firstMessage == 0)
            span.firstMessage = m_part->number;
    }
    return span;
}

std::uint64_t StreamTrack::wholeMessagesIn(const StreamRange& call) const {
    const auto from = std::ranges::lower_bound(m_messages, call.begin, {}, &StreamRange::begin);
    const auto to = std::ranges::upper_bound(m_messages, call.end, {}, &StreamRange::end);
    return to > from ? static_cast<std::uint64_t>(to - from) : 0;
}

} // namespace sscope
