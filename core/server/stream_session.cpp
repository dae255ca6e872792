#include "core/server/stream_session.h"

#include <fmt/format.h>

namespace sscope {

StreamSession::StreamSession(SessionHost& host, ConnectionId id, UniqueFd fd, std::string peer,
                             std::string local)
    : m_host(host),
      m_started(host.reactor().turnTime()),
      m_peer(std::move(peer)),
      m_local(std::move(local)),
      m_trace(host.reactor().trace(), id),
      m_connection(host.reactor(), std::move(fd), std::make_unique<IdentityFilter>(),
                   {host.config().receiveSize, host.config().maxQueue}, m_trace, *this),
      m_codec(host.framing().make(CodecRole::Server)),
      m_handler(host.service().make(host.config().settings)),
      m_idleTimer(host.reactor().timers(), [this] { checkIdle(); }),
      m_codecTimer(host.reactor().timers(), [this] { m_codec->timeout(*this); }),
      m_handlerTimer(host.reactor().timers(), [this] { m_handler->timer(*this); }) {}

Result<void> StreamSession::start() {
    if (auto started = m_connection.start(); !started)
        return started;
    const Worker& worker = m_host.worker();
    m_trace.accepted({std::move(m_peer), std::move(m_local),
                      worker.servesOne ? worker.name : std::string(), worker.pid});
    if (const auto limit = m_host.config().idleTimeout)
        m_idleTimer.start(m_started + *limit);
    m_isGreeting = true;
    m_handler->setup(*this);
    m_isGreeting = false;
    return {};
}

void StreamSession::close(CloseReason reason) {
    m_connection.close(reason);
}

void StreamSession::abort(CloseReason reason, bool reset) {
    m_connection.abort(reason, reset);
}

void StreamSession::send(PeerId, ByteView content) {
    send(content);
}

void StreamSession::finishSending() {
    if (!m_connection.hasEnded())
        m_connection.finishSending();
}

void StreamSession::jobDone(JobToken token, const std::string& output) {
    if (!m_connection.hasEnded())
        m_handler->result(*this, token, output);
}

void StreamSession::bytesReceived(ByteView plain) {
    m_codecTimer.stop();
    m_codec->receive(plain, *this);
}

void StreamSession::peerFinished() {
    m_trace.tell(lifecycle::PeerFinished{});
    if (m_codec->progress()) {
        m_trace.tell(lifecycle::ProtocolError{"the peer left a message unfinished"});
        m_connection.close(CloseReason::Protocol);
        return;
    }
    m_handler->peerClosed(*this);
}

void StreamSession::sendingFinished() {
    m_trace.tell(lifecycle::HalfClosed{});
}

void StreamSession::outputDrained() {
    m_handler->writable(*this);
}

void StreamSession::connectionEnded(CloseReason reason, Error error) {
    m_idleTimer.stop();
    m_codecTimer.stop();
    m_handlerTimer.stop();
    m_handler->finish(*this);
    if (reason == CloseReason::Limit)
        m_trace.tell(lifecycle::LimitReached{error});
    m_trace.closed(reason, std::move(error), m_host.reactor().turnTime() - m_started);
    m_host.sessionEnded(m_trace.id().number);
}

void StreamSession::deliver(const Message& message) {
    const std::size_t limit = m_host.config().settings.maxMessage;
    if (message.content.size() > limit) {
        m_connection.abort(CloseReason::Limit, false,
                           faultError(Fault::MessageTooLong, "receive", {}, std::to_string(limit)));
        return;
    }
    m_trace.messageIn(message.content, message.offsets.begin, !m_codec->isTransparent());
    m_handler->handle(*this, message);
    m_hasMessage = true;
    closeIfAnswered();
}

/// Where one answer is all: also one that comes later than handle(), from a job or a person.
void StreamSession::closeIfAnswered() {
    if (m_host.config().closeAfterReply && m_hasMessage && m_hasAnswered)
        close();
}

void StreamSession::transmit(ByteView bytes) {
    m_connection.send(bytes);
}

void StreamSession::transmitFrom(std::unique_ptr<ByteSource> source) {
    m_connection.send(std::move(source));
}

void StreamSession::needTimer(Duration delay) {
    m_codecTimer.start(m_host.reactor().turnTime() + delay);
}

void StreamSession::fail(std::string reason) {
    m_trace.tell(lifecycle::ProtocolError{std::move(reason)});
    m_connection.close(CloseReason::Protocol);
}

void StreamSession::send(ByteView content) {
    if (!m_connection.takesMore())
        return;
    m_trace.messageOut(content);
    m_codec->send({.content = content}, *this);
    m_hasAnswered = m_hasAnswered || !m_isGreeting;
    closeIfAnswered();
}

void StreamSession::close() {
    // The peer closed first where it has ended its direction already.
    m_connection.close(m_connection.peerHasFinished() ? CloseReason::Peer : CloseReason::Local);
}

bool StreamSession::hasRoom() const {
    return m_connection.hasRoom();
}

TimePoint StreamSession::now() const {
    return m_host.reactor().turnTime();
}

void StreamSession::setTimer(Duration delay) {
    m_handlerTimer.start(now() + delay);
}

JobToken StreamSession::submit(Job job) {
    m_host.submit(m_trace.id().number, ++m_lastToken, std::move(job));
    return m_lastToken;
}

void StreamSession::checkIdle() {
    const Duration limit = *m_host.config().idleTimeout;
    const TimePoint deadline = m_connection.lastActivity() + limit;
    if (deadline > now()) {
        m_idleTimer.start(deadline);
        return;
    }
    const auto seconds = std::chrono::duration<double>(limit).count();
    m_trace.tell(lifecycle::LimitReached{
        faultError(Fault::IdleTimeout, "idle", {}, fmt::format("{:g}", seconds))});
    m_connection.abort(CloseReason::Idle, false);
}

} // namespace sscope
