#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/diagnostics/socket_samples.h"

namespace sscope {

/// What can be said of a socket, with the arguments of Meaning that go with it. "who" is process,
/// pid and fd: who holds it; pid is 0 where that is not known.
enum class MeaningKind : std::uint8_t {
    // TCP, both directions open
    Healthy,           // both may send, queues are empty, nothing was sent twice
    Retransmitted,     // count: segments sent twice so far; nothing waits now
    UnreadData,        // who, bytes
    UnreadGrowing,     // who, from, bytes, time: for how long
    InFlight,          // bytes: sent or about to be, the peer has not acknowledged them
    UnsentGrowing,     // who, from, bytes, time; the reason is not known
    PeerNotReading,    // bytes; count: probes of its closed window
    DataLost,          // bytes, count: how often the segment was sent again, time: last answer
    RepeatedLoss,      // bytes, count: segments; what was lost is sent again and arrives
    WindowAfterIdle,   // from, count: segments; at
    KeepaliveNoAnswer, // count: probes without an answer
    // TCP, opening
    SynSent,           // time
    SynSentUnanswered, // count: how often it was sent again, time
    ListenerFull,      // who: the listener, here; count, limit: as AcceptQueueFull
    SynReceived,       // count: how often the answer was sent again
    // TCP, closing
    PeerClosed,           // CLOSE_WAIT: who, time
    FinNotAcked,          // FIN_WAIT1: bytes before it, count: retransmits
    WaitsForPeer,         // FIN_WAIT2: time
    OtherEndHasNotClosed, // who: of the other end, which is on this machine; fd
    ClosedTogether,       // CLOSING
    LastAck,              // count: retransmits
    TimeWait,             // this end closed first; time: what remains of the wait, 0 not known
    TimeWaitTogether,     // both closed at once
    Orphaned,             // no process holds it any more: the kernel ends it
    Closed,               // CLOSE: it has neither address nor peer, or a reset has ended it
    // TCP, listening and bound
    ListenLoopback,   // who, port
    ListenEverywhere, // who, port; address: any address of which family
    ListenAddress,    // who, port, address
    AcceptQueue,      // who, count: connections that wait, limit: backlog
    AcceptQueueFull,  // who, count, limit
    BoundOnly,        // who, port
    // UDP and its kin
    DatagramsAnybody, // unconnected: port, 0 for one that is only sent from
    DatagramsOnePeer, // connected
    DatagramsWaiting, // who, bytes
    DatagramsGrowing, // who, from, bytes, time
    DatagramsDropped, // count
    // Unix
    UnixListen,      // who
    UnixConnected,   //
    UnixUnconnected, //
    UnixUnread,      // who, bytes
    UnixQueueFull,   // who, count, limit: as AcceptQueueFull
    // Others
    RawSocket,     // count: the protocol's number
    PacketSocket,  // it sees frames of the network
    NetlinkSocket, // it talks with the kernel
    // Any
    OwnerNotReadable, // no permission
    Gone,
};

/// Whether a person need do something.
enum class MeaningWeight : std::uint8_t { Normal, Notice, Trouble };

/// One statement about one socket: its kind and its arguments, as values. process and address are
/// text from outside.
struct Meaning {
    MeaningKind kind = MeaningKind::Healthy;
    MeaningWeight weight = MeaningWeight::Normal;
    std::string process{};
    int pid = 0;
    int fd = -1;
    std::uint16_t port = 0;
    std::string address{};
    std::uint64_t from = 0;
    std::uint64_t bytes = 0;
    std::uint64_t count = 0;
    std::uint64_t limit = 0;
    Duration time{};
    bool isAtLeast = false; // time: it was so when it was first seen
    TimePoint at{};
};

/// What a row means, the most important first; never empty. series is what was sampled of it, or
/// null; otherEnd the row of its peer where that is on this machine, or null, of a
/// SYN_SENT the listener there; inState how long it has been seen in its state.
std::vector<Meaning> meaningOf(const SocketRow& row, const SocketSeries* series,
                               const SocketRow* otherEnd, TimePoint now, Duration inState);

} // namespace sscope
