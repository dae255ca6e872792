#include "core/net/listener.h"

#include <cerrno>
#include <chrono>

namespace sscope {

namespace {

using namespace std::chrono_literals;

// A turn takes at most so many, so that a flood of connects leaves time for those connected.
constexpr int acceptsPerTurn = 64;
// Ten tries a second cost nothing, and a descriptor that is freed is used at once for a person.
constexpr Duration pauseLength = 100ms;

/// The failure of one connection that is gone from the queue (accept(2), "Error handling").
bool isOfOneConnection(int number) {
    switch (number) {
    case ECONNABORTED:
    case ENETDOWN:
    case EPROTO:
    case ENOPROTOOPT:
    case EHOSTDOWN:
    case ENONET:
    case EHOSTUNREACH:
    case ENETUNREACH:
        return true;
    default:
        return false;
    }
}

} // namespace

Error acceptError(int number, const SocketAddress& address) {
    Error error = systemError(number, "accept", address.text());
    if (number == ENOBUFS || number == ENOMEM)
        error.hint.kind = Hint::Kind::Resources;
    return error;
}

Listener::Listener(EventLoop& loop, UniqueFd fd, Transport transport, Owner& owner)
    : ListenerLink(transport, SocketAddress::localOf(fd.get())),
      m_loop(loop),
      m_fd(std::move(fd)),
      m_owner(owner),
      m_resume(loop.timers(), [this] { updateInterest(); }) {}

Result<void> Listener::start() {
    auto watch = m_loop.watch(m_fd.get(), Interest::Read, *this);
    if (!watch)
        return Failure(std::move(watch.error()));
    m_watch = std::move(*watch);
    return {};
}

void Listener::stop() {
    m_resume.stop();
    m_watch.stop();
    m_fd.reset();
}

void Listener::handleEvents(Readiness) {
    for (int i = 0; i < acceptsPerTurn && m_watch.isActive() && !m_paused; ++i) {
        if (!acceptOne())
            return;
    }
}

bool Listener::acceptOne() {
    SocketAddress peer;
    socklen_t length = SocketAddress::capacity();
    UniqueFd fd(::accept4(m_fd.get(), peer.data(), &length, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!fd.isOpen()) {
        const int number = errno;
        if (number == EAGAIN)
            return false;
        if (number == EINTR || isOfOneConnection(number))
            return true;
        if (number == EINVAL || number == EBADF)
            stop(); // no longer a listening socket, as after `ss --kill`
        else
            restAWhile();
        tellOnce(number);
        return false;
    }
    m_episodeTold = false;
    peer.setLength(length);
    m_owner.connectionAccepted(*this, std::move(fd), peer);
    return true;
}

void Listener::restAWhile() {
    m_resume.start(m_loop.turnTime() + pauseLength);
    updateInterest();
}

void Listener::setPaused(bool paused) {
    m_paused = paused;
    updateInterest();
}

void Listener::updateInterest() {
    m_watch.setInterest(makeInterest(!m_paused && !m_resume.isActive(), false));
}

void Listener::tellOnce(int number) {
    if (std::exchange(m_episodeTold, true))
        return;
    m_owner.acceptFailed(*this, acceptError(number, address()));
}

} // namespace sscope
