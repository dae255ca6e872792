#include "core/net/connector.h"

#include <cerrno>
#include <utility>

namespace sscope {

namespace {

Hint hintFor(int number) {
    switch (number) {
    case ECONNREFUSED:
        return {.kind = Hint::Kind::NothingListens};
    case ETIMEDOUT:
        return {.kind = Hint::Kind::CheckFirewall};
    case ENETUNREACH:
    case EHOSTUNREACH:
        return {.kind = Hint::Kind::CheckRoute};
    case ENOENT:
        return {.kind = Hint::Kind::AnotherPath};
    case EACCES:
    case EPERM:
        return {.kind = Hint::Kind::Permission};
    case EADDRNOTAVAIL: // no local port is left
        return {.kind = Hint::Kind::NoFreePort};
    case EAGAIN: // a Unix server's backlog is full
        return {.kind = Hint::Kind::Resources};
    default:
        return {};
    }
}

} // namespace

Connector::Connector(Reactor& reactor, Settings settings, Owner& owner)
    : m_reactor(reactor),
      m_settings(std::move(settings)),
      m_owner(owner),
      m_timer(reactor.timers(), [this] { fail(ETIMEDOUT); }) {}

void Connector::start() {
    m_lookup = Lookup::start(m_reactor, m_settings.endpoint, ResolveFor::Connect,
                             [this](auto addresses) { resolved(std::move(addresses)); });
}

void Connector::resolved(Result<std::vector<AddressInfo>> addresses) {
    if (!addresses) {
        m_owner.connectFailed(std::move(addresses.error()));
        return;
    }
    m_addresses = std::move(*addresses);
    if (needsLookup(m_settings.endpoint)) {
        for (const AddressInfo& info : m_addresses)
            m_owner.addressResolved(info);
    }
    tryNext();
}

void Connector::tryNext() {
    attempt(m_addresses[m_next++].address);
}

void Connector::attempt(const SocketAddress& address) {
    m_started = SteadyClock::now();
    m_owner.attemptStarted(address);
    auto fd = openClientSocket(m_settings.endpoint.transport, address.family(), m_settings.options);
    if (!fd) {
        fail(std::move(fd.error()));
        return;
    }
    m_fd = std::move(*fd);
    if (::connect(m_fd.get(), address.data(), address.length()) == 0) {
        succeed();
        return;
    }
    if (errno != EINPROGRESS) {
        fail(errno);
        return;
    }
    auto watch = m_reactor.watch(m_fd.get(), Interest::Write, *this);
    if (!watch) {
        fail(std::move(watch.error()));
        return;
    }
    m_watch = std::move(*watch);
    m_timer.start(m_started + m_settings.timeout);
}

void Connector::handleEvents(Readiness) {
    int number = 0;
    socklen_t length = sizeof number;
    ::getsockopt(m_fd.get(), SOL_SOCKET, SO_ERROR, &number, &length);
    if (number != 0)
        fail(number);
    else
        succeed();
}

void Connector::succeed() {
    const SocketAddress peer = SocketAddress::peerOf(m_fd.get());
    // A port that nobody listens on may be the one that the kernel chose for our own end: the
    // socket is then connected to itself (a simultaneous open, RFC 9293 3.5).
    if (!isUnix(m_settings.endpoint.transport) && SocketAddress::localOf(m_fd.get()) == peer) {
        fail(ECONNREFUSED);
        return;
    }
    m_watch.stop();
    m_timer.stop();
    m_owner.connected(std::move(m_fd), current(), SteadyClock::now() - m_started);
}

void Connector::fail(int number) {
    Error error = systemError(number, "connect");
    if (const Hint hint = hintFor(number); hint.kind != Hint::Kind::None)
        error.hint = hint;
    fail(std::move(error));
}

void Connector::fail(Error error) {
    m_watch.stop();
    m_timer.stop();
    m_fd.reset();
    error.subject = current().text();
    m_owner.attemptFailed(current(), error);
    if (m_next < m_addresses.size())
        tryNext();
    else
        m_owner.connectFailed(std::move(error));
}

} // namespace sscope
