#pragma once

#include "core/client/session_script.h"

namespace sscope {

/// What a program has to do for a session to happen again; bytes are those of the wire.
struct SessionAction {
    enum class Kind { Send, Receive, ReceiveOffered, Pause, HalfClose, ReceiveToEnd, Reset };

    Kind kind = Kind::Send;
    std::string bytes{};     // Send: one send, or datagram
    std::uint64_t count = 0; // Receive: bytes; ReceiveOffered (ready): with the offer
    Duration length{};       // Pause
};

/// The session's steps with the framing around each message. On streams receives that follow each
/// other are one.
std::vector<SessionAction> sessionActions(const SessionSteps& session);

/// "# text" on a line of its own; whatever the text is, it cannot leave the line.
std::string commentLine(std::string_view text);

/// What holds for the whole session, for its first comment: "a conversation with tcp://..., line".
std::string sessionTitle(const SessionSteps& session);

} // namespace sscope
