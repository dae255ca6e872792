#include "tests/support/test_socket.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "core/net/socket_address.h"

namespace sscope::test {

namespace {

[[noreturn]] void fail(const char* operation) {
    throw std::runtime_error(std::string(operation) + ": " + std::strerror(errno));
}

TestSocket open(int family, int type) {
    UniqueFd fd(::socket(family, type | SOCK_CLOEXEC, 0));
    if (!fd.isOpen())
        fail("socket");
    const timeval limit{10, 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    return TestSocket(std::move(fd));
}

SocketAddress loopback(std::uint16_t port) {
    return *SocketAddress::fromNumeric("127.0.0.1", port);
}

TestSocket openConnected(const SocketAddress& address, int type) {
    TestSocket socket = open(address.family(), type);
    if (::connect(socket.fd(), address.data(), address.length()) != 0)
        fail("connect");
    return socket;
}

TestSocket openBound(int type) {
    TestSocket socket = open(AF_INET, type);
    const SocketAddress address = loopback(0);
    if (::bind(socket.fd(), address.data(), address.length()) != 0)
        fail("bind");
    return socket;
}

/// Again where the end of a child has interrupted the call (SIGCHLD).
ssize_t receiveOnce(int fd, char* room, std::size_t size) {
    for (;;) {
        const ssize_t got = ::recv(fd, room, size, 0);
        if (got >= 0 || errno != EINTR)
            return got;
    }
}

} // namespace

TestSocket TestSocket::connectTcp(std::uint16_t port, bool ipv6) {
    return openConnected(ipv6 ? *SocketAddress::fromNumeric("::1", port) : loopback(port),
                         SOCK_STREAM);
}

TestSocket TestSocket::connectUnixDatagram(const std::string& path) {
    TestSocket socket = open(AF_UNIX, SOCK_DGRAM);
    const sa_family_t autobind = AF_UNIX;
    if (::bind(socket.fd(), reinterpret_cast<const sockaddr*>(&autobind), sizeof autobind) != 0)
        fail("bind");
    const SocketAddress address = *SocketAddress::fromUnixPath(path);
    if (::connect(socket.fd(), address.data(), address.length()) != 0)
        fail("connect");
    return socket;
}

void TestSocket::sendDescriptor(int passed, std::string_view text) const {
    alignas(cmsghdr) std::byte control[CMSG_SPACE(sizeof passed)]{};
    iovec piece{const_cast<char*>(text.data()), text.size()};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof passed);
    std::memcpy(CMSG_DATA(header), &passed, sizeof passed);
    if (::sendmsg(m_fd.get(), &message, MSG_NOSIGNAL) < 0)
        fail("sendmsg");
}

TestSocket TestSocket::connectUnix(const std::string& path) {
    return openConnected(*SocketAddress::fromUnixPath(path), SOCK_STREAM);
}

TestSocket TestSocket::listenTcp(int backlog) {
    TestSocket socket = openBound(SOCK_STREAM);
    if (::listen(socket.fd(), backlog) != 0)
        fail("listen");
    return socket;
}

TestSocket TestSocket::bindUdp() {
    return openBound(SOCK_DGRAM);
}

TestSocket TestSocket::connectUdp(std::uint16_t port) {
    return openConnected(loopback(port), SOCK_DGRAM);
}

TestSocket TestSocket::accept() const {
    UniqueFd fd(::accept4(m_fd.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!fd.isOpen())
        fail("accept");
    const timeval limit{10, 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return TestSocket(std::move(fd));
}

void TestSocket::send(std::string_view text) const {
    do {
        const ssize_t count = ::send(m_fd.get(), text.data(), text.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            fail("send");
        text.remove_prefix(static_cast<std::size_t>(count));
    } while (!text.empty());
}

std::string TestSocket::receive(std::size_t count) const {
    std::string all(count, '\0');
    std::size_t done = 0;
    while (done < count) {
        const ssize_t got = receiveOnce(m_fd.get(), all.data() + done, count - done);
        if (got < 0)
            fail("recv");
        if (got == 0)
            throw std::runtime_error("recv: the stream ended");
        done += static_cast<std::size_t>(got);
    }
    return all;
}

std::string TestSocket::receiveSome() const {
    std::string piece(1 << 17, '\0');
    const ssize_t got = receiveOnce(m_fd.get(), piece.data(), piece.size());
    if (got < 0)
        fail("recv");
    piece.resize(static_cast<std::size_t>(got));
    return piece;
}

std::string TestSocket::receiveToEnd() const {
    std::string all;
    for (;;) {
        const std::string piece = receiveSome();
        if (piece.empty())
            return all;
        all += piece;
    }
}

bool TestSocket::isReset() const {
    char byte = 0;
    return ::recv(m_fd.get(), &byte, 1, 0) < 0 && errno == ECONNRESET;
}

void TestSocket::shutdownWrite() const {
    ::shutdown(m_fd.get(), SHUT_WR);
}

void TestSocket::reset() {
    const linger atOnce{1, 0};
    ::setsockopt(m_fd.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    m_fd.reset();
}

std::uint16_t TestSocket::port() const {
    return SocketAddress::localOf(m_fd.get()).port();
}

std::pair<TestSocket, TestSocket> connectedPair() {
    const TestSocket listener = TestSocket::listenTcp();
    TestSocket client = TestSocket::connectTcp(listener.port());
    return {std::move(client), listener.accept()};
}

std::string temporaryPath(const std::string& name) {
    std::string folder = "/tmp/sscope-test-XXXXXX";
    if (!::mkdtemp(folder.data()))
        fail("mkdtemp");
    return folder + '/' + name;
}

std::string patternOf(std::size_t size) {
    std::string text(size, '\0');
    std::uint32_t state = 12345;
    for (char& c : text) {
        state = state * 1664525 + 1013904223;
        c = static_cast<char>(state >> 24);
    }
    return text;
}

} // namespace sscope::test
