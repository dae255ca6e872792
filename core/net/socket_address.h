#pragma once

#include <cstdint>
#include <string>

#include <sys/socket.h>

#include "core/base/result.h"

namespace sscope {

/// An address as the kernel takes it (ip(7), ipv6(7), unix(7)). A value.
class SocketAddress {
public:
    SocketAddress() = default;
    SocketAddress(const sockaddr* address, socklen_t length);

    /// A numeric IPv4 or IPv6 address (with %zone where it needs one); nothing is looked up.
    static Result<SocketAddress> fromNumeric(const std::string& host, std::uint16_t port);
    /// path as in an endpoint: @NAME is the abstract namespace.
    static Result<SocketAddress> fromUnixPath(const std::string& path);
    /// The address that getsockname(2) or getpeername(2) gives; empty where it gives none.
    static SocketAddress localOf(int fd);
    static SocketAddress peerOf(int fd);

    [[nodiscard]] const sockaddr* data() const {
        return reinterpret_cast<const sockaddr*>(&m_storage);
    }
    [[nodiscard]] sockaddr* data() { return reinterpret_cast<sockaddr*>(&m_storage); }
    [[nodiscard]] socklen_t length() const { return m_length; }
    void setLength(socklen_t length) { m_length = length; }
    static constexpr socklen_t capacity() { return sizeof(sockaddr_storage); }

    [[nodiscard]] int family() const { return m_length == 0 ? AF_UNSPEC : m_storage.ss_family; }
    [[nodiscard]] std::uint16_t port() const;
    void setPort(std::uint16_t port);
    /// Only processes of this machine can reach it: 127.0.0.0/8, ::1, a Unix socket.
    [[nodiscard]] bool isLoopback() const;
    [[nodiscard]] bool isAny() const;
    /// "127.0.0.1", "::1", "fe80::1%eth0"; an IPv4 peer of a dual-stack socket as IPv4.
    [[nodiscard]] std::string host() const;
    /// The path of a Unix socket, @NAME in the abstract namespace; empty without a name.
    [[nodiscard]] std::string unixPath() const;
    /// "127.0.0.1:80", "[::1]:80", or the path.
    [[nodiscard]] std::string text() const;

    /// Same bytes; for maps keyed by who sent a datagram.
    bool operator==(const SocketAddress& other) const;
    [[nodiscard]] std::size_t hash() const;

private:
    sockaddr_storage m_storage{};
    socklen_t m_length = 0;
};

} // namespace sscope
