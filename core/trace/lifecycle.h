#pragma once

#include <string>
#include <variant>

#include "core/base/error.h"
#include "core/trace/trace_event.h"

namespace sscope {

/// Why a connection ended; the words of INTERFACE.md are closeReasonName().
enum class CloseReason : std::uint8_t { Peer, Local, Reset, Idle, Limit, Protocol, Error };

const char* closeReasonName(CloseReason reason);

/// The events of servers, clients and connections. Endpoints are printed ones (tcp://HOST:PORT).
namespace lifecycle {

/// One result of getaddrinfo(3), in the words of its constants: AF_INET, SOCK_STREAM, IPPROTO_TCP.
struct Resolved {
    std::string family;
    std::string type;
    std::string protocol;
    std::string canonicalName;
    std::string address;
};

struct Listening {
    std::string endpoint;
    bool isDatagram = false; // the socket is then the connection of this event
    bool isPublic = false;
    std::int64_t receiveBuffer = 0; // bytes that the kernel granted; datagram sockets only
    std::int64_t receiveBufferAsked = 0;
    int pid = 0; // of the process that accepts, where it is another one
};

struct StartFailed {
    Error error;
    bool isUsage = false; // nothing was opened: the request itself is not allowed
};

struct Accepted {
    std::string peer;
    std::string local;
    std::string worker{}; // who serves it alone: a thread's name, "pid N"; else empty
    int pid = 0;          // of the process that does, where it is another one
};

struct Rejected {
    std::string peer;
    Error error;
};

/// A bound of ours or of the kernel's has cost something: a connection, a datagram.
struct LimitReached {
    Error error;
    std::string peer{}; // endpoint, where it concerns a datagram of one
};

struct ProtocolError {
    std::string reason;
    std::string peer{};
};

struct Connecting {
    std::string address;
};

struct AttemptFailed {
    std::string address;
    Error error;
};

struct Connected {
    std::string local;
    std::string peer;
    Duration took{};
};

/// The peer has ended its direction (FIN); ours is still open.
struct PeerFinished {};

/// Our direction is ended (shutdown(2)); the peer's is still open.
struct HalfClosed {};

struct Closed {
    CloseReason reason = CloseReason::Local;
    Error error; // with Reset and Error
    Counters counters;
    Duration lasted{};
};

/// An accept and a close that are fetched together, kept as one record (TraceOutbox).
struct Finished {
    Accepted accepted;
    TimePoint acceptedAt;
    std::uint32_t acceptedSequence = 0;
    Closed closed;
};

struct Failed {
    Error error;
    std::string peer{};
};

struct Stopped {};

/// A name is being looked up; Resolved follows for each of its addresses, or Closed.
struct LookupStarted {
    std::string name;
};

using Event = std::variant<Resolved, Listening, StartFailed, Accepted, Rejected, LimitReached,
                           ProtocolError, Connecting, AttemptFailed, Connected, PeerFinished,
                           HalfClosed, Closed, Finished, Failed, Stopped, LookupStarted>;

} // namespace lifecycle

struct LifecycleEvent {
    TimePoint time;
    std::uint32_t sequence = 0;
    ConnectionId connection; // number 0 where the event is the owner's
    lifecycle::Event what;
};

} // namespace sscope
