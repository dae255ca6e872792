#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/unique_fd.h"

namespace sscope::test {

/// Plain blocking sockets on loopback, the way a tutorial's program uses them: the other end of
/// what is tested. A call that fails or takes more than ten seconds throws std::runtime_error.
class TestSocket {
public:
    TestSocket() = default;
    explicit TestSocket(UniqueFd fd) : m_fd(std::move(fd)) {}

    static TestSocket connectTcp(std::uint16_t port, bool ipv6 = false);
    static TestSocket connectUnix(const std::string& path);
    /// With a name of its own, so that it can be answered.
    static TestSocket connectUnixDatagram(const std::string& path);
    /// Listens on a free port of 127.0.0.1.
    static TestSocket listenTcp(int backlog = 16);
    static TestSocket bindUdp();
    static TestSocket connectUdp(std::uint16_t port);

    [[nodiscard]] TestSocket accept() const;
    void send(std::string_view text) const;
    /// Passes a descriptor along with text (SCM_RIGHTS, unix(7)).
    void sendDescriptor(int passed, std::string_view text) const;
    /// Exactly so many bytes.
    [[nodiscard]] std::string receive(std::size_t count) const;
    /// One receive; empty at the end of the stream.
    [[nodiscard]] std::string receiveSome() const;
    [[nodiscard]] std::string receiveToEnd() const;
    /// Whether the peer has ended the connection by an RST.
    [[nodiscard]] bool isReset() const;
    void shutdownWrite() const;
    void reset();
    void close() { m_fd.reset(); }

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] std::uint16_t port() const; // of the local end

private:
    UniqueFd m_fd;
};

/// A connected pair of TCP sockets on loopback.
std::pair<TestSocket, TestSocket> connectedPair();

/// A path in a fresh temporary folder.
std::string temporaryPath(const std::string& name);

/// size bytes that are unlike each other.
std::string patternOf(std::size_t size);

} // namespace sscope::test
