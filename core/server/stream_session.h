#pragma once

#include <memory>
#include <string>

#include "core/net/stream_connection.h"
#include "core/server/session.h"

namespace sscope {

/// Serves one accepted stream connection.
class StreamSession final : public Session,
                            private StreamConnection::Owner,
                            private CodecSink,
                            private RequestContext {
public:
    StreamSession(SessionHost& host, ConnectionId id, UniqueFd fd, std::string peer,
                  std::string local);

    Result<void> start() override;
    void close(CloseReason reason) override;
    void abort(CloseReason reason, bool reset) override;
    void send(PeerId peer, ByteView content) override;
    void finishSending() override;
    void jobDone(JobToken token, const std::string& output) override;

private:
    // StreamConnection::Owner
    void bytesReceived(ByteView plain) override;
    void peerFinished() override;
    void sendingFinished() override;
    void outputDrained() override;
    void connectionEnded(CloseReason reason, Error error) override;
    // CodecSink
    void deliver(const Message& message) override;
    void transmit(ByteView bytes) override;
    void transmitFrom(std::unique_ptr<ByteSource> source) override;
    void needTimer(Duration delay) override;
    void fail(std::string reason) override;
    // RequestContext
    void send(ByteView content) override;
    void close() override;
    [[nodiscard]] bool hasRoom() const override;
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] WallTime wallTime() const override { return wallNow(); }
    [[nodiscard]] std::string workerName() const override { return m_host.worker().name; }
    void setTimer(Duration delay) override;
    JobToken submit(Job job) override;
    [[nodiscard]] bool isDatagram() const override { return false; }

    void checkIdle();
    void closeIfAnswered();

    SessionHost& m_host;
    const TimePoint m_started;
    std::string m_peer;
    std::string m_local;
    ConnectionTrace m_trace;
    StreamConnection m_connection;
    std::unique_ptr<Codec> m_codec;
    std::unique_ptr<RequestHandler> m_handler;
    Timer m_idleTimer;
    Timer m_codecTimer;
    Timer m_handlerTimer;
    JobToken m_lastToken = 0;
    bool m_isGreeting = false; // what setup() sends answers nothing
    bool m_hasMessage = false;
    bool m_hasAnswered = false;
};

} // namespace sscope
