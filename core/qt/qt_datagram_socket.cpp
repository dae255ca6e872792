#include "core/qt/qt_datagram_socket.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <net/if.h>
#include <netinet/in.h>

#include <QNetworkDatagram>

namespace sscope {

namespace {

// A signal fetches at most so many, so that a flood leaves time for sending and stopping.
constexpr int datagramsPerSignal = 256;
constexpr Duration retryDelay = std::chrono::milliseconds(10);

SocketAddress addressOf(const QHostAddress& host, int port) {
    const auto netPort = htons(static_cast<std::uint16_t>(port));
    if (host.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = netPort;
        address.sin_addr.s_addr = htonl(host.toIPv4Address());
        return {reinterpret_cast<const sockaddr*>(&address), sizeof address};
    }
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = netPort;
    const Q_IPV6ADDR bytes = host.toIPv6Address();
    std::memcpy(&address.sin6_addr, &bytes, sizeof bytes);
    if (const QByteArray scope = host.scopeId().toUtf8(); !scope.isEmpty()) {
        bool isNumber = false;
        const unsigned number = scope.toUInt(&isNumber);
        address.sin6_scope_id = isNumber ? number : ::if_nametoindex(scope.constData());
    }
    return {reinterpret_cast<const sockaddr*>(&address), sizeof address};
}

} // namespace

QtDatagramSocket::QtDatagramSocket(QtEventLoop& loop, UniqueFd fd, std::size_t receiveSize,
                                   std::size_t maxQueue, Owner& owner)
    : m_loop(loop),
      m_fd(std::move(fd)),
      m_receiveSize(receiveSize),
      m_maxQueue(maxQueue),
      m_owner(owner),
      m_retry(loop.timers(), [this] { flush(); }) {}

QtDatagramSocket::~QtDatagramSocket() {
    m_socket.disconnect(this);
}

Result<void> QtDatagramSocket::start() {
    if (!m_socket.setSocketDescriptor(m_fd.get(), QAbstractSocket::BoundState))
        return Failure(systemError(ENOTSUP, "setSocketDescriptor"));
    m_descriptor = m_fd.release();
    connect(&m_socket, &QUdpSocket::readyRead, this, [this] {
        m_loop.enter();
        receive();
    });
    return {};
}

void QtDatagramSocket::setReceiving(bool receiving) {
    if (!std::exchange(m_receiving, receiving) && receiving)
        receive(); // Qt does not signal again what it has signalled
}

void QtDatagramSocket::stop() {
    m_stopped = true;
    m_retry.stop();
    m_socket.disconnect(this);
    m_socket.abort();
    m_descriptor = -1;
    m_output.clear();
    m_queuedBytes = 0;
}

void QtDatagramSocket::receive() {
    for (int i = 0; i < datagramsPerSignal && !m_stopped && m_receiving; ++i) {
        if (!receiveOne())
            return;
    }
}

bool QtDatagramSocket::receiveOne() {
    const qint64 size = m_socket.pendingDatagramSize();
    if (size < 0)
        return false;
    const auto realSize = static_cast<std::size_t>(size);
    errno = 0;
    const QNetworkDatagram datagram =
        m_socket.receiveDatagram(static_cast<qint64>(std::min(realSize, m_receiveSize)));
    if (datagram.senderPort() < 0) {
        if (errno != 0 && errno != EAGAIN)
            m_owner.datagramFailed(systemError(errno, "receive"));
        return false;
    }
    const QByteArray payload = datagram.data();
    const ByteView bytes(reinterpret_cast<const std::byte*>(payload.constData()),
                         static_cast<std::size_t>(payload.size()));
    m_owner.datagramReceived(bytes, realSize,
                             addressOf(datagram.senderAddress(), datagram.senderPort()));
    return true;
}

void QtDatagramSocket::send(ByteView payload, const SocketAddress& to) {
    if (m_stopped || (m_output.empty() && sendNow(payload, to)))
        return;
    const std::size_t cost = payload.size() + sizeof(Waiting);
    if (m_queuedBytes + cost > m_maxQueue && m_queuedBytes > 0) {
        m_owner.datagramFailed(faultError(Fault::SendQueueExceeded, "send", to.text()));
        return;
    }
    m_queuedBytes += cost;
    m_output.push_back({{payload.begin(), payload.end()}, to});
    if (!m_retry.isActive())
        m_retry.start(m_loop.turnTime() + retryDelay);
}

bool QtDatagramSocket::sendNow(ByteView payload, const SocketAddress& to) {
    errno = 0;
    const qint64 count = m_socket.writeDatagram(reinterpret_cast<const char*>(payload.data()),
                                                static_cast<qint64>(payload.size()),
                                                QHostAddress(to.data()), to.port());
    const int number = errno;
    if (count >= 0) {
        m_owner.datagramSent(payload, to);
        return true;
    }
    if (number == EAGAIN || number == ENOBUFS)
        return false;
    m_owner.datagramFailed(datagramError(number != 0 ? number : EIO, "send", to, payload.size()));
    return true;
}

void QtDatagramSocket::flush() {
    while (!m_output.empty()) {
        const Waiting& next = m_output.front();
        if (!sendNow(next.payload, next.to)) {
            m_retry.start(m_loop.turnTime() + retryDelay);
            return;
        }
        if (m_stopped)
            return;
        m_queuedBytes -= next.payload.size() + sizeof(Waiting);
        m_output.pop_front();
    }
}

} // namespace sscope
