#pragma once

#include <memory>

#include "core/base/byte_buffer.h"
#include "core/base/byte_source.h"
#include "core/base/unique_fd.h"
#include "core/net/byte_filter.h"
#include "core/reactor/reactor.h"
#include "core/trace/trace_batch.h"

namespace sscope {

/// One connected stream socket: receives, sends what it is given in order, and pushes back when
/// the peer does not read. Owned by a session, on its reactor's thread. One recv(2) for each time
/// that the socket is readable; one send(2) for each payload while the peer keeps up.
class StreamConnection final : private EventHandler, private FilterSink {
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
        /// itself to Reactor::deferDelete.
        virtual void connectionEnded(CloseReason reason, Error error) = 0;

    protected:
        ~Owner() = default;
    };

    struct Limits {
        std::size_t receiveSize = 65536;
        std::size_t maxQueue = 1 << 20; // bytes that wait to be sent; more ends the connection
    };

    StreamConnection(Reactor& reactor, UniqueFd fd, std::unique_ptr<ByteFilter> filter,
                     const Limits& limits, ConnectionTrace& trace, Owner& owner);

    Result<void> start();
    /// Queues what the kernel does not take at once.
    void send(ByteView plain);
    /// Sends what the source gives, as the peer takes it. What is sent later waits for its end;
    /// one source at a time.
    void send(std::unique_ptr<ByteSource> source);
    /// Ends our direction (FIN) once everything is sent; receiving goes on.
    void finishSending();
    /// Ends the connection once everything is sent, or the peer has taken nothing for 2 s. Where
    /// the peer is still sending, what it sends is read and thrown away for up to 2 s: a close with
    /// bytes unread sends RST, which takes from the peer what it has not yet read (RFC 9112 9.6).
    void close(CloseReason reason, Error error = {});
    /// Ends the connection now; reset makes it an RST instead of a FIN.
    void abort(CloseReason reason, bool reset, Error error = {});

    /// Whether more can be sent. A queue that is full ends the connection (CloseReason::Limit).
    [[nodiscard]] bool takesMore();
    /// Whether more can be sent without passing the high-water mark, half of the queue's cap.
    [[nodiscard]] bool hasRoom() const {
        return !m_ended && !m_closing && !m_finishing && m_sendError == 0 &&
               queued() <= highWater();
    }
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    [[nodiscard]] bool isClosing() const { return m_closing; }
    [[nodiscard]] bool peerHasFinished() const { return m_peerFinished; }
    /// Bytes that wait to be sent, but for what a source still has.
    [[nodiscard]] std::size_t queued() const { return m_output.size() + m_afterSource.size(); }
    [[nodiscard]] bool hasSource() const { return m_source != nullptr; }
    /// When bytes last came or went.
    [[nodiscard]] TimePoint lastActivity() const { return m_lastActivity; }
    [[nodiscard]] int fd() const { return m_fd.get(); }

private:
    void handleEvents(Readiness ready) override;
    void plainReceived(ByteView plain) override;
    void wireReady(ByteView wire) override;
    void filterFailed(Error error) override;

    void receive();
    void flush();
    void pull();
    std::size_t sendNow(ByteView wire);
    void afterSending();
    void sendFailed(int number);
    void failed(int number, const char* operation);
    void giveUpClosing();
    void updateInterest();
    bool discardUnread();
    void finishClosing();
    void end(CloseReason reason, Error error);
    [[nodiscard]] std::size_t highWater() const { return m_limits.maxQueue / 2; }
    [[nodiscard]] bool hasOutput() const { return !m_output.empty() || m_source; }

    Reactor& m_reactor;
    UniqueFd m_fd;
    std::unique_ptr<ByteFilter> m_filter;
    const Limits m_limits;
    ConnectionTrace& m_trace;
    Owner& m_owner;
    Watch m_watch;
    ByteBuffer m_output;
    std::unique_ptr<ByteSource> m_source;
    ByteBuffer m_afterSource; // plain bytes that wait for the source's end
    TimePoint m_lastActivity;
    Timer m_closeTimer;
    int m_sendError = 0; // sending has failed; what the peer had sent before is still read
    CloseReason m_closeReason = CloseReason::Local;
    Error m_closeError;
    bool m_paused = false; // reading; the peer does not take what it is sent
    bool m_peerFinished = false;
    bool m_finishing = false; // our direction ends once the queue is empty
    bool m_finished = false;
    bool m_closing = false;
    bool m_lingering = false; // closed but for what the peer still sends
    bool m_ended = false;
};

} // namespace sscope
