#include "core/client/client_session.h"

#include <chrono>
#include <utility>

namespace sscope {

namespace {

/// Hears, and does nothing.
class NoObserver final : public ClientObserver {};

constexpr Duration drainStep = std::chrono::milliseconds(10);
constexpr Duration drainPatience = std::chrono::seconds(2);

ClientObserver& orNone(ClientObserver* observer) {
    static NoObserver none;
    return observer ? *observer : none;
}

} // namespace

ClientSession::ClientSession(Reactor& reactor, ConnectionId id, ClientConfig config,
                             ClientObserver* observer)
    : m_reactor(reactor),
      m_config(std::move(config)),
      m_observer(orNone(observer)),
      m_trace(reactor.trace(), id),
      m_codec(m_config.framing.make(CodecRole::Client, m_config.limits)),
      m_codecTimer(reactor.timers(), [this] { m_codec->timeout(*this); }),
      m_drainTimer(reactor.timers(), [this] { drainDatagrams(); }),
      m_pauseTimer(reactor.timers(), [this] { sendWaiting(); }),
      m_started(SteadyClock::now()) {
    m_trace.setTransparent(m_codec->isTransparent());
}

void ClientSession::start() {
    m_connector = std::make_unique<Connector>(
        m_reactor,
        Connector::Settings{m_config.endpoint, m_config.options, m_config.connectTimeout},
        static_cast<Connector::Owner&>(*this));
    m_connector->start();
}

bool ClientSession::canSend() const {
    if (m_ended || m_closing || !isConnected() || !m_waiting.empty() || !m_codec->takesMore())
        return false;
    const std::size_t queued = m_stream ? m_stream->queued() : m_datagrams->queued();
    return !(m_stream && m_stream->hasSource()) && queued < m_config.maxQueue / 16;
}

bool ClientSession::isIdle() const {
    if (!canSend() || m_pauseTimer.isActive())
        return false;
    return m_stream ? m_stream->queued() == 0 && m_stream->hasRoom() : m_datagrams->queued() == 0;
}

void ClientSession::send(const Message& message) {
    if (!m_waiting.empty() || m_pauseTimer.isActive() || !m_codec->takesMore())
        m_waiting.push_back(OwnedMessage::of(message));
    else
        sendNow(message);
}

void ClientSession::sendNow(const Message& message) {
    if (!takesMore())
        return;
    if (m_config.sendPause > Duration::zero())
        m_pauseTimer.start(SteadyClock::now() + m_config.sendPause);
    if (auto sent = m_codec->send(message, *this); !sent)
        sendFailed(std::move(sent.error()));
}

/// What has waited for the pause to end, or for an answer, as far as it need not go on.
void ClientSession::sendWaiting() {
    while (!m_waiting.empty() && !m_pauseTimer.isActive() && m_codec->takesMore()) {
        const OwnedMessage next = std::move(m_waiting.front());
        m_waiting.pop_front();
        sendNow(next.view());
    }
    if (canSend())
        m_observer.mayHaveRoom();
}

/// All of it, because nothing can follow.
void ClientSession::flushWaiting() {
    m_config.sendPause = {};
    m_pauseTimer.stop();
    for (const OwnedMessage& message : std::exchange(m_waiting, {}))
        sendNow(message.view());
}

void ClientSession::send(std::unique_ptr<ByteSource> content, std::span<const HeaderField> header) {
    if (!m_stream || !takesMore())
        return;
    if (auto sent = m_codec->send(std::move(content), header, *this); !sent)
        sendFailed(std::move(sent.error()));
}

void ClientSession::sendFailed(Error error) {
    error.subject = m_config.framing.text();
    m_trace.tell(lifecycle::Failed{error});
    m_observer.failed(error);
}

void ClientSession::setSendPause(Duration pause) {
    m_config.sendPause = pause;
    m_pauseTimer.stop();
    if (pause > Duration::zero() && !m_waiting.empty())
        m_pauseTimer.start(SteadyClock::now() + pause);
    sendWaiting();
}

void ClientSession::setReceiveSize(std::size_t bytes) {
    m_config.receiveSize = bytes;
    if (m_stream)
        m_stream->setReceiveSize(bytes);
}

void ClientSession::finishSending() {
    flushWaiting();
    if (m_stream && !m_stream->hasEnded())
        m_stream->finishSending();
}

void ClientSession::close() {
    if (m_ended)
        return;
    flushWaiting();
    m_closing = true;
    m_lastSent = m_reactor.turnTime();
    if (m_stream)
        m_stream->close(CloseReason::Local);
    else
        drainDatagrams();
}

void ClientSession::drainDatagrams() {
    const TimePoint now = m_reactor.turnTime();
    if (!m_datagrams || !m_datagrams->hasOutput() || now - m_lastSent > drainPatience)
        end(CloseReason::Local, {});
    else
        m_drainTimer.start(now + drainStep);
}

bool ClientSession::takesMore() {
    if (m_ended || m_closing)
        return false;
    return m_stream ? m_stream->takesMore() : m_datagrams != nullptr;
}

void ClientSession::reset() {
    if (m_stream)
        m_stream->abort(CloseReason::Local, true);
    else
        end(CloseReason::Local, {});
}

void ClientSession::addressResolved(const AddressInfo& info) {
    if (m_ended)
        return; // the answer was on its way
    m_trace.tell(lifecycle::Resolved{familyName(info.family), socketTypeName(info.type),
                                     protocolName(info.protocol), info.canonicalName,
                                     endpointText(info)});
    m_observer.addressResolved(info);
}

void ClientSession::attemptStarted(const SocketAddress& address) {
    if (m_ended)
        return;
    const std::string text = endpointText(m_config.endpoint.transport, address);
    m_trace.tell(lifecycle::Connecting{text});
    m_observer.attemptStarted(text);
}

void ClientSession::attemptFailed(const SocketAddress& address, const Error& error) {
    if (m_ended)
        return;
    const std::string text = endpointText(m_config.endpoint.transport, address);
    m_trace.tell(lifecycle::AttemptFailed{text, error});
    m_observer.attemptFailed(text, error);
}

void ClientSession::connected(UniqueFd fd, const SocketAddress& peer, Duration took) {
    if (m_ended)
        return;
    const Transport transport = m_config.endpoint.transport;
    const std::string local = endpointText(transport, SocketAddress::localOf(fd.get()));
    const std::string remote = endpointText(transport, peer);
    m_started = SteadyClock::now();
    dropConnector();
    Result<void> started;
    if (isDatagram(transport)) {
        m_datagrams = std::make_unique<DatagramSocket>(m_reactor, std::move(fd),
                                                       m_config.receiveSize, m_config.maxQueue,
                                                       static_cast<DatagramSocket::Owner&>(*this));
        started = m_datagrams->start();
    } else {
        m_stream = std::make_unique<StreamConnection>(
            m_reactor, std::move(fd), std::make_unique<IdentityFilter>(),
            StreamConnection::Limits{m_config.receiveSize, m_config.maxQueue}, m_trace,
            static_cast<StreamConnection::Owner&>(*this));
        started = m_stream->start();
    }
    if (!started) {
        m_stream.reset();
        m_datagrams.reset();
        end(CloseReason::Error, started.error());
        return;
    }
    m_trace.tell(lifecycle::Connected{local, remote, took});
    m_observer.connected(local, remote);
}

void ClientSession::connectFailed(Error error) {
    end(CloseReason::Error, error);
}

void ClientSession::bytesReceived(ByteView plain) {
    const bool tookMore = m_codec->takesMore();
    m_codec->receive(plain, *this);
    if (m_trace.logs())
        m_trace.messagePart(m_codec->progress());
    if (!tookMore)
        sendWaiting();
}

void ClientSession::bytesSent(std::size_t wire) {
    m_observer.bytesSent(wire);
}

void ClientSession::sendingFinished() {
    m_trace.tell(lifecycle::HalfClosed{});
}

void ClientSession::sourceEnded() {
    m_observer.mayHaveRoom();
}

void ClientSession::peerFinished() {
    m_trace.tell(lifecycle::PeerFinished{});
    m_observer.peerFinished();
    if (m_stream->hasEnded())
        return;
    if (m_codec->progress())
        fail("the peer left a message unfinished");
    else
        m_stream->close(CloseReason::Peer); // not to be left in CLOSE_WAIT
}

void ClientSession::connectionEnded(CloseReason reason, Error error) {
    if (!error.code)
        error = {};
    else if (error.subject.empty())
        error.subject = m_config.endpoint.text();
    end(reason, error);
}

void ClientSession::datagramReceived(ByteView payload, std::size_t realSize, const SocketAddress&) {
    m_trace.received(payload);
    if (realSize > payload.size())
        m_trace.tell(lifecycle::LimitReached{
            faultError(Fault::DatagramTruncated, "receive", {}, std::to_string(realSize))});
    m_codec->decodeWhole(payload, *this);
}

void ClientSession::datagramSent(std::size_t bytes, const SocketAddress&) {
    m_lastSent = m_reactor.turnTime();
    m_trace.sent(bytes);
    m_observer.bytesSent(bytes);
}

void ClientSession::datagramFailed(Error error) {
    m_trace.tell(lifecycle::Failed{error});
    m_observer.failed(error);
    if (!m_ended)
        m_observer.mayHaveRoom();
}

void ClientSession::deliver(const Message& message) {
    if (m_closing || m_ended)
        return; // it came in the same receive as the last that was wanted
    m_trace.messageIn(message.offsets, m_codec->isTransparent() ? ByteView() : message.content,
                      message.headerText);
    m_observer.messageReceived(message);
}

void ClientSession::transmit(ByteView bytes) {
    if (m_stream)
        m_stream->send(bytes);
    else if (m_datagrams)
        m_datagrams->send(bytes, {});
}

void ClientSession::transmitFrom(std::unique_ptr<ByteSource> source) {
    if (m_stream)
        m_stream->send(std::move(source));
}

void ClientSession::needTimer(Duration delay) {
    m_codecTimer.start(m_reactor.turnTime() + delay);
}

void ClientSession::sending(const Message& message) {
    m_trace.messageOut(message.offsets, message.content, message.headerText);
}

void ClientSession::fail(std::string reason) {
    Error error = faultError(Fault::ProtocolBroken, "receive", m_config.endpoint.text(), reason);
    breakOff(lifecycle::ProtocolError{std::move(reason)}, CloseReason::Protocol, std::move(error));
}

void ClientSession::tooLong(std::size_t limit) {
    Error error = faultError(Fault::MessageTooLong, "receive", m_config.endpoint.text(),
                             std::to_string(limit));
    breakOff(lifecycle::LimitReached{error}, CloseReason::Limit, std::move(error));
}

/// The peer has said what cannot be understood. A datagram stands alone: the next may be better.
void ClientSession::breakOff(lifecycle::Event told, CloseReason reason, Error error) {
    if (std::exchange(m_closing, m_stream != nullptr))
        return;
    m_trace.tell(std::move(told));
    if (m_stream)
        m_stream->close(reason, std::move(error));
    else
        m_observer.failed(error);
}

void ClientSession::dropConnector() {
    if (m_connector) // it is what calls
        m_reactor.deferDelete(std::move(m_connector));
}

void ClientSession::end(CloseReason reason, const Error& error) {
    if (std::exchange(m_ended, true))
        return;
    m_codecTimer.stop();
    m_pauseTimer.stop();
    m_drainTimer.stop();
    dropConnector();
    if (m_datagrams)
        m_datagrams->stop();
    m_trace.closed(reason, error, SteadyClock::now() - m_started);
    m_observer.ended(reason, error);
}

} // namespace sscope
