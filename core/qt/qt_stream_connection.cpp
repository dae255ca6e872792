#include "core/qt/qt_stream_connection.h"

#include <array>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <utility>

#include <sys/socket.h>

#include <QEvent>

namespace sscope {

namespace {

constexpr std::size_t pullSize = 65536;
constexpr int discardsPerTurn = 64;
// A close waits so long for a peer that takes nothing.
constexpr Duration closePatience = std::chrono::seconds(2);

bool isTryAgain(int number) {
    return number == EAGAIN || number == EINTR;
}

QSocketNotifier* readNotifierOf(const QObject& socket) {
    const auto notifiers = socket.findChildren<QSocketNotifier*>();
    for (QSocketNotifier* notifier : notifiers) {
        if (notifier->type() == QSocketNotifier::Read)
            return notifier;
    }
    return nullptr;
}

} // namespace

QtStreamConnection::QtStreamConnection(QtEventLoop& loop, UniqueFd fd, Transport transport,
                                       const Limits& limits, ConnectionTrace& trace, Owner& owner)
    : m_loop(loop),
      m_transport(transport),
      m_limits(limits),
      m_trace(trace),
      m_owner(owner),
      m_fd(std::move(fd)),
      m_lastActivity(loop.turnTime()),
      m_closeTimer(loop.timers(), [this] { giveUpClosing(); }) {}

QtStreamConnection::~QtStreamConnection() {
    letGo();
}

template <typename Socket>
bool QtStreamConnection::open() {
    auto& socket = m_socket.emplace<Socket>();
    m_device = &socket;
    if (!socket.setSocketDescriptor(m_fd.get()))
        return false;
    m_descriptor = m_fd.release();
    socket.setReadBufferSize(static_cast<qint64>(m_limits.receiveSize));
    connect(&socket, &Socket::readyRead, this, &QtStreamConnection::receive);
    connect(&socket, &Socket::bytesWritten, this, &QtStreamConnection::written);
    connect(&socket, &Socket::errorOccurred, this,
            [this](auto error) { socketFailed(static_cast<QAbstractSocket::SocketError>(error)); });
    m_readable = readNotifierOf(socket);
    if (!m_readable)
        return false;
    m_readable->installEventFilter(this);
    return true;
}

Result<void> QtStreamConnection::start() {
    const bool opened = m_transport == Transport::Tcp ? open<QTcpSocket>() : open<QLocalSocket>();
    if (opened)
        return {};
    return Failure(systemError(ENOTSUP, "setSocketDescriptor"));
}

bool QtStreamConnection::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_readable || event->type() != QEvent::SockAct)
        return false;
    m_loop.enter();
    return !isForQt();
}

/// Whether there are bytes that Qt is to read now.
bool QtStreamConnection::isForQt() {
    if (m_lingering) {
        finishClosing();
        return false;
    }
    if (m_paused || m_isHeld || m_closing || m_peerFinished) {
        m_readable->setEnabled(false);
        return false;
    }
    std::byte first{};
    const ssize_t count = ::recv(m_descriptor, &first, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count > 0)
        return true;
    if (count == 0)
        finishPeer();
    else if (!isTryAgain(errno))
        failed(errno, "receive");
    return false;
}

void QtStreamConnection::finishPeer() {
    m_peerFinished = true;
    m_readable->setEnabled(false);
    m_owner.peerFinished();
    if (!m_ended && m_finished)
        end(CloseReason::Peer, {});
}

void QtStreamConnection::receive() {
    const std::span<std::byte> room = m_loop.receiveBuffer(m_limits.receiveSize);
    const qint64 count =
        m_device->read(reinterpret_cast<char*>(room.data()), static_cast<qint64>(room.size()));
    if (count <= 0)
        return;
    m_lastActivity = m_loop.turnTime();
    const ByteView wire = room.first(static_cast<std::size_t>(count));
    m_trace.received(wire);
    m_owner.bytesReceived(wire);
}

bool QtStreamConnection::takesMore() {
    if (m_ended || m_closing || m_finishing)
        return false;
    if (queued() < m_limits.maxQueue)
        return true;
    end(CloseReason::Limit, faultError(Fault::SendQueueExceeded, "send", {}));
    return false;
}

void QtStreamConnection::send(ByteView plain) {
    if (!takesMore())
        return;
    if (m_source) {
        m_afterSource.append(plain);
        return;
    }
    write(plain);
    afterSending();
}

void QtStreamConnection::send(std::unique_ptr<ByteSource> source) {
    assert(!m_source);
    if (!takesMore())
        return;
    m_source = std::move(source);
    pull();
    afterSending();
}

/// Qt keeps a copy, and writes when its loop says that there is room.
void QtStreamConnection::write(ByteView bytes) {
    m_device->write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
}

void QtStreamConnection::written(qint64 count) {
    m_loop.enter();
    const auto sent = static_cast<std::size_t>(count);
    m_lastActivity = m_loop.turnTime();
    m_trace.sent(sent);
    m_owner.bytesSent(sent);
    if (!m_ended && m_source && unsent() == 0)
        pull();
    afterSending();
}

void QtStreamConnection::pull() {
    const auto buffer = std::make_unique_for_overwrite<std::byte[]>(pullSize);
    while (m_source && unsent() == 0 && !m_ended) {
        const auto count = m_source->read({buffer.get(), pullSize});
        if (!count) {
            end(CloseReason::Error, count.error());
            return;
        }
        if (*count > 0) {
            write({buffer.get(), *count});
            continue;
        }
        m_source.reset();
        const ByteBuffer waiting = std::exchange(m_afterSource, {});
        write(waiting.view());
        m_owner.sourceEnded();
    }
}

void QtStreamConnection::afterSending() {
    if (m_ended)
        return;
    if (!m_paused && unsent() > highWater()) {
        m_paused = true;
    } else if (m_paused && unsent() <= highWater() / 2) {
        m_paused = false;
        m_readable->setEnabled(!m_isHeld && !m_peerFinished && !m_closing);
        m_owner.outputDrained();
    }
    if (m_ended || hasOutput())
        return;
    if (m_finishing && !m_finished) {
        m_finished = true;
        ::shutdown(m_descriptor, SHUT_WR);
        m_owner.sendingFinished();
        if (m_ended)
            return;
        if (m_peerFinished && !m_closing) {
            end(CloseReason::Peer, {});
            return;
        }
    }
    if (m_closing)
        finishClosing();
}

void QtStreamConnection::finishSending() {
    m_finishing = true;
    afterSending();
}

void QtStreamConnection::setReceiving(bool receiving) {
    if (m_ended || m_isHeld == !receiving)
        return;
    m_isHeld = !receiving;
    if (receiving && !m_paused)
        m_readable->setEnabled(!m_peerFinished && !m_closing);
}

void QtStreamConnection::close(CloseReason reason, Error error) {
    if (m_ended || m_closing)
        return;
    m_closing = true;
    m_closeReason = reason;
    m_closeError = std::move(error);
    if (hasOutput())
        m_closeTimer.start(m_loop.turnTime() + closePatience);
    afterSending();
}

void QtStreamConnection::giveUpClosing() {
    const TimePoint deadline = m_lastActivity + closePatience;
    if (!m_lingering && deadline > m_loop.turnTime())
        m_closeTimer.start(deadline);
    else
        end(m_closeReason, std::move(m_closeError));
}

void QtStreamConnection::abort(CloseReason reason, bool reset, Error error) {
    if (m_ended)
        return;
    if (reset) {
        const linger atOnce{1, 0};
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    }
    end(reason, std::move(error));
}

/// Only writing fails here. Qt has closed the socket by now, so that what the peer had sent before,
/// which the other models still read, is lost; and it does not tell EPIPE from ECONNRESET.
void QtStreamConnection::socketFailed(QAbstractSocket::SocketError error) {
    const int number = errno;
    m_loop.enter();
    failed(error == QAbstractSocket::RemoteHostClosedError ? ECONNRESET : number, "send");
}

void QtStreamConnection::failed(int number, const char* operation) {
    Error error = systemError(number != 0 ? number : EPIPE, operation);
    const bool reset = error.isErrno(ECONNRESET) || error.isErrno(EPIPE);
    if (reset)
        error.hint.kind = Hint::Kind::PeerClosed;
    end(reset ? CloseReason::Reset : CloseReason::Error, std::move(error));
}

/// False where the peer has ended its direction, or the connection is broken.
bool QtStreamConnection::discardUnread() {
    const std::span<std::byte> room = m_loop.receiveBuffer(m_limits.receiveSize);
    for (int i = 0; i < discardsPerTurn; ++i) {
        const ssize_t count = ::recv(m_descriptor, room.data(), room.size(), MSG_DONTWAIT);
        if (count < 0)
            return isTryAgain(errno);
        if (count == 0)
            return false;
        m_lingering = true;
    }
    return true;
}

void QtStreamConnection::finishClosing() {
    const bool wasLingering = m_lingering;
    const bool isOpen = discardUnread();
    if (!isOpen || !m_lingering) {
        end(m_closeReason, std::move(m_closeError));
        return;
    }
    if (wasLingering)
        return;
    if (!std::exchange(m_finished, true))
        ::shutdown(m_descriptor, SHUT_WR);
    m_closeTimer.start(m_loop.turnTime() + closePatience);
    m_readable->setEnabled(true);
}

void QtStreamConnection::end(CloseReason reason, Error error) {
    if (std::exchange(m_ended, true))
        return;
    m_closeTimer.stop();
    m_source.reset();
    letGo();
    m_owner.connectionEnded(reason, std::move(error));
}

/// Closes the socket, which is told of nothing more; it may be one of its signals that ends here.
void QtStreamConnection::letGo() {
    if (m_readable)
        m_readable->removeEventFilter(this);
    m_readable.clear();
    if (!m_device)
        return;
    m_device->disconnect(this);
    if (auto* socket = std::get_if<QTcpSocket>(&m_socket))
        socket->abort();
    else if (auto* local = std::get_if<QLocalSocket>(&m_socket))
        local->abort();
    m_device = nullptr;
}

std::size_t QtStreamConnection::unsent() const {
    return m_device ? static_cast<std::size_t>(m_device->bytesToWrite()) : 0;
}

} // namespace sscope
