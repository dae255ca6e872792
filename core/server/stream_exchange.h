#pragma once

#include <memory>
#include <string>

#include "core/net/stream_link.h"
#include "core/server/session.h"

namespace sscope {

/// What a session does with the bytes of a stream: codec, handler, limits, trace. Owned as its
/// sessions are; who derives from it has the link, which does the rest.
class StreamExchange : public Session,
                       protected StreamLink::Owner,
                       private CodecSink,
                       private RequestContext {
public:
    Result<void> start() final;
    void close(CloseReason reason) final;
    void abort(CloseReason reason, bool reset) final;
    void send(PeerId peer, const Message& message) final;
    void finishSending() final;
    void record(std::shared_ptr<ByteTee> tee) final { m_trace.setTee(std::move(tee)); }
    void jobDone(JobToken token, const std::string& output) final;
    void mail(const std::shared_ptr<const ChatEvent>& mail) final;

protected:
    StreamExchange(SessionHost& host, ConnectionId id, std::string peer, std::string local);

    /// Before start().
    void setLink(StreamLink& link) { m_link = &link; }
    ConnectionTrace& trace() { return m_trace; }

private:
    // StreamLink::Owner
    void bytesReceived(ByteView plain) override;
    void peerFinished() override;
    void sendingFinished() override;
    void outputDrained() override;
    void connectionEnded(CloseReason reason, Error error) override;
    // CodecSink
    void deliver(const Message& message) override;
    void sending(const Message& message) override;
    void transmit(ByteView bytes) override;
    void transmitFrom(std::unique_ptr<ByteSource> source) override;
    void needTimer(Duration delay) override;
    void dropTimer() override { m_codecTimer.stop(); }
    void fail(std::string reason) override;
    void tooLong(std::size_t limit) override;
    // RequestContext
    void send(const Message& message) override;
    void close() override;
    void giveUp() override;
    void tellProtocolError(std::string reason) override {
        m_isBroken = true;
        m_trace.tell(lifecycle::ProtocolError{std::move(reason)});
    }
    [[nodiscard]] bool hasRoom() const override;
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] WallTime wallTime() const override { return wallNow(); }
    [[nodiscard]] std::string workerName() const override { return m_host.worker().name; }
    void setTimer(Duration delay) override;
    JobToken submit(Job job) override;
    [[nodiscard]] bool isDatagram() const override { return false; }
    CommandAccess* commandAccess() override { return m_host.commandAccess(m_trace.id().number); }
    ChatAccess* chatAccess() override { return m_host.chatAccess(m_trace.id().number); }
    [[nodiscard]] bool peerWasStalled() const override { return m_peerWasStalled; }
    void setReceiving(bool receiving) override { m_link->setReceiving(receiving); }

    void checkIdle();
    void closeIfAnswered();
    void end(CloseReason reason);
    Result<void> sendFramed(const Message& message);

    SessionHost& m_host;
    const TimePoint m_started;
    std::string m_peer;
    std::string m_local;
    ConnectionTrace m_trace;
    StreamLink* m_link = nullptr;
    std::unique_ptr<Codec> m_codec;
    std::unique_ptr<RequestHandler> m_handler;
    Timer m_idleTimer;
    Timer m_codecTimer;
    Timer m_handlerTimer;
    JobToken m_lastToken = 0;
    bool m_hasMessage = false;
    bool m_hasAnswered = false;
    bool m_isBroken = false;  // the peer has broken the handler's protocol
    bool m_isClosing = false; // what the peer still sends is no message
    bool m_peerWasStalled = false;
    bool m_isHeld = false; // the close waits for the peer to take what the codec holds
    CloseReason m_closeReason = CloseReason::Local;
    Timer m_heldTimer;
};

} // namespace sscope
