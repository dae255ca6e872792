#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/base/byte_mask.h"
#include "core/base/clock.h"
#include "core/framing/message.h"

namespace sscope {

/// Work that may take long and is done on another thread; what it returns comes back as a result.
using Job = std::function<std::string()>;
using JobToken = std::uint64_t;
constexpr JobToken noJob = 0;

class ChatAccess;
class CommandAccess;
struct ChatEvent;

/// What a handler can do; the same under every execution model and transport. Valid for the call
/// that it is passed to, on the thread of the call.
class RequestContext {
public:
    /// With the header's fields, where the framing has a header; its own are made by the framing.
    /// What the framing cannot carry is told as a failure and not sent.
    virtual void send(const Message& message) = 0;
    void send(ByteView content) { send(Message{.content = content}); }
    /// False while so much waits to be sent that a source without an end should pause; writable()
    /// tells when to go on.
    [[nodiscard]] virtual bool hasRoom() const = 0;
    /// Ends the connection once everything is sent. On datagrams there is nothing to end.
    virtual void close() = 0;
    /// Ends the connection now, as the kernel does where the peer takes nothing any more
    /// (ETIMEDOUT).
    virtual void giveUp() {}
    /// Ends our direction once everything is sent; the peer is still heard. For an answer that
    /// comes before the peer has said all: a close would meet what it still sends with a reset,
    /// which takes the answer from it (RFC 9112 9.6).
    virtual void finishSending() = 0;
    /// The peer has broken the protocol that the handler speaks; told, and nothing else.
    virtual void tellProtocolError(std::string reason) = 0;
    [[nodiscard]] virtual TimePoint now() const = 0;
    [[nodiscard]] virtual WallTime wallTime() const = 0;
    /// Who does the work: the thread's name, or "pid N" under the processes model.
    [[nodiscard]] virtual std::string workerName() const = 0;
    /// Calls timer() once after delay; an earlier timer is replaced.
    virtual void setTimer(Duration delay) = 0;
    /// Calls result() once the job is done elsewhere; noJob where it cannot be run, and no more
    /// comes.
    virtual JobToken submit(Job job) = 0;
    /// True where each message is a datagram, and an answer goes to who sent it.
    [[nodiscard]] virtual bool isDatagram() const = 0;
    /// For the services that run programs (command_access.h); null where there is none.
    virtual CommandAccess* commandAccess() { return nullptr; }
    /// For the service whose connections meet (chat_access.h); null where there is none.
    virtual ChatAccess* chatAccess() { return nullptr; }
    /// While it is false nothing is read from the peer, whose sending then slows down (TCP's
    /// window). What has been received already is still handled.
    virtual void setReceiving(bool /*receiving*/) {}
    /// In finish(): the connection was given up because the peer took nothing any more (ETIMEDOUT).
    [[nodiscard]] virtual bool peerWasStalled() const { return false; }

protected:
    ~RequestContext() = default;
};

/// What a server does with messages. The life cycle has the names of Python's socketserver: setup,
/// handle for each message, finish. One handler serves one connection, or one datagram socket, and
/// needs no lock.
class RequestHandler {
public:
    virtual ~RequestHandler() = default;

    /// What the trace and the records are not to show of the connection; asked for before setup().
    virtual ByteMasks masks() { return {}; }
    virtual void setup(RequestContext&) {}
    virtual void handle(RequestContext& context, const Message& message) = 0;
    virtual void finish(RequestContext&) {}
    /// The peer takes data again, after it had fallen behind.
    virtual void writable(RequestContext&) {}
    virtual void timer(RequestContext&) {}
    virtual void result(RequestContext&, JobToken, const std::string& /*output*/) {}
    /// What the rooms of a chat tell this connection; shared by all whom they tell it.
    virtual void mail(RequestContext&, const std::shared_ptr<const ChatEvent>&) {}
    /// The peer has sent a message over the limit, in bytes, and is heard no more: true where it
    /// was sent a last word, after which the connection ends; else it ends at once.
    virtual bool tooLong(RequestContext&, std::size_t /*limit*/) { return false; }
    /// The peer sends no more. Without another answer the connection is closed once everything
    /// is sent.
    virtual void peerClosed(RequestContext& context) { context.close(); }
};

} // namespace sscope
