#pragma once

#include <memory>

#include "core/base/byte_source.h"
#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/trace/lifecycle.h"

namespace sscope {

/// One connected stream, whatever moves its bytes: sends what it is given in order, and pushes back
/// when the peer does not read. Owned by a session, on the thread of its loop.
class StreamLink {
public:
    class Owner {
    public:
        virtual void bytesReceived(ByteView plain) = 0;
        /// The kernel has taken that many wire bytes.
        virtual void bytesSent(std::size_t /*wire*/) {}
        /// The peer's direction has ended (FIN); sending goes on.
        virtual void peerFinished() = 0;
        /// Our direction has ended (FIN), as finishSending() asked; receiving goes on.
        virtual void sendingFinished() {}
        /// The source has given its last byte; another may follow.
        virtual void sourceEnded() {}
        /// The queue has fallen to half of the high-water mark, after it had been over it.
        virtual void outputDrained() = 0;
        /// The last call; comes once, also from within a call to this connection. The owner gives
        /// itself to EventLoop::deferDelete.
        virtual void connectionEnded(CloseReason reason, Error error) = 0;

    protected:
        ~Owner() = default;
    };

    struct Limits {
        std::size_t receiveSize = 65536;
        std::size_t maxQueue = 1 << 20; // bytes that wait to be sent; more ends the connection
    };

    virtual Result<void> start() = 0;
    /// Queues what the kernel does not take at once.
    virtual void send(ByteView plain) = 0;
    /// Sends what the source gives, as the peer takes it. What is sent later waits for its end;
    /// one source at a time.
    virtual void send(std::unique_ptr<ByteSource> source) = 0;
    /// Ends our direction (FIN) once everything is sent; receiving goes on.
    virtual void finishSending() = 0;
    /// While it is false nothing is read; the peer's sending slows down when the buffers are full.
    virtual void setReceiving(bool receiving) = 0;
    /// Ends the connection once everything is sent, or the peer has taken nothing for 2 s. Where
    /// the peer is still sending, what it sends is read and thrown away for up to 2 s: a close with
    /// bytes unread sends RST, which takes from the peer what it has not yet read (RFC 9112 9.6).
    virtual void close(CloseReason reason, Error error = {}) = 0;
    /// Ends the connection now; reset makes it an RST instead of a FIN.
    virtual void abort(CloseReason reason, bool reset, Error error = {}) = 0;

    /// Whether more can be sent. A queue that is full ends the connection (CloseReason::Limit).
    [[nodiscard]] virtual bool takesMore() = 0;
    /// Whether more can be sent without passing the high-water mark, half of the queue's cap.
    [[nodiscard]] virtual bool hasRoom() const = 0;
    [[nodiscard]] virtual bool hasEnded() const = 0;
    [[nodiscard]] virtual bool peerHasFinished() const = 0;
    /// When bytes last came or went.
    [[nodiscard]] virtual TimePoint lastActivity() const = 0;

protected:
    ~StreamLink() = default;
};

} // namespace sscope
