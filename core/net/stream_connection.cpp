#include "core/net/stream_connection.h"

#include <array>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <utility>

#include <sys/socket.h>

namespace sscope {

namespace {

constexpr std::size_t pullSize = 65536;
// A turn pulls at most so much from a source, so that a fast peer leaves time for the others.
constexpr int pullsPerTurn = 16;
constexpr int discardsPerTurn = 64;
// A close waits so long for a peer that takes nothing.
constexpr Duration closePatience = std::chrono::seconds(2);

int socketError(int fd) {
    int number = 0;
    socklen_t length = sizeof number;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &number, &length);
    return number;
}

bool isTryAgain(int number) {
    return number == EAGAIN || number == EINTR;
}

} // namespace

StreamConnection::StreamConnection(EventLoop& loop, UniqueFd fd, std::unique_ptr<ByteFilter> filter,
                                   const Limits& limits, ConnectionTrace& trace, Owner& owner)
    : m_loop(loop),
      m_fd(std::move(fd)),
      m_filter(std::move(filter)),
      m_limits(limits),
      m_trace(trace),
      m_owner(owner),
      m_lastActivity(loop.turnTime()),
      m_closeTimer(loop.timers(), [this] { giveUpClosing(); }) {}

Result<void> StreamConnection::start() {
    auto watch = m_loop.watch(m_fd.get(), Interest::Read, *this);
    if (!watch)
        return Failure(std::move(watch.error()));
    m_watch = std::move(*watch);
    return {};
}

void StreamConnection::handleEvents(Readiness ready) {
    if (ready.writable)
        flush();
    if (m_ended || !(ready.readable || ready.failed))
        return;
    if (m_lingering) {
        finishClosing();
        return;
    }
    const bool reads = !m_closing && !m_peerFinished;
    if (reads)
        receive(); // also where reading is paused: after a hang-up it finds the reason
    else if (ready.failed)
        failed(socketError(m_fd.get()), "send");
}

void StreamConnection::receive() {
    const std::span<std::byte> room = m_loop.receiveBuffer(m_limits.receiveSize);
    const ssize_t count = ::recv(m_fd.get(), room.data(), room.size(), 0);
    if (count > 0) {
        m_lastActivity = m_loop.turnTime();
        const ByteView wire = room.first(static_cast<std::size_t>(count));
        m_trace.received(wire);
        m_filter->receive(wire, *this);
    } else if (count == 0 && m_sendError != 0) {
        failed(m_sendError, "send");
    } else if (count == 0) {
        m_peerFinished = true;
        updateInterest();
        m_owner.peerFinished();
        if (!m_ended && m_finished)
            end(CloseReason::Peer, {});
    } else if (!isTryAgain(errno)) {
        if (m_sendError != 0)
            failed(m_sendError, "send");
        else
            failed(errno, "receive");
    }
}

void StreamConnection::plainReceived(ByteView plain) {
    m_owner.bytesReceived(plain);
}

void StreamConnection::filterFailed(Error error) {
    end(CloseReason::Protocol, std::move(error));
}

bool StreamConnection::takesMore() {
    if (m_ended || m_closing || m_finishing || m_sendError != 0)
        return false;
    if (queued() < m_limits.maxQueue)
        return true;
    end(CloseReason::Limit, faultError(Fault::SendQueueExceeded, "send", {}));
    return false;
}

void StreamConnection::send(ByteView plain) {
    if (!takesMore())
        return;
    if (m_source) {
        m_afterSource.append(plain);
        return;
    }
    m_filter->send(plain, *this);
    afterSending();
}

void StreamConnection::send(std::unique_ptr<ByteSource> source) {
    assert(!m_source);
    if (!takesMore())
        return;
    m_source = std::move(source);
    pull();
    afterSending();
}

void StreamConnection::wireReady(ByteView wire) {
    if (m_ended || m_sendError != 0)
        return;
    const std::size_t sent = m_output.empty() ? sendNow(wire) : 0;
    if (sent < wire.size() && !m_ended && m_sendError == 0)
        m_output.append(wire.subspan(sent));
}

std::size_t StreamConnection::sendNow(ByteView wire) {
    m_trace.sending(wire.size());
    const ssize_t count = ::send(m_fd.get(), wire.data(), wire.size(), MSG_NOSIGNAL);
    if (count < 0) {
        m_trace.sending(0);
        if (!isTryAgain(errno))
            sendFailed(errno);
        return 0;
    }
    const auto sent = static_cast<std::size_t>(count);
    m_lastActivity = m_loop.turnTime();
    m_trace.sent(wire.first(sent));
    m_owner.bytesSent(sent);
    return sent;
}

void StreamConnection::flush() {
    if (!m_output.empty()) {
        const std::size_t sent = sendNow(m_output.view());
        if (!m_ended && m_sendError == 0)
            m_output.consume(sent);
    }
    if (!m_ended && m_output.empty() && m_source)
        pull();
    afterSending();
}

void StreamConnection::pull() {
    const auto buffer = std::make_unique_for_overwrite<std::byte[]>(pullSize);
    for (int i = 0; i < pullsPerTurn && m_source && m_output.empty() && !m_ended; ++i) {
        const auto count = m_source->read({buffer.get(), pullSize});
        if (!count) {
            end(CloseReason::Error, count.error());
            return;
        }
        if (*count > 0) {
            m_filter->send({buffer.get(), *count}, *this);
            continue;
        }
        m_source.reset();
        const ByteBuffer waiting = std::exchange(m_afterSource, {});
        if (!waiting.empty())
            m_filter->send(waiting.view(), *this);
        if (!m_ended)
            m_owner.sourceEnded();
    }
}

void StreamConnection::afterSending() {
    if (m_ended)
        return;
    if (!m_paused && m_output.size() > highWater()) {
        m_paused = true;
    } else if (m_paused && m_output.size() <= highWater() / 2) {
        m_paused = false;
        m_owner.outputDrained();
    }
    if (m_ended)
        return;
    if (!hasOutput() && m_finishing && !m_finished && m_sendError == 0) {
        m_finished = true;
        m_filter->finish(*this);
        ::shutdown(m_fd.get(), SHUT_WR);
        m_owner.sendingFinished();
        if (m_ended)
            return;
        if (m_peerFinished && !m_closing) {
            end(CloseReason::Peer, {});
            return;
        }
    }
    if (!hasOutput() && m_closing) {
        finishClosing();
        return;
    }
    updateInterest();
}

void StreamConnection::finishSending() {
    m_finishing = true;
    afterSending();
}

void StreamConnection::setReceiving(bool receiving) {
    if (m_ended || m_isHeld == !receiving)
        return;
    m_isHeld = !receiving;
    updateInterest();
}

void StreamConnection::close(CloseReason reason, Error error) {
    if (m_ended || m_closing)
        return;
    m_closing = true;
    m_closeReason = reason;
    m_closeError = std::move(error);
    if (hasOutput())
        m_closeTimer.start(m_loop.turnTime() + closePatience);
    afterSending();
}

void StreamConnection::giveUpClosing() {
    const TimePoint deadline = m_lastActivity + closePatience;
    if (!m_lingering && deadline > m_loop.turnTime())
        m_closeTimer.start(deadline);
    else
        end(m_closeReason, std::move(m_closeError));
}

void StreamConnection::abort(CloseReason reason, bool reset, Error error) {
    if (m_ended)
        return;
    if (reset) {
        const linger atOnce{1, 0};
        ::setsockopt(m_fd.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    }
    end(reason, std::move(error));
}

void StreamConnection::sendFailed(int number) {
    const bool isGone = number == ECONNRESET || number == EPIPE;
    if (!isGone || m_closing || m_peerFinished) {
        failed(number, "send");
        return;
    }
    // The peer has closed. What it sent before is still to be read, and often says why.
    m_sendError = number;
    m_paused = false;
    m_output.clear();
    m_source.reset();
    m_afterSource.clear();
    updateInterest();
}

void StreamConnection::failed(int number, const char* operation) {
    // A hang-up without an error left to read: the error went with an earlier call.
    Error error = systemError(number != 0 ? number : EPIPE, operation);
    const bool reset = error.isErrno(ECONNRESET) || error.isErrno(EPIPE);
    if (reset)
        error.hint.kind = Hint::Kind::PeerClosed;
    end(reset ? CloseReason::Reset : CloseReason::Error, std::move(error));
}

void StreamConnection::updateInterest() {
    m_watch.setInterest(makeInterest(
        m_lingering || (!m_paused && !m_isHeld && !m_peerFinished && !m_closing), hasOutput()));
}

/// False where the peer has ended its direction, or the connection is broken.
bool StreamConnection::discardUnread() {
    const std::span<std::byte> room = m_loop.receiveBuffer(m_limits.receiveSize);
    for (int i = 0; i < discardsPerTurn; ++i) {
        const ssize_t count = ::recv(m_fd.get(), room.data(), room.size(), MSG_DONTWAIT);
        if (count < 0)
            return isTryAgain(errno);
        if (count == 0)
            return false;
        m_lingering = true;
    }
    return true;
}

void StreamConnection::finishClosing() {
    const bool wasLingering = m_lingering;
    const bool isOpen = discardUnread();
    if (!isOpen || !m_lingering) {
        end(m_closeReason, std::move(m_closeError));
        return;
    }
    if (wasLingering)
        return;
    if (!std::exchange(m_finished, true)) {
        m_filter->finish(*this);
        ::shutdown(m_fd.get(), SHUT_WR);
    }
    m_closeTimer.start(m_loop.turnTime() + closePatience);
    updateInterest();
}

void StreamConnection::end(CloseReason reason, Error error) {
    if (std::exchange(m_ended, true))
        return;
    m_watch.stop();
    m_closeTimer.stop();
    m_fd.reset();
    m_output.clear();
    m_source.reset();
    m_owner.connectionEnded(reason, std::move(error));
}

} // namespace sscope
