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
      m_codec(findFraming(m_config.framing)->make(CodecRole::Client)),
      m_codecTimer(reactor.timers(), [this] { m_codec->timeout(*this); }),
      m_drainTimer(reactor.timers(), [this] { drainDatagrams(); }),
      m_started(SteadyClock::now()) {}

void ClientSession::start() {
    m_connector = std::make_unique<Connector>(
        m_reactor,
        Connector::Settings{m_config.endpoint, m_config.options, m_config.connectTimeout},
        static_cast<Connector::Owner&>(*this));
    m_connector->start();
}

bool ClientSession::canSend() const {
    if (m_ended || m_closing || !isConnected())
        return false;
    const std::size_t queued = m_stream ? m_stream->queued() : m_datagrams->queued();
    return !(m_stream && m_stream->hasSource()) && queued < m_config.maxQueue / 16;
}

void ClientSession::send(ByteView content) {
    if (!takesMore())
        return;
    m_trace.messageOut(content);
    m_codec->send({.content = content}, *this);
}

void ClientSession::send(std::unique_ptr<ByteSource> content) {
    if (!m_stream || !takesMore())
        return;
    m_trace.messageOut(content->size());
    m_codec->send(std::move(content), *this);
}

void ClientSession::finishSending() {
    if (m_stream && !m_stream->hasEnded())
        m_stream->finishSending();
}

void ClientSession::close() {
    if (m_ended)
        return;
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
    m_codecTimer.stop();
    m_codec->receive(plain, *this);
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
    m_trace.messageIn(message.content, message.offsets.begin, !m_codec->isTransparent());
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

void ClientSession::fail(std::string reason) {
    m_trace.tell(lifecycle::ProtocolError{reason});
    if (m_stream)
        m_stream->close(CloseReason::Protocol);
}

void ClientSession::dropConnector() {
    if (m_connector) // it is what calls
        m_reactor.deferDelete(std::move(m_connector));
}

void ClientSession::end(CloseReason reason, const Error& error) {
    if (std::exchange(m_ended, true))
        return;
    m_codecTimer.stop();
    m_drainTimer.stop();
    dropConnector();
    if (m_datagrams)
        m_datagrams->stop();
    m_trace.closed(reason, error, SteadyClock::now() - m_started);
    m_observer.ended(reason, error);
}

} // namespace sscope
