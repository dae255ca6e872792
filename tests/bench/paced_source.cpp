#include "tests/bench/paced_source.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sscope::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds pause(1); // between two batches

bool sendAll(int fd, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t count = ::send(fd, bytes, size, MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

/// "0000000041 xxxx…" and a line feed.
void appendLine(std::string& out, std::uint64_t number, std::size_t size) {
    std::string line = std::to_string(number);
    line.insert(0, 10 - std::min<std::size_t>(10, line.size()), '0');
    line += ' ';
    line.resize(size - 1, 'x');
    out += line + '\n';
}

} // namespace

PacedSource::PacedSource() : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(m_listener, 1) != 0)
        std::abort();
}

PacedSource::~PacedSource() {
    ::close(m_listener);
}

std::uint16_t PacedSource::port() const {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &length);
    return ntohs(address.sin_port);
}

int PacedSource::accept() const {
    return ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
}

std::uint64_t PacedSource::run(std::uint64_t lines, double perSecond, std::size_t lineSize) {
    const int fd = accept();
    const auto start = Clock::now();
    std::uint64_t sent = 0;
    while (sent < lines) {
        const std::chrono::duration<double> elapsed = Clock::now() - start;
        const auto due =
            std::min(lines, static_cast<std::uint64_t>(elapsed.count() * perSecond) + 1);
        std::string batch;
        for (std::uint64_t number = sent; number < due; ++number)
            appendLine(batch, number, lineSize);
        if (!sendAll(fd, batch.data(), batch.size()))
            break;
        sent = std::max(sent, due);
        std::this_thread::sleep_for(pause);
    }
    ::close(fd);
    return sent;
}

void PacedSource::runLine(std::size_t bytes) {
    const int fd = accept();
    const std::string line(bytes, 'x');
    sendAll(fd, line.data(), line.size());
    ::close(fd);
}

} // namespace sscope::bench
