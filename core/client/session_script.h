#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/framing/framings.h"
#include "core/framing/message.h"
#include "core/net/datagram_options.h"
#include "core/net/endpoint.h"
#include "core/net/socket_options.h"

namespace sscope {

/// What happened in a conversation, one thing after the other, from the client's side.
namespace session_step {

/// One message, or datagram: its content, without what the framing puts around it. On a raw stream
/// neighbours may be put together or kept apart, as a person wants to see them.
struct Sent {
    std::vector<std::byte> content{};
    std::vector<HeaderField> header{}; // of framings that have one
};

/// Bytes that came, with all that the framing put around them; of a datagram, each alone.
struct Received {
    std::uint64_t bytes = 0;
    std::uint64_t messages = 1; // that ended in these bytes
};

/// Nothing was sent for that long on purpose: the interval of a repetition, the delay of a list.
struct Paused {
    Duration length{};
};

/// Our direction ended (shutdown(2)); the peer's stayed open.
struct HalfClosed {};

/// The peer's direction ended: whoever does it again reads until then.
struct PeerFinished {};

/// Our close; nothing follows it.
struct Closed {
    bool reset = false;
};

} // namespace session_step

using SessionStep =
    std::variant<session_step::Sent, session_step::Received, session_step::Paused,
                 session_step::HalfClosed, session_step::PeerFinished, session_step::Closed>;

/// A client's conversation as a value, to be written as a program. The framing suits the endpoint's
/// transport.
struct SessionSteps {
    Endpoint endpoint{};
    std::optional<Endpoint> local{}; // what it was bound to; none: the kernel's choice
    Framing framing{};
    SocketOptions options{};
    DatagramOptions datagrams{};
    std::vector<SessionStep> steps{};
};

// Each does the same as the session did, and ends with a line feed. Bytes of the session stand
// there so that none of them can be taken for code, whatever they are.

/// A program for Python 3.8 or later and its standard library alone: sends the same bytes, reads as
/// many as had come before each of them, prints them.
std::string pythonScript(const SessionSteps& session);

/// A command for a POSIX shell that pipes printf(1) into ncat, or into socat where ncat cannot do
/// it. Comment lines say what it does not carry, or does in another way.
std::string pipeCommand(const SessionSteps& session);

/// `socketscope send ...`, for a POSIX shell; with comment lines as above.
std::string sendLine(const SessionSteps& session);

} // namespace sscope
