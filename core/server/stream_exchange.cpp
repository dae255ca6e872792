#include "core/server/stream_exchange.h"

#include <cerrno>
#include <utility>

#include <fmt/format.h>

namespace sscope {

namespace {

// As long as queued output has at the end.
constexpr Duration heldTime = std::chrono::seconds(2);

} // namespace

StreamExchange::StreamExchange(SessionHost& host, ConnectionId id, std::string peer,
                               std::string local)
    : m_host(host),
      m_started(host.loop().turnTime()),
      m_peer(std::move(peer)),
      m_local(std::move(local)),
      m_trace(host.loop().trace(), id),
      m_codec(host.makeCodec()),
      m_handler(host.service().make(host.config().settings)),
      m_idleTimer(host.loop().timers(), [this] { checkIdle(); }),
      m_codecTimer(host.loop().timers(), [this] { m_codec->timeout(*this); }),
      m_handlerTimer(host.loop().timers(), [this] { m_handler->timer(*this); }),
      m_heldTimer(host.loop().timers(), [this] { m_link->close(m_closeReason); }) {
    m_trace.setTransparent(m_codec->isTransparent());
    m_trace.setMasks(m_handler->masks());
}

Result<void> StreamExchange::start() {
    if (auto started = m_link->start(); !started)
        return started;
    const Worker& worker = m_host.worker();
    m_trace.accepted({std::move(m_peer), std::move(m_local),
                      worker.servesOne ? worker.name : std::string(), worker.pid});
    if (const auto limit = m_host.config().idleTimeout)
        m_idleTimer.start(m_started + *limit);
    m_handler->setup(*this);
    return {};
}

void StreamExchange::close(CloseReason reason) {
    end(reason);
}

/// Once all is sent, also what the codec gives only when it is asked for.
void StreamExchange::end(CloseReason reason) {
    m_isClosing = true;
    m_closeReason = reason;
    m_isHeld = m_codec->holdsOutput() && !m_link->peerHasFinished() && !m_link->hasEnded();
    if (m_isHeld)
        m_heldTimer.start(m_host.loop().turnTime() + heldTime);
    else
        m_link->close(reason);
}

void StreamExchange::abort(CloseReason reason, bool reset) {
    m_link->abort(reason, reset);
}

void StreamExchange::send(PeerId, const Message& message) {
    if (auto sent = sendFramed(message); !sent)
        m_trace.tell(lifecycle::Failed{std::move(sent.error())}); // a person can send another
}

void StreamExchange::finishSending() {
    if (!m_link->hasEnded())
        m_link->finishSending();
}

void StreamExchange::jobDone(JobToken token, const std::string& output) {
    if (!m_link->hasEnded())
        m_handler->result(*this, token, output);
}

void StreamExchange::mail(const std::shared_ptr<const ChatEvent>& mail) {
    if (!m_link->hasEnded())
        m_handler->mail(*this, mail);
}

void StreamExchange::bytesReceived(ByteView plain) {
    m_codec->receive(plain, *this);
    if (m_trace.logs())
        m_trace.messagePart(m_codec->progress());
    if (m_isHeld && !m_codec->holdsOutput())
        m_link->close(m_closeReason);
}

void StreamExchange::peerFinished() {
    m_trace.tell(lifecycle::PeerFinished{});
    if (m_isHeld) { // nobody will ask for it any more
        m_link->close(m_closeReason);
        return;
    }
    if (m_codec->progress()) {
        fail("the peer left a message unfinished");
        return;
    }
    m_handler->peerClosed(*this);
}

void StreamExchange::sendingFinished() {
    m_trace.tell(lifecycle::HalfClosed{});
}

void StreamExchange::outputDrained() {
    m_handler->writable(*this);
}

void StreamExchange::connectionEnded(CloseReason reason, Error error) {
    m_idleTimer.stop();
    m_codecTimer.stop();
    m_handlerTimer.stop();
    m_heldTimer.stop();
    m_peerWasStalled = error.code == std::errc::timed_out;
    m_handler->finish(*this);
    if (reason == CloseReason::Limit)
        m_trace.tell(lifecycle::LimitReached{error});
    m_trace.closed(reason, std::move(error), m_host.loop().turnTime() - m_started);
    m_host.sessionEnded(m_trace.id().number);
}

void StreamExchange::deliver(const Message& message) {
    if (m_isClosing)
        return; // it came in the same receive as the last that was answered
    m_trace.messageIn(message.offsets, m_codec->isTransparent() ? ByteView() : message.content,
                      message.headerText);
    if (!m_hasMessage)
        m_hasAnswered = false; // what was sent before answers nothing
    m_handler->handle(*this, message);
    m_hasMessage = true;
    closeIfAnswered();
}

/// Where one answer is all: also one that comes later than handle(), from a job or a person.
void StreamExchange::closeIfAnswered() {
    const ServerConfig& config = m_host.config();
    if (config.closeAfterReply && !config.settings.http && m_hasMessage && m_hasAnswered)
        close();
}

void StreamExchange::transmit(ByteView bytes) {
    m_link->send(bytes);
}

void StreamExchange::transmitFrom(std::unique_ptr<ByteSource> source) {
    m_link->send(std::move(source));
}

void StreamExchange::needTimer(Duration delay) {
    m_codecTimer.start(m_host.loop().turnTime() + delay);
}

void StreamExchange::fail(std::string reason) {
    if (std::exchange(m_isClosing, true) && !m_isHeld)
        return;
    m_trace.tell(lifecycle::ProtocolError{std::move(reason)});
    m_link->close(CloseReason::Protocol);
}

void StreamExchange::tooLong(std::size_t limit) {
    if (std::exchange(m_isClosing, true))
        return;
    Error error = faultError(Fault::MessageTooLong, "receive", {}, std::to_string(limit));
    const bool isTold = m_handler->tooLong(*this, limit);
    if (m_link->hasEnded())
        return; // its queue was full
    if (isTold)
        m_link->close(CloseReason::Limit, std::move(error));
    else
        m_link->abort(CloseReason::Limit, false, std::move(error));
}

void StreamExchange::sending(const Message& message) {
    m_trace.messageOut(message.offsets, message.content, message.headerText);
}

void StreamExchange::send(const Message& message) {
    if (auto sent = sendFramed(message); !sent) {
        // The peer waits for an answer that it will never get.
        m_trace.tell(lifecycle::Failed{std::move(sent.error())});
        end(CloseReason::Error);
    }
}

Result<void> StreamExchange::sendFramed(const Message& message) {
    if (m_isHeld || !m_link->takesMore())
        return {};
    if (auto sent = m_codec->send(message, *this); !sent)
        return sent;
    m_hasAnswered = true;
    closeIfAnswered();
    return {};
}

void StreamExchange::close() {
    // The peer closed first where it has ended its direction already.
    end(m_isBroken                  ? CloseReason::Protocol
        : m_link->peerHasFinished() ? CloseReason::Peer
                                    : CloseReason::Local);
}

void StreamExchange::giveUp() {
    m_link->abort(CloseReason::Error, false, systemError(ETIMEDOUT, "send"));
}

bool StreamExchange::hasRoom() const {
    return m_link->hasRoom();
}

TimePoint StreamExchange::now() const {
    return m_host.loop().turnTime();
}

void StreamExchange::setTimer(Duration delay) {
    m_handlerTimer.start(now() + delay);
}

JobToken StreamExchange::submit(Job job) {
    const bool isTaken = m_host.submit(m_trace.id().number, ++m_lastToken, std::move(job));
    return isTaken ? m_lastToken : noJob;
}

void StreamExchange::checkIdle() {
    const Duration limit = *m_host.config().idleTimeout;
    const TimePoint deadline = m_link->lastActivity() + limit;
    if (deadline > now()) {
        m_idleTimer.start(deadline);
        return;
    }
    const auto seconds = std::chrono::duration<double>(limit).count();
    m_trace.tell(lifecycle::LimitReached{
        faultError(Fault::IdleTimeout, "idle", {}, fmt::format("{:g}", seconds))});
    m_link->abort(CloseReason::Idle, false);
}

} // namespace sscope
