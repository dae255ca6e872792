#include "tests/bench/echo_load.h"

#include <array>
#include <cstdlib>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/loopback.h"

namespace sscope::bench {

EchoLoad::EchoLoad(std::uint16_t port, std::size_t connections, std::size_t messageSize)
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC)), m_message(messageSize, 'x') {
    for (std::size_t i = 0; i < connections; ++i) {
        m_peers.push_back({connectLoopback(SOCK_STREAM, port), 0});
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_peers.back().fd, &event);
    }
}

EchoLoad::~EchoLoad() {
    for (const Peer& peer : m_peers)
        ::close(peer.fd);
    ::close(m_epoll);
}

void EchoLoad::sendOne(Peer& peer) {
    peer.missing = m_message.size();
    if (::send(peer.fd, m_message.data(), m_message.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(m_message.size()))
        std::abort();
}

void EchoLoad::run(std::uint64_t echoes) {
    std::uint64_t started = 0;
    std::uint64_t done = 0;
    for (Peer& peer : m_peers) {
        if (started++ < echoes)
            sendOne(peer);
    }
    std::vector<char> buffer(65536);
    std::array<epoll_event, 256> events;
    while (done < echoes) {
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            Peer& peer = m_peers[events[static_cast<std::size_t>(i)].data.u64];
            const ssize_t got = ::recv(peer.fd, buffer.data(), buffer.size(), 0);
            if (got <= 0)
                std::abort();
            peer.missing -= static_cast<std::size_t>(got);
            if (peer.missing > 0)
                continue;
            ++done;
            if (started < echoes) {
                ++started;
                sendOne(peer);
            }
        }
    }
}

} // namespace sscope::bench
