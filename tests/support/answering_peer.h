#pragma once

#include <atomic>
#include <cerrno>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/socket.h>

#include "core/net/socket_address.h"
#include "tests/support/test_socket.h"

namespace sscope::test {

/// A server on loopback with a blocking thread for each connection, whose part a test plays: it
/// gets whole requests and returns what to answer. Ends, connections first, when it goes.
class AnsweringPeer {
public:
    struct Answer {
        std::string bytes{};
        bool closes = false;
        bool resets = false;
    };
    /// number counts the requests of all connections from 0; called by their threads.
    using Play = std::function<Answer(std::string_view request, std::uint64_t number)>;

    AnsweringPeer(std::size_t requestSize, Play play)
        : m_requestSize(requestSize),
          m_play(std::move(play)),
          m_listener(TestSocket::listenTcp(128)) {
        m_acceptor = std::thread([this] { acceptAll(); });
    }
    AnsweringPeer(const AnsweringPeer&) = delete;
    AnsweringPeer& operator=(const AnsweringPeer&) = delete;
    ~AnsweringPeer() { end(); }

    void end() {
        if (m_isOver.exchange(true))
            return;
        ::shutdown(m_listener.fd(), SHUT_RDWR);
        m_acceptor.join();
        {
            const std::lock_guard lock(m_mutex);
            for (const int fd : m_open)
                ::shutdown(fd, SHUT_RDWR);
        }
        for (std::thread& thread : m_threads)
            thread.join();
        m_listener.close();
    }
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] std::uint64_t requests() const { return m_requests; }
    [[nodiscard]] std::uint64_t connections() const { return m_connections; }

private:
    void acceptAll() {
        while (!m_isOver) {
            const int fd = ::accept4(m_listener.fd(), nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0)
                continue; // shut down, or interrupted
            ++m_connections;
            {
                const std::lock_guard lock(m_mutex);
                m_open.push_back(fd);
            }
            m_threads.emplace_back([this, fd] { serve(fd); });
        }
    }

    void serve(int fd) {
        TestSocket socket{UniqueFd(fd)};
        std::string request(m_requestSize, '\0');
        Answer answer;
        while (!answer.closes && !answer.resets &&
               ::recv(fd, request.data(), request.size(), MSG_WAITALL) ==
                   static_cast<ssize_t>(request.size())) {
            answer = m_play(request, m_requests++);
            ::send(fd, answer.bytes.data(), answer.bytes.size(), MSG_NOSIGNAL);
        }
        const std::lock_guard lock(m_mutex);
        std::erase(m_open, fd);
        if (answer.resets)
            socket.reset();
        socket.close();
    }

    const std::size_t m_requestSize;
    const Play m_play;
    TestSocket m_listener;
    const std::uint16_t m_port = m_listener.port();
    std::atomic<std::uint64_t> m_requests = 0;
    std::atomic<std::uint64_t> m_connections = 0;
    std::atomic<bool> m_isOver = false;
    std::mutex m_mutex;
    std::vector<int> m_open; // under m_mutex
    std::vector<std::thread> m_threads;
    std::thread m_acceptor;
};

/// The same over UDP, in one thread: each datagram gets the answers that the test returns.
class AnsweringDatagramPeer {
public:
    using Play =
        std::function<std::vector<std::string>(std::string_view request, std::uint64_t number)>;

    explicit AnsweringDatagramPeer(Play play)
        : m_play(std::move(play)), m_socket(TestSocket::bindUdp()) {
        m_thread = std::thread([this] { serve(); });
    }
    AnsweringDatagramPeer(const AnsweringDatagramPeer&) = delete;
    AnsweringDatagramPeer& operator=(const AnsweringDatagramPeer&) = delete;
    ~AnsweringDatagramPeer() {
        m_isOver = true;
        m_thread.join();
    }
    [[nodiscard]] std::uint16_t port() const { return m_socket.port(); }
    [[nodiscard]] std::uint64_t requests() const { return m_requests; }

private:
    void serve() {
        std::vector<char> room(65536);
        while (!m_isOver) {
            pollfd waiting{m_socket.fd(), POLLIN, 0};
            if (::poll(&waiting, 1, 20) <= 0)
                continue;
            sockaddr_storage from{};
            socklen_t length = sizeof from;
            auto* const address = reinterpret_cast<sockaddr*>(&from);
            const ssize_t size =
                ::recvfrom(m_socket.fd(), room.data(), room.size(), 0, address, &length);
            if (size < 0)
                continue;
            const std::string_view request(room.data(), static_cast<std::size_t>(size));
            for (const std::string& answer : m_play(request, m_requests++))
                ::sendto(m_socket.fd(), answer.data(), answer.size(), 0, address, length);
        }
    }

    const Play m_play;
    TestSocket m_socket;
    std::atomic<std::uint64_t> m_requests = 0;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

} // namespace sscope::test
