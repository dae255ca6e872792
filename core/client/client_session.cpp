#include "core/client/client_session.h"

#include <chrono>
#include <utility>

namespace sscope {

namespace {

/// Hears, and does nothing.
class NoObserver final : public ClientObserver {};

constexpr Duration drainStep = std::chrono::milliseconds(10);
constexpr Duration drainPatience = std::chrono::seconds(2);
constexpr Duration tallyInterval = std::chrono::milliseconds(250);
constexpr Duration troubleInterval = std::chrono::seconds(1);
constexpr int troublesPerInterval = 16;

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
      m_tallyTimer(reactor.timers(), [this] { countDatagrams(); }),
      m_pauseTimer(reactor.timers(), [this] { sendWaiting(); }),
      m_started(SteadyClock::now()) {
    m_trace.setTransparent(m_codec->isTransparent());
    m_trace.setTee(m_config.tee);
    m_trace.setMasks(m_config.masks);
}

void ClientSession::start() {
    m_connector =
        std::make_unique<Connector>(m_reactor,
                                    Connector::Settings{.endpoint = m_config.endpoint,
                                                        .options = m_config.options,
                                                        .timeout = m_config.connectTimeout,
                                                        .local = m_config.local,
                                                        .datagrams = m_config.datagrams,
                                                        .lookupTimeout = m_config.lookupTimeout},
                                    static_cast<Connector::Owner&>(*this));
    m_connector->start();
    if (needsLookup(m_config.endpoint)) {
        m_trace.tell(lifecycle::LookupStarted{m_config.endpoint.host});
        m_observer.lookupStarted(m_config.endpoint.host);
    }
}

int ClientSession::fd() const {
    return m_stream      ? m_stream->fd()
           : m_datagrams ? m_datagrams->fd()
           : m_connector ? m_connector->fd()
                         : -1;
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

void ClientSession::setReceiving(bool receiving) {
    if (m_stream)
        m_stream->setReceiving(receiving);
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
    m_localPath = m_connector->takeLocalPath();
    dropConnector();
    for (const Error& error : notGranted(fd.get(), transport, m_config.options)) {
        m_trace.tell(lifecycle::LimitReached{error});
        m_observer.notGranted(error);
    }
    const Result<void> started =
        isDatagram(transport) ? startDatagrams(std::move(fd), peer) : startStream(std::move(fd));
    if (!started) {
        m_stream.reset();
        m_datagrams.reset();
        end(CloseReason::Error, started.error());
        return;
    }
    m_trace.tell(lifecycle::Connected{local, remote, took});
    m_observer.connected(local, remote);
}

Result<void> ClientSession::startDatagrams(UniqueFd fd, const SocketAddress& peer) {
    if (SocketAddress::peerOf(fd.get()).length() == 0) {
        m_destination = throughInterface(peer, m_config.datagrams);
        m_peers = std::make_unique<DatagramPeers>(m_reactor.trace(), m_trace.id(),
                                                  m_config.endpoint.transport);
    }
    m_tally.emplace(m_config.receiveSize);
    m_datagrams = std::make_unique<DatagramSocket>(m_reactor, std::move(fd), m_config.receiveSize,
                                                   m_config.maxQueue,
                                                   static_cast<DatagramSocket::Owner&>(*this));
    countDatagrams();
    return m_datagrams->start();
}

Result<void> ClientSession::startStream(UniqueFd fd) {
    m_stream = std::make_unique<StreamConnection>(
        m_reactor, std::move(fd), std::make_unique<IdentityFilter>(),
        StreamConnection::Limits{m_config.receiveSize, m_config.maxQueue}, m_trace,
        static_cast<StreamConnection::Owner&>(*this));
    return m_stream->start();
}

void ClientSession::connectFailed(Error error) {
    end(CloseReason::Error, error);
}

void ClientSession::bytesReceived(ByteView plain) {
    m_observer.bytesReceived(plain.size());
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

void ClientSession::datagramReceived(ByteView payload, std::size_t realSize,
                                     const SocketAddress& from) {
    m_peer = m_peers ? &m_peers->at(from) : nullptr;
    m_trace.received(payload, m_peer ? &m_peer->counters : nullptr);
    m_tally->received(payload, realSize);
    publishFigures();
    if (realSize > payload.size()) {
        Error error = faultError(Fault::DatagramTruncated, "receive", {}, std::to_string(realSize));
        if (mayTell(error.code))
            m_trace.tell(lifecycle::LimitReached{std::move(error), peerEndpoint()});
    }
    m_observer.datagramReceived(peerEndpoint(), payload.size(), realSize);
    m_codec->decodeWhole(payload, *this);
    m_peer = nullptr;
}

/// Of who sent what is being read; empty where there is one peer only.
std::string ClientSession::peerEndpoint() const {
    return m_peer ? m_peer->counters.endpoint : std::string();
}

void ClientSession::datagramSent(ByteView payload, const SocketAddress&) {
    m_lastSent = m_reactor.turnTime();
    ++m_datagramsSent;
    m_trace.sent(payload.size());
    m_tally->sent(payload, m_lastSent);
    publishFigures();
    m_observer.bytesSent(payload.size());
}

void ClientSession::datagramFailed(Error error) {
    if (!error.report.message.empty()) {
        m_tally->reported();
        publishFigures();
    }
    if (mayTell(error.code))
        m_trace.tell(lifecycle::Failed{error});
    m_observer.failed(error);
    if (!m_ended)
        m_observer.mayHaveRoom();
}

bool ClientSession::mayTell(const std::error_code& code) {
    const TimePoint now = m_reactor.turnTime();
    Told& told = m_told[code];
    if (now - told.since >= troubleInterval)
        told = {.since = now};
    return ++told.count <= troublesPerInterval;
}

void ClientSession::countDatagrams() {
    const TimePoint now = m_reactor.turnTime();
    m_tally->age(now);
    m_tally->setDropped(kernelDrops(m_datagrams->fd()));
    publishFigures();
    m_tallyTimer.start(now + tallyInterval);
}

void ClientSession::publishFigures() {
    if (m_config.figures)
        m_config.figures->store(m_tally->figures());
}

DatagramFigures ClientSession::datagramFigures() const {
    return m_tally ? m_tally->figures() : DatagramFigures();
}

void ClientSession::deliver(const Message& message) {
    if (m_closing || m_ended)
        return; // it came in the same receive as the last that was wanted
    m_trace.messageIn(message.offsets, m_codec->isTransparent() ? ByteView() : message.content,
                      message.headerText, m_peer ? &m_peer->counters : nullptr);
    m_observer.messageReceived(message);
}

void ClientSession::transmit(ByteView bytes) {
    if (m_stream)
        m_stream->send(bytes);
    else if (m_datagrams)
        sendDatagram(bytes);
}

/// The tee has all that was given to be sent, as the offsets of messages do.
void ClientSession::sendDatagram(ByteView payload) {
    const std::uint64_t sentBefore = m_datagramsSent;
    const std::size_t queuedBefore = m_datagrams->queued();
    if (m_config.tee)
        m_config.tee->sent(payload);
    m_datagrams->send(payload, m_destination);
    const bool isGone = m_datagramsSent > sentBefore || m_datagrams->queued() > queuedBefore;
    if (m_config.tee && !isGone)
        m_config.tee->notSent(payload.size());
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
        countDatagrams();
    m_tallyTimer.stop();
    if (m_datagrams) {
        m_tally->finish();
        publishFigures();
        m_datagrams->stop();
    }
    m_localPath = {};
    m_trace.closed(reason, error, SteadyClock::now() - m_started);
    m_observer.ended(reason, error);
}

} // namespace sscope
