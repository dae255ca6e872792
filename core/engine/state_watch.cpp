#include "core/engine/state_watch.h"

#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace sscope {

namespace {

constexpr Duration interval = std::chrono::milliseconds(250);

/// tcp(7); empty for a socket that is none.
std::optional<SocketState> stateOf(int fd) {
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return std::nullopt;
    return tcpState(info.tcpi_state);
}

IpAddress ipOf(const SocketAddress& address) {
    IpAddress ip{.isIpv6 = address.family() == AF_INET6};
    if (ip.isIpv6)
        std::memcpy(ip.bytes.data(),
                    &reinterpret_cast<const sockaddr_in6*>(address.data())->sin6_addr, 16);
    else
        std::memcpy(ip.bytes.data(),
                    &reinterpret_cast<const sockaddr_in*>(address.data())->sin_addr, 4);
    return ip;
}

} // namespace

StateWatch::StateWatch(Reactor& reactor, std::function<int(ConnectionId)> fdOf)
    : m_reactor(reactor), m_fdOf(std::move(fdOf)), m_timer(reactor.timers(), [this] { look(); }) {}

void StateWatch::add(ConnectionId id, std::shared_ptr<WatchedState> state) {
    m_watched.push_back({id, std::move(state), {}, {}});
    look(m_watched.back());
    if (!m_timer.isActive())
        m_timer.start(SteadyClock::now() + interval);
}

void StateWatch::look() {
    for (Watched& watched : m_watched)
        look(watched);
    std::erase_if(m_watched, [](const Watched& watched) {
        return watched.isOver || watched.state.use_count() == 1;
    });
    if (!m_watched.empty())
        m_timer.start(m_reactor.turnTime() + interval);
}

void StateWatch::look(Watched& watched) {
    if (const int fd = m_fdOf(watched.id); fd >= 0) {
        watched.state->store(stateOf(fd));
        if (const SocketAddress peer = SocketAddress::peerOf(fd); peer.length() > 0) {
            watched.remote = peer;
            watched.local = SocketAddress::localOf(fd);
        }
        return;
    }
    if (watched.remote.length() == 0) { // between two attempts, or there was none
        watched.state->store(std::nullopt);
        return;
    }
    const auto state = m_source.stateOf(
        {ipOf(watched.local), watched.local.port(), ipOf(watched.remote), watched.remote.port()});
    watched.state->store(state);
    watched.isOver = !state;
}

} // namespace sscope
