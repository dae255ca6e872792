#include "core/net/connector.h"

#include <cerrno>
#include <utility>

#include <netinet/in.h>
#include <sys/stat.h>

#include <fmt/format.h>

namespace sscope {

namespace {

/// Why nobody answers at a path; what is there may have been replaced meanwhile.
Hint hintForPath(const std::string& path) {
    struct stat status {};
    if (path.starts_with('@') || ::stat(path.c_str(), &status) != 0)
        return {.kind = Hint::Kind::NothingListens};
    return {.kind = S_ISSOCK(status.st_mode) ? Hint::Kind::StaleSocket : Hint::Kind::NotASocket};
}

Hint hintForUnix(int number, const Endpoint& peer) {
    switch (number) {
    case ECONNREFUSED:
        return hintForPath(peer.path);
    case ENOENT:
    case ENOTDIR:
        return {.kind = Hint::Kind::AnotherPath};
    case EACCES:
    case EPERM:
        return {.kind = Hint::Kind::Permission};
    case EPROTOTYPE: {
        Endpoint other = peer;
        other.transport = peer.transport == Transport::Unix ? Transport::Unixgram : Transport::Unix;
        return {.kind = Hint::Kind::OtherType, .text = other.text()};
    }
    case EAGAIN: // the server's backlog is full
        return {.kind = Hint::Kind::Resources};
    default:
        return {};
    }
}

Hint hintFor(int number, const Endpoint& peer, const SocketAddress& local) {
    if (isUnix(peer.transport))
        return hintForUnix(number, peer);
    const int port = local.port();
    switch (number) {
    case ECONNREFUSED:
        return {.kind = Hint::Kind::NothingListens};
    case ETIMEDOUT:
        return {.kind = Hint::Kind::CheckFirewall};
    case ENETUNREACH:
    case EHOSTUNREACH:
        return {.kind = Hint::Kind::CheckRoute};
    case EINVAL: // from a loopback address there is no way to another machine
        return {.kind = local.length() != 0 ? Hint::Kind::CheckRoute : Hint::Kind::None};
    case EACCES:
        return {.kind = peer.transport == Transport::Udp ? Hint::Kind::TryBroadcast
                                                         : Hint::Kind::Permission};
    case EPERM:
        return {.kind = Hint::Kind::LocalFirewall};
    case EADDRNOTAVAIL: // no local port is left, or the one that was asked for is in TIME_WAIT
    case EADDRINUSE:
        if (port == 0)
            return {.kind = Hint::Kind::NoFreePort};
        return {.kind = Hint::Kind::PortTaken,
                .text = std::string(transportName(peer.transport)),
                .port = port < 65535 ? port + 1 : 0};
    default:
        return {};
    }
}

/// Every address of that family, with the given port.
SocketAddress anyAddress(int family, std::uint16_t port) {
    sockaddr_storage raw{};
    raw.ss_family = static_cast<sa_family_t>(family);
    SocketAddress any(reinterpret_cast<const sockaddr*>(&raw),
                      family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in));
    any.setPort(port);
    return any;
}

} // namespace

Connector::Connector(Reactor& reactor, Settings settings, Owner& owner)
    : m_reactor(reactor),
      m_settings(std::move(settings)),
      m_owner(owner),
      m_timer(reactor.timers(), [this] { timedOut(); }) {}

void Connector::start() {
    const auto& local = m_settings.local;
    if (local && (isUnix(local->transport) || local->host != "*"))
        lookUp(*local, ResolveFor::Listen, &Connector::localResolved);
    else
        lookUp(m_settings.endpoint, ResolveFor::Connect, &Connector::peerResolved);
}

void Connector::lookUp(const Endpoint& endpoint, ResolveFor purpose,
                       void (Connector::*then)(Addresses)) {
    m_lookedUp = &endpoint;
    m_timer.start(SteadyClock::now() + m_settings.lookupTimeout);
    m_lookup = Lookup::start(m_reactor, endpoint, purpose, [this, then](auto addresses) {
        m_timer.stop();
        m_lookedUp = nullptr;
        if (addresses)
            (this->*then)(std::move(*addresses));
        else
            m_owner.connectFailed(std::move(addresses.error()));
    });
}

void Connector::localResolved(Addresses addresses) {
    m_locals = std::move(addresses);
    lookUp(m_settings.endpoint, ResolveFor::Connect, &Connector::peerResolved);
}

void Connector::peerResolved(Addresses addresses) {
    m_addresses = std::move(addresses);
    if (needsLookup(m_settings.endpoint)) {
        for (const AddressInfo& info : m_addresses)
            m_owner.addressResolved(info);
    }
    tryNext();
}

/// Of a look-up, whose thread is left to itself, or of an attempt.
void Connector::timedOut() {
    if (!m_lookedUp) {
        fail(ETIMEDOUT);
        return;
    }
    m_lookup.abandon();
    const auto seconds = std::chrono::duration<double>(m_settings.lookupTimeout).count();
    Error error =
        faultError(Fault::LookupTooSlow, "resolve", m_lookedUp->host, fmt::format("{:g}", seconds));
    m_lookedUp = nullptr;
    error.hint.kind = Hint::Kind::CheckResolver;
    m_owner.connectFailed(std::move(error));
}

void Connector::tryNext() {
    attempt(m_addresses[m_next++].address);
}

/// What our own end is bound to for that peer; empty where that is the kernel's choice.
SocketAddress Connector::localFor(const SocketAddress& peer) const {
    const bool isForMany =
        m_settings.endpoint.transport == Transport::Udp && reachesMany(peer, m_settings.datagrams);
    if (m_locals.empty()) {
        const std::uint16_t port = m_settings.local ? m_settings.local->port : 0;
        // What is not connected has no address of its own until it is bound, or sends.
        return port != 0 || isForMany ? anyAddress(peer.family(), port) : SocketAddress();
    }
    for (const AddressInfo& info : m_locals) {
        if (info.address.family() == peer.family())
            return info.address;
    }
    return m_locals.front().address; // the kernel says why that does not go together
}

Result<UniqueFd> Connector::openSocket(const SocketAddress& address) {
    const Transport transport = m_settings.endpoint.transport;
    const SocketAddress local = localFor(address);
    if (isUnix(transport) && local.length() != 0) {
        if (auto cleared = clearStaleUnixPath(local.unixPath()); !cleared)
            return Failure(std::move(cleared.error()));
    }
    const LocalEnd end{local, !m_settings.datagrams.join.empty()};
    auto fd = openClientSocket(transport, address.family(), m_settings.options, end);
    if (!fd)
        return fd;
    if (isUnix(transport))
        m_localPath = UnixPathGuard(local.unixPath());
    if (transport == Transport::Udp) {
        auto applied = applyDatagramOptions(fd->get(), address.family(), m_settings.datagrams);
        if (!applied)
            return Failure(std::move(applied.error()));
    }
    return fd;
}

void Connector::attempt(const SocketAddress& address) {
    m_started = SteadyClock::now();
    m_owner.attemptStarted(address);
    auto fd = openSocket(address);
    if (!fd) {
        fail(std::move(fd.error()));
        return;
    }
    m_fd = std::move(*fd);
    const bool isForMany = m_settings.endpoint.transport == Transport::Udp &&
                           reachesMany(address, m_settings.datagrams);
    if (isForMany || ::connect(m_fd.get(), address.data(), address.length()) == 0) {
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
    const SocketAddress local = localFor(current());
    Error error = systemError(number, "connect");
    if (const Hint hint = hintFor(number, m_settings.endpoint, local);
        hint.kind != Hint::Kind::None)
        error.hint = hint;
    const bool isOurEnd = (number == EADDRNOTAVAIL || number == EADDRINUSE || number == EINVAL) &&
                          local.length() != 0 && !isUnix(m_settings.endpoint.transport);
    error.subject = isOurEnd ? local.text() + " to " + current().text() : current().text();
    fail(std::move(error));
}

void Connector::fail(Error error) {
    m_watch.stop();
    m_timer.stop();
    m_fd.reset();
    m_localPath = {};
    if (error.subject.empty())
        error.subject = current().text();
    m_owner.attemptFailed(current(), error);
    if (m_next < m_addresses.size())
        tryNext();
    else
        m_owner.connectFailed(std::move(error));
}

} // namespace sscope
