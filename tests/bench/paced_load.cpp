#include "tests/bench/paced_load.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/loopback.h"

namespace sscope::bench {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

PacedLoad::PacedLoad(Transport transport, std::uint16_t port, std::size_t sockets,
                     std::size_t messageSize)
    : m_transport(transport), m_message(messageSize, 'x'), m_buffer(65536) {
    const int type = transport == Transport::Tcp ? SOCK_STREAM : SOCK_DGRAM;
    for (std::size_t i = 0; i < sockets; ++i) {
        m_sockets.push_back(connectLoopback(type, port));
        // Echoes wait here while the load sends; none may be lost on this side.
        const int size = 32 << 20;
        ::setsockopt(m_sockets.back(), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    }
}

PacedLoad::~PacedLoad() {
    for (const int fd : m_sockets)
        ::close(fd);
}

void PacedLoad::receiveAll(Result& result) {
    for (const int fd : m_sockets) {
        for (;;) {
            const ssize_t got = ::recv(fd, m_buffer.data(), m_buffer.size(), MSG_DONTWAIT);
            if (got <= 0)
                break;
            m_receivedBytes += static_cast<std::uint64_t>(got);
            if (m_transport == Transport::Udp)
                ++result.received;
        }
    }
    if (m_transport == Transport::Tcp)
        result.received = m_receivedBytes / m_message.size();
}

PacedLoad::Result PacedLoad::run(std::uint64_t messages, double perSecond) {
    Result result;
    m_receivedBytes = 0;
    const auto start = Clock::now();
    while (result.sent < messages) {
        const double elapsed = std::chrono::duration<double>(Clock::now() - start).count();
        const auto due = std::min(messages, static_cast<std::uint64_t>(elapsed * perSecond) + 1);
        while (result.sent < due) {
            const int fd = m_sockets[result.sent % m_sockets.size()];
            if (::send(fd, m_message.data(), m_message.size(), MSG_NOSIGNAL) < 0)
                std::abort();
            ++result.sent;
        }
        receiveAll(result);
        std::this_thread::sleep_for(500us);
    }
    const auto deadline = Clock::now() + 2s;
    while (result.received < result.sent && Clock::now() < deadline) {
        receiveAll(result);
        std::this_thread::sleep_for(1ms);
    }
    return result;
}

} // namespace sscope::bench
