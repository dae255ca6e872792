#include "core/server/datagram_session.h"

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

DatagramSession::DatagramSession(SessionHost& host, ConnectionId id, UniqueFd fd,
                                 Transport transport)
    : m_host(host),
      m_started(host.reactor().turnTime()),
      m_trace(host.reactor().trace(), id),
      m_socket(host.reactor(), std::move(fd), host.config().receiveSize, host.config().maxQueue,
               *this),
      m_peers(host.reactor().trace(), id, transport),
      m_codec(host.framing().make(CodecRole::Server)),
      m_dropsTimer(host.reactor().timers(), [this] { readKernelDrops(); }),
      m_handlerTimer(host.reactor().timers(), [this] { m_handler->timer(*this); }),
      m_drainTimer(host.reactor().timers(), [this] { close(m_closeReason); }),
      m_runner(host.makeDatagramRunner()) {
    if (!m_runner)
        m_handler = host.service().make(host.config().settings);
}

Result<void> DatagramSession::start() {
    if (auto started = m_socket.start(); !started)
        return started;
    m_drops = kernelDrops(m_socket.fd());
    m_dropsTimer.start(m_started + dropsInterval);
    if (m_handler)
        m_handler->setup(*this);
    return {};
}

void DatagramSession::close(CloseReason reason) {
    m_closing = true;
    m_closeReason = reason;
    if (m_socket.hasOutput() || m_underWay > 0)
        m_drainTimer.start(now() + 10ms);
    else
        end();
}

void DatagramSession::abort(CloseReason reason, bool) {
    m_closeReason = reason;
    end();
}

void DatagramSession::send(PeerId id, ByteView content) {
    m_peer = m_peers.find(id);
    if (m_peer)
        send(content);
    m_peer = nullptr;
}

void DatagramSession::jobDone(JobToken token, const std::string& output) {
    if (!m_ended && m_handler)
        m_handler->result(*this, token, output);
}

void DatagramSession::datagramReceived(ByteView payload, std::size_t realSize,
                                       const SocketAddress& from) {
    if (m_closing)
        return;
    m_peer = &m_peers.at(from);
    m_trace.received(payload, &m_peer->counters);
    if (realSize > payload.size()) {
        Error error = faultError(Fault::DatagramTruncated, "receive", {}, std::to_string(realSize));
        const std::error_code code = error.code;
        tell(lifecycle::LimitReached{std::move(error)}, code);
    }
    m_codec->decodeWhole(payload, *this);
    m_peer = nullptr;
}

void DatagramSession::datagramSent(std::size_t bytes, const SocketAddress& to) {
    m_trace.sent(bytes, &m_peers.at(to).counters);
}

void DatagramSession::datagramFailed(Error error) {
    const std::error_code code = error.code;
    tell(lifecycle::Failed{std::move(error)}, code);
}

void DatagramSession::tell(lifecycle::Event what, const std::error_code& code) {
    const auto [it, isNew] = m_toldAt.try_emplace(code, now());
    if (!isNew && now() - it->second < troubleInterval) {
        ++m_host.reactor().trace().totals().skippedRepeats;
        m_host.reactor().trace().touchTotals();
        return;
    }
    it->second = now();
    m_trace.tell(std::move(what));
}

void DatagramSession::deliver(const Message& message) {
    const std::size_t limit = m_host.config().settings.maxMessage;
    if (message.content.size() > limit) {
        Error error = faultError(Fault::MessageTooLong, "receive", {}, std::to_string(limit));
        const std::error_code code = error.code;
        tell(lifecycle::LimitReached{std::move(error)}, code);
        return;
    }
    m_trace.messageIn(message.content, message.offsets.begin, !m_codec->isTransparent(),
                      &m_peer->counters);
    if (m_runner) {
        handOver(message.content);
        return;
    }
    m_handler->handle(*this, message);
    m_host.datagramHandled();
}

void DatagramSession::handOver(ByteView content) {
    ++m_underWay;
    const auto handed =
        m_runner->run(content, [this, to = m_peer->address](const DatagramReplies& replies) {
            takeReplies(to, replies);
        });
    if (!handed) {
        --m_underWay;
        datagramFailed(handed.error());
    }
    updateReceiving();
}

void DatagramSession::takeReplies(const SocketAddress& to, const DatagramReplies& replies) {
    --m_underWay;
    DatagramPeers::Peer* const before = std::exchange(m_peer, &m_peers.at(to));
    for (const auto& reply : replies)
        send(reply);
    m_peer = before;
    if (m_ended)
        return;
    updateReceiving();
    m_host.datagramHandled();
}

void DatagramSession::setReceiving(bool receiving) {
    m_mayReceive = receiving;
    updateReceiving();
}

void DatagramSession::updateReceiving() {
    m_socket.setReceiving(m_mayReceive && m_underWay < mostUnderWay);
}

void DatagramSession::transmit(ByteView bytes) {
    if (m_peer->address.length() == 0) // a Unix socket that is not bound cannot be answered
        datagramFailed(systemError(EDESTADDRREQ, "send"));
    else
        m_socket.send(bytes, m_peer->address);
}

void DatagramSession::fail(std::string reason) {
    // A datagram stands alone: the next one finds a new codec.
    m_trace.tell(lifecycle::ProtocolError{std::move(reason)});
    m_codec = m_host.framing().make(CodecRole::Server);
}

void DatagramSession::send(ByteView content) {
    if (m_ended || !m_peer)
        return;
    m_trace.messageOut(content, &m_peer->counters);
    m_codec->send({.content = content}, *this);
}

bool DatagramSession::hasRoom() const {
    return !m_ended && m_socket.queued() < m_host.config().maxQueue / 2;
}

TimePoint DatagramSession::now() const {
    return m_host.reactor().turnTime();
}

void DatagramSession::setTimer(Duration delay) {
    m_handlerTimer.start(now() + delay);
}

JobToken DatagramSession::submit(Job job) {
    m_host.submit(m_trace.id().number, ++m_lastToken, std::move(job));
    return m_lastToken;
}

void DatagramSession::readKernelDrops() {
    const std::uint64_t drops = kernelDrops(m_socket.fd());
    if (drops > m_drops) {
        ServerTotals& totals = m_host.reactor().trace().totals();
        totals.kernelDrops += drops - m_drops;
        m_host.reactor().trace().touchTotals();
        m_trace.tell(lifecycle::LimitReached{
            faultError(Fault::DatagramsDropped, "receive", {}, std::to_string(drops - m_drops))});
        m_drops = drops;
    }
    m_dropsTimer.start(now() + dropsInterval);
}

void DatagramSession::end() {
    if (std::exchange(m_ended, true))
        return;
    readKernelDrops();
    m_dropsTimer.stop();
    m_handlerTimer.stop();
    m_drainTimer.stop();
    if (m_handler)
        m_handler->finish(*this);
    m_socket.stop();
    m_trace.closed(m_closeReason, {}, now() - m_started);
    m_host.sessionEnded(m_trace.id().number);
}

} // namespace sscope
