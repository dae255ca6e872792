#pragma once

#include <deque>
#include <optional>

#include "core/trace/trace_event.h"

namespace sscope {

/// A stretch of a stream: what one call moved, or one message. Numbers count from 1.
struct StreamRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint64_t number = 0;
    TimePoint time;
    std::uint32_t prefixBytes = 0;
    std::uint32_t headerBytes = 0;

    [[nodiscard]] std::uint64_t bytes() const { return end - begin; }
    bool operator==(const StreamRange&) const = default;
};

/// The calls that moved a message, and all messages that they moved, by their numbers; 0 where it
/// is not known any more.
struct CallSpan {
    std::uint64_t firstCall = 0;
    std::uint64_t lastCall = 0;
    std::uint64_t firstMessage = 0;
    std::uint64_t lastMessage = 0;

    [[nodiscard]] bool isKnown() const { return firstCall > 0; }
    [[nodiscard]] bool isCut() const { return firstCall != lastCall; }
    [[nodiscard]] bool isShared() const { return firstMessage != lastMessage; }
    bool operator==(const CallSpan&) const = default;
};

/// One direction of a stream: what the calls moved, laid beside the messages that it made. Both are
/// in the order of their offsets and do not overlap among themselves; the oldest make room.
class StreamTrack {
public:
    using Ranges = std::deque<StreamRange>;
    static constexpr std::size_t mostRanges = 20'000;

    /// Any event of this direction.
    void add(const TraceEvent& event);
    void clear();
    /// Whether each message begins where the one before it ended; else a lost one is not noticed.
    void setAdjoining(bool isAdjoining) { m_isAdjoining = isAdjoining; }
    /// Drops what is kept; what is counted goes on.
    void forget();
    explicit StreamTrack(std::size_t limit = mostRanges) : m_limit(limit) {}

    [[nodiscard]] const Ranges& calls() const { return m_calls; }
    [[nodiscard]] const Ranges& messages() const { return m_messages; }
    /// The message of which more is to come; its end is where it will end, or has come to where
    /// that is unknown.
    [[nodiscard]] const std::optional<StreamRange>& part() const { return m_part; }
    [[nodiscard]] bool knowsPartEnd() const { return m_knowsPartEnd; }
    /// What has come of it.
    [[nodiscard]] std::uint64_t partHave() const;

    /// Something has passed that nobody told of: the window was too slow for its log.
    [[nodiscard]] bool hasGaps() const { return m_hasGaps; }

    // Of all that was told, whatever has made room; less than has passed where there are gaps.
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }
    [[nodiscard]] std::uint64_t callCount() const { return m_callCount; }
    [[nodiscard]] std::uint64_t messageCount() const { return m_messageCount; }

    /// Where what is kept begins, and where what the calls moved ends.
    [[nodiscard]] std::uint64_t begin() const;
    [[nodiscard]] std::uint64_t end() const;
    /// The end of what the calls moved, or of the last message where it has not been moved yet.
    [[nodiscard]] std::uint64_t lastOffset() const;

    /// The first range that ends after offset; the number of ranges where there is none.
    static std::size_t indexAfter(const Ranges& ranges, std::uint64_t offset);
    /// The range that holds offset; null where none does.
    static const StreamRange* at(const Ranges& ranges, std::uint64_t offset);
    static const StreamRange* byNumber(const Ranges& ranges, std::uint64_t number);

    [[nodiscard]] CallSpan spanOf(std::uint64_t begin, std::uint64_t end) const;
    /// Messages that lie in this range as a whole.
    [[nodiscard]] std::uint64_t wholeMessagesIn(const StreamRange& call) const;

private:
    void append(Ranges& ranges, const StreamRange& range) const;
    void setPart(const TraceEvent& event);

    std::size_t m_limit;
    Ranges m_calls;
    Ranges m_messages;
    std::optional<StreamRange> m_part;
    bool m_knowsPartEnd = false;
    bool m_hasGaps = false;
    bool m_isAdjoining = true;
    std::uint64_t m_callsEnd = 0;
    std::uint64_t m_messagesEnd = 0;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_callCount = 0;
    std::uint64_t m_messageCount = 0;
};

} // namespace sscope
