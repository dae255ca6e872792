#pragma once

#include <memory>

#include "core/base/byte_buffer.h"
#include "core/base/unique_fd.h"
#include "core/net/byte_filter.h"
#include "core/net/stream_link.h"
#include "core/reactor/event_loop.h"
#include "core/trace/trace_batch.h"

namespace sscope {

/// One connected stream socket: receives, sends what it is given in order, and pushes back when
/// the peer does not read. Owned by a session, on its loop's thread. One recv(2) for each time
/// that the socket is readable; one send(2) for each payload while the peer keeps up.
class StreamConnection final : public StreamLink, private EventHandler, private FilterSink {
public:
    StreamConnection(EventLoop& loop, UniqueFd fd, std::unique_ptr<ByteFilter> filter,
                     const Limits& limits, ConnectionTrace& trace, Owner& owner);

    Result<void> start() override;
    void send(ByteView plain) override;
    void send(std::unique_ptr<ByteSource> source) override;
    void finishSending() override;
    void setReceiving(bool receiving) override;
    void close(CloseReason reason, Error error = {}) override;
    void abort(CloseReason reason, bool reset, Error error = {}) override;

    /// Bytes asked of one recv(2), from the next on.
    void setReceiveSize(std::size_t bytes) { m_limits.receiveSize = bytes; }

    [[nodiscard]] bool takesMore() override;
    [[nodiscard]] bool hasRoom() const override {
        return !m_ended && !m_closing && !m_finishing && m_sendError == 0 &&
               queued() <= highWater();
    }
    [[nodiscard]] bool hasEnded() const override { return m_ended; }
    [[nodiscard]] bool isClosing() const { return m_closing; }
    [[nodiscard]] bool peerHasFinished() const override { return m_peerFinished; }
    /// Bytes that wait to be sent, but for what a source still has.
    [[nodiscard]] std::size_t queued() const { return m_output.size() + m_afterSource.size(); }
    [[nodiscard]] bool hasSource() const { return m_source != nullptr; }
    [[nodiscard]] TimePoint lastActivity() const override { return m_lastActivity; }
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

    EventLoop& m_loop;
    UniqueFd m_fd;
    std::unique_ptr<ByteFilter> m_filter;
    Limits m_limits;
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
    bool m_isHeld = false; // by setReceiving()
    bool m_paused = false; // reading; the peer does not take what it is sent
    bool m_peerFinished = false;
    bool m_finishing = false; // our direction ends once the queue is empty
    bool m_finished = false;
    bool m_closing = false;
    bool m_lingering = false; // closed but for what the peer still sends
    bool m_ended = false;
};

} // namespace sscope
