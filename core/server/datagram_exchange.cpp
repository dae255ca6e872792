#include "core/server/datagram_exchange.h"

#include <cerrno>
#include <chrono>
#include <utility>

#include "core/net/socket_options.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr Duration dropsInterval = 1s;
// The same trouble with each datagram of a flood is told at most so often.
constexpr Duration troubleInterval = 1s;
// Threads or processes at a time; while there are so many, datagrams wait in the kernel.
constexpr std::size_t mostUnderWay = 64;

} // namespace

DatagramExchange::DatagramExchange(SessionHost& host, ConnectionId id, Transport transport)
    : m_host(host),
      m_started(host.loop().turnTime()),
      m_trace(host.loop().trace(), id),
      m_peers(host.loop().trace(), id, transport),
      m_codec(host.makeCodec()),
      m_dropsTimer(host.loop().timers(), [this] { readKernelDrops(); }),
      m_handlerTimer(host.loop().timers(), [this] { m_handler->timer(*this); }),
      m_drainTimer(host.loop().timers(), [this] { close(m_closeReason); }),
      m_runner(host.makeDatagramRunner()) {
    m_trace.setTransparent(m_codec->isTransparent());
    if (!m_runner)
        m_handler = host.service().make(host.config().settings);
}

Result<void> DatagramExchange::start() {
    if (auto started = m_link->start(); !started)
        return started;
    m_drops = kernelDrops(m_link->fd());
    m_dropsTimer.start(m_started + dropsInterval);
    if (m_handler)
        m_handler->setup(*this);
    return {};
}

void DatagramExchange::close(CloseReason reason) {
    m_closing = true;
    m_closeReason = reason;
    if (m_link->queued() > 0 || m_underWay > 0)
        m_drainTimer.start(now() + 10ms);
    else
        end();
}

void DatagramExchange::abort(CloseReason reason, bool) {
    m_closeReason = reason;
    end();
}

void DatagramExchange::send(PeerId id, const Message& message) {
    m_peer = m_peers.find(id);
    if (m_peer)
        send(message);
    m_peer = nullptr;
}

void DatagramExchange::jobDone(JobToken token, const std::string& output) {
    if (!m_ended && m_handler)
        m_handler->result(*this, token, output);
}

void DatagramExchange::datagramReceived(ByteView payload, std::size_t realSize,
                                        const SocketAddress& from) {
    if (m_closing)
        return;
    m_peer = &m_peers.at(from);
    m_trace.received(payload, &m_peer->counters);
    if (realSize > payload.size()) {
        Error error = faultError(Fault::DatagramTruncated, "receive", {}, std::to_string(realSize));
        const std::error_code code = error.code;
        tell(lifecycle::LimitReached{std::move(error), peerEndpoint()}, code);
    }
    m_codec->decodeWhole(payload, *this);
    m_peer = nullptr;
}

void DatagramExchange::datagramSent(ByteView payload, const SocketAddress& to) {
    m_trace.sent(payload.size(), &m_peers.at(to).counters);
}

void DatagramExchange::datagramFailed(Error error) {
    const std::error_code code = error.code;
    tell(lifecycle::Failed{std::move(error), peerEndpoint()}, code);
}

/// Of who sent what is being handled; empty where it is known to nobody any more.
std::string DatagramExchange::peerEndpoint() const {
    return m_peer ? m_peer->counters.endpoint : std::string();
}

void DatagramExchange::tell(lifecycle::Event what, const std::error_code& code) {
    const auto [it, isNew] = m_toldAt.try_emplace(code, now());
    if (!isNew && now() - it->second < troubleInterval) {
        ++m_host.loop().trace().totals().skippedRepeats;
        m_host.loop().trace().touchTotals();
        return;
    }
    it->second = now();
    m_trace.tell(std::move(what));
}

void DatagramExchange::deliver(const Message& message) {
    m_trace.messageIn(message.offsets, m_codec->isTransparent() ? ByteView() : message.content,
                      message.headerText, &m_peer->counters);
    if (m_runner) {
        handOver(message);
        return;
    }
    m_handler->handle(*this, message);
    m_host.datagramHandled();
}

void DatagramExchange::handOver(const Message& message) {
    ++m_underWay;
    const auto handed =
        m_runner->run(message, [this, to = m_peer->address](const DatagramOutcome& outcome) {
            takeOutcome(to, outcome);
        });
    if (!handed) {
        --m_underWay;
        datagramFailed(handed.error());
    }
    updateReceiving();
}

void DatagramExchange::takeOutcome(const SocketAddress& to, const DatagramOutcome& outcome) {
    --m_underWay;
    DatagramPeers::Peer* const before = std::exchange(m_peer, &m_peers.at(to));
    if (!outcome.protocolError.empty())
        tellProtocolError(outcome.protocolError);
    for (const OwnedMessage& reply : outcome.replies)
        send(reply.view());
    m_peer = before;
    if (m_ended)
        return;
    updateReceiving();
    m_host.datagramHandled();
}

void DatagramExchange::setReceiving(bool receiving) {
    m_mayReceive = receiving;
    updateReceiving();
}

void DatagramExchange::updateReceiving() {
    m_link->setReceiving(m_mayReceive && m_underWay < mostUnderWay);
}

void DatagramExchange::transmit(ByteView bytes) {
    if (m_peer->address.length() == 0) // a Unix socket that is not bound cannot be answered
        datagramFailed(systemError(EDESTADDRREQ, "send", "a sender without an address"));
    else
        m_link->send(bytes, m_peer->address);
}

void DatagramExchange::fail(std::string reason) {
    m_trace.tell(lifecycle::ProtocolError{std::move(reason), peerEndpoint()});
}

void DatagramExchange::tooLong(std::size_t limit) {
    Error error = faultError(Fault::MessageTooLong, "receive", {}, std::to_string(limit));
    const std::error_code code = error.code;
    tell(lifecycle::LimitReached{std::move(error), peerEndpoint()}, code);
}

void DatagramExchange::sending(const Message& message) {
    m_trace.messageOut(message.offsets, message.content, message.headerText, &m_peer->counters);
}

void DatagramExchange::send(const Message& message) {
    if (m_ended || !m_peer)
        return;
    if (auto sent = m_codec->send(message, *this); !sent)
        datagramFailed(std::move(sent.error()));
}

bool DatagramExchange::hasRoom() const {
    return !m_ended && m_link->queued() < m_host.config().maxQueue / 2;
}

TimePoint DatagramExchange::now() const {
    return m_host.loop().turnTime();
}

void DatagramExchange::setTimer(Duration delay) {
    m_handlerTimer.start(now() + delay);
}

JobToken DatagramExchange::submit(Job job) {
    const bool isTaken = m_host.submit(m_trace.id().number, ++m_lastToken, std::move(job));
    return isTaken ? m_lastToken : noJob;
}

void DatagramExchange::readKernelDrops() {
    const std::uint64_t drops = kernelDrops(m_link->fd());
    if (drops > m_drops) {
        ServerTotals& totals = m_host.loop().trace().totals();
        totals.kernelDrops += drops - m_drops;
        m_host.loop().trace().touchTotals();
        m_trace.tell(lifecycle::LimitReached{
            faultError(Fault::DatagramsDropped, "receive", {}, std::to_string(drops - m_drops))});
        m_drops = drops;
    }
    m_dropsTimer.start(now() + dropsInterval);
}

void DatagramExchange::end() {
    if (std::exchange(m_ended, true))
        return;
    readKernelDrops();
    m_dropsTimer.stop();
    m_handlerTimer.stop();
    m_drainTimer.stop();
    if (m_handler)
        m_handler->finish(*this);
    m_link->stop();
    m_trace.closed(m_closeReason, {}, now() - m_started);
    m_host.sessionEnded(m_trace.id().number);
}

} // namespace sscope
