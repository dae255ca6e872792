#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <functional>
#include <span>

#include "core/base/clock.h"

namespace sscope {

/// A server or a client tab; unique while the process lives, never 0.
using OwnerId = std::uint32_t;

/// One connection, or a datagram socket. Numbers count from 1 within their owner.
struct ConnectionId {
    OwnerId owner = 0;
    std::uint32_t number = 0;

    auto operator<=>(const ConnectionId&) const = default;
};

/// Who sent or got a datagram; counts from 1 within the socket, 0 where there is one peer only.
using PeerId = std::uint32_t;

enum class TraceKind : std::uint8_t {
    Received,    // one recv(2) or datagram; wire bytes
    Sent,        // one send(2) or datagram; wire bytes
    MessageIn,   // one message of the framing, decoded
    MessageOut,  // one message given to be sent
    MessagePart, // a message of which more is to come; bytes is what it needs, 0 while unknown
};

/// What one system call moved, or one message. Offsets count from the connection's first byte, in
/// each direction: a receive covers [plainOffset, plainOffset + bytes), so does a message, and a
/// view can lay one over the other. The wire's axis differs from the plain one under TLS.
struct TraceEvent {
    TimePoint time;
    ConnectionId connection;
    std::uint64_t wireOffset = 0;
    std::uint64_t plainOffset = 0;
    std::uint64_t bytes = 0;    // of a message its content
    std::uint64_t number = 0;   // of a message, in its direction; from 1
    std::uint32_t sequence = 0; // grows by one in its thread, whatever the kind of record
    // A message begins with a prefix and a header, and ends with a suffix; plainOffset is where the
    // prefix begins.
    std::uint32_t prefixBytes = 0;
    std::uint32_t headerBytes = 0;
    std::uint32_t headOffset = 0;
    std::uint16_t headSize = 0; // bytes kept in the arena: of the header, then of the payload
    std::uint8_t suffixBytes = 0;
    TraceKind kind = TraceKind::Received;
    PeerId peer = 0;
};

// Of what is kept of an event's bytes: of a receive or a raw message, of a framed message's
// content, and of its header.
constexpr std::size_t traceHeadLimit = 256;
constexpr std::size_t messageHeadLimit = 4096;
constexpr std::size_t headerHeadLimit = 2048;

/// How many of the kept bytes are of the message's header.
constexpr std::size_t headerHeadSize(const TraceEvent& event) {
    return std::min({std::size_t{event.headerBytes}, headerHeadLimit, std::size_t{event.headSize}});
}

/// One return of the multiplexer.
struct WakeUp {
    TimePoint time;
    std::uint32_t sequence = 0;
    OwnerId owner = 0;
    std::uint32_t loop = 0;
    std::uint32_t registered = 0; // descriptors watched, but for the loop's own
    std::uint32_t readable = 0;
    std::uint32_t writable = 0;
    std::uint32_t waitedMicroseconds = 0;
    std::uint32_t workedMicroseconds = 0; // since the return before, until this wait began
    std::uint32_t listOffset = 0;         // of its descriptors, where isListed
    bool isListed = false;                // few enough are watched to name them
    bool timedOut = false;
};

/// A wake-up names its descriptors where no more than so many are watched.
constexpr std::uint32_t mostListedDescriptors = 16;

/// The descriptors of a wake-up, as the tutorials print them after each select().
struct DescriptorLists {
    std::span<const int> registered;
    std::span<const int> readable;
    std::span<const int> writable;
};

/// The lists of a wake-up within those of its batch, where they stand one after another.
inline DescriptorLists listsOf(const WakeUp& wakeUp, std::span<const int> descriptors) {
    if (!wakeUp.isListed)
        return {};
    const auto own = descriptors.subspan(wakeUp.listOffset);
    return {own.first(wakeUp.registered), own.subspan(wakeUp.registered, wakeUp.readable),
            own.subspan(std::size_t{wakeUp.registered} + wakeUp.readable, wakeUp.writable)};
}

struct Counters {
    std::uint64_t receivedBytes = 0;
    std::uint64_t sentBytes = 0;
    std::uint64_t receivedMessages = 0;
    std::uint64_t sentMessages = 0;

    bool operator==(const Counters&) const = default;
    Counters& operator+=(const Counters& other) {
        receivedBytes += other.receivedBytes;
        sentBytes += other.sentBytes;
        receivedMessages += other.receivedMessages;
        sentMessages += other.sentMessages;
        return *this;
    }
};

} // namespace sscope

template <>
struct std::hash<sscope::ConnectionId> {
    std::size_t operator()(const sscope::ConnectionId& id) const noexcept {
        return std::hash<std::uint64_t>()(std::uint64_t{id.owner} << 32 | id.number);
    }
};
