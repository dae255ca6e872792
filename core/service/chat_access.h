#pragma once

#include "core/service/chat_protocol.h"

namespace sscope {

/// What the service `chat` asks of its server: the way of one connection to the rooms, which live
/// on a thread of their own. What they answer comes to RequestHandler::mail(). On the connection's
/// thread.
class ChatAccess {
public:
    /// Has exactly one answer, unless the connection is told to close.
    virtual void post(ChatRequest request) = 0;
    /// The connection ends, and what the others are told of it.
    virtual void leave(std::string reason) = 0;
    [[nodiscard]] virtual bool needsPassword() const = 0;
    /// False where others may be on the way between the peer and this machine.
    [[nodiscard]] virtual bool isPrivate() const = 0;

protected:
    ~ChatAccess() = default;
};

} // namespace sscope
