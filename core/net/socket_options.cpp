#include "core/net/socket_options.h"

#include <array>
#include <cerrno>
#include <chrono>

#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "core/net/error_queue.h"

namespace sscope {

namespace {

bool setOption(int fd, int level, int name, int value) {
    return ::setsockopt(fd, level, name, &value, sizeof value) == 0;
}

int socketType(Transport transport) {
    return isDatagram(transport) ? SOCK_DGRAM : SOCK_STREAM;
}

void setReceiveBuffer(int fd, int bytes) {
    // The forced form passes net.core.rmem_max, where we may (CAP_NET_ADMIN).
    if (!setOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, bytes))
        setOption(fd, SOL_SOCKET, SO_RCVBUF, bytes);
}

/// What must be set before bind, listen or connect, so that it shapes the handshake.
void applyEarlyOptions(int fd, Transport transport, const SocketOptions& options) {
    if (options.receiveBuffer)
        setReceiveBuffer(fd, *options.receiveBuffer);
    else if (isDatagram(transport))
        setReceiveBuffer(fd, datagramBuffer);
    // A Unix datagram is charged to its sender until it is read: one peer that does not read would
    // soon leave nothing for the others.
    const auto sendBuffer = transport == Transport::Unixgram && !options.sendBuffer
                                ? std::optional(datagramBuffer)
                                : options.sendBuffer;
    if (sendBuffer && !setOption(fd, SOL_SOCKET, SO_SNDBUFFORCE, *sendBuffer))
        setOption(fd, SOL_SOCKET, SO_SNDBUF, *sendBuffer);
}

Result<UniqueFd> openSocket(Transport transport, int family, const SocketOptions& options,
                            const std::string& subject) {
    UniqueFd fd(::socket(family, socketType(transport) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd.isOpen())
        return Failure(systemError(errno, "socket", subject));
    applyEarlyOptions(fd.get(), transport, options);
    return fd;
}

Error bindError(int number, Transport transport, const SocketAddress& address) {
    Error error = systemError(number, "bind", address.text());
    const int port = address.port();
    if (number == EACCES && address.family() != AF_UNIX)
        error.hint = {.kind = Hint::Kind::PrivilegedPort, .number = 8000 + port % 1000};
    else if (number == EADDRINUSE && address.family() != AF_UNIX && port == 0)
        error.hint.kind = Hint::Kind::NoFreePort;
    else if (number == EADDRINUSE && address.family() != AF_UNIX)
        error.hint = {.kind = Hint::Kind::PortTaken,
                      .text = std::string(transportName(transport)),
                      .port = port < 65535 ? port + 1 : 0};
    else if (number == EADDRNOTAVAIL)
        error.hint.kind = Hint::Kind::CheckAddress;
    else if (address.family() == AF_UNIX)
        error.hint.kind = Hint::Kind::AnotherPath;
    return error;
}

Result<UniqueFd> openBound(Transport transport, const SocketAddress& address, bool dualStack,
                           const SocketOptions& options) {
    auto fd = openSocket(transport, address.family(), options, address.text());
    if (!fd)
        return fd;
    // For datagrams SO_REUSEADDR would let two servers share a port and one of them hear nothing.
    if (options.reuseAddress && !isDatagram(transport))
        setOption(fd->get(), SOL_SOCKET, SO_REUSEADDR, 1);
    if (options.reusePort)
        setOption(fd->get(), SOL_SOCKET, SO_REUSEPORT, 1);
    if (address.family() == AF_INET6)
        setOption(fd->get(), IPPROTO_IPV6, IPV6_V6ONLY, dualStack ? 0 : 1);
    if (::bind(fd->get(), address.data(), address.length()) != 0)
        return Failure(bindError(errno, transport, address));
    return fd;
}

/// A client's own end.
Result<void> bindLocal(int fd, Transport transport, int family, const SocketOptions& options,
                       const LocalEnd& local) {
    const SocketAddress& address = local.address;
    if (options.reuseAddress && (!isDatagram(transport) || local.sharesPort))
        setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (options.reusePort)
        setOption(fd, SOL_SOCKET, SO_REUSEPORT, 1);
    // The port is then chosen by connect, which knows the peer: one port can serve for many peers.
    if (transport == Transport::Tcp && address.port() == 0)
        setOption(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    if (::bind(fd, address.data(), address.length()) == 0)
        return {};
    Error error = bindError(errno, transport, address);
    if (address.family() != AF_UNIX && address.family() != family)
        error.hint = {.kind = Hint::Kind::OtherFamily};
    return Failure(std::move(error));
}

struct GrantedOption {
    const char* name;
    int level;
    int option;
    std::optional<int> asked;
    const char* limit = nullptr; // the sysctl that sets it
    int doubled = 1;             // what the kernel gives is so many times what is asked
};

/// The limit's hint, where it is less that was granted than was asked for.
std::optional<Error> shortfallOf(int fd, const GrantedOption& option) {
    int granted = 0;
    socklen_t length = sizeof granted;
    if (!option.asked)
        return std::nullopt;
    if (::getsockopt(fd, option.level, option.option, &granted, &length) != 0)
        return systemError(errno, "getsockopt", option.name);
    granted /= option.doubled;
    if (granted == *option.asked || (option.doubled > 1 && granted > *option.asked))
        return std::nullopt; // the kernel has a least size for buffers
    Error error = faultError(Fault::OptionNotGranted, "setsockopt",
                             std::string(option.name) + ' ' + std::to_string(*option.asked),
                             std::to_string(granted));
    if (option.limit)
        error.hint = {.kind = Hint::Kind::SysctlLimit, .text = option.limit};
    return error;
}

} // namespace

Result<UniqueFd> openListener(Transport transport, const SocketAddress& address, bool dualStack,
                              int backlog, const SocketOptions& options) {
    auto fd = openBound(transport, address, dualStack, options);
    if (!fd)
        return fd;
    if (::listen(fd->get(), backlog) != 0) {
        Error error = bindError(errno, transport, address);
        error.operation = "listen";
        return Failure(std::move(error));
    }
    return fd;
}

Result<UniqueFd> openDatagramSocket(Transport transport, const SocketAddress& address,
                                    bool dualStack, const SocketOptions& options) {
    return openBound(transport, address, dualStack, options);
}

Result<UniqueFd> openClientSocket(Transport transport, int family, const SocketOptions& options,
                                  const LocalEnd& local) {
    auto fd = openSocket(transport, family, options, {});
    if (!fd)
        return fd;
    applyConnectionOptions(fd->get(), transport, options);
    if (transport == Transport::Udp)
        keepReports(fd->get(), family);
    if (local.address.length() != 0) {
        if (auto bound = bindLocal(fd->get(), transport, family, options, local); !bound)
            return Failure(std::move(bound.error()));
    } else if (transport == Transport::Unixgram) {
        // An abstract name of the kernel's choice (unix(7)), so that there can be an answer.
        const sa_family_t autobind = AF_UNIX;
        if (::bind(fd->get(), reinterpret_cast<const sockaddr*>(&autobind), sizeof autobind) != 0)
            return Failure(systemError(errno, "bind"));
    }
    return fd;
}

void applyConnectionOptions(int fd, Transport transport, const SocketOptions& options) {
    if (transport == Transport::Tcp) {
        // Where Nagle's algorithm is wanted it is the kernel's default: one call less.
        if (options.noDelay)
            setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
        if (options.keepaliveSeconds) {
            setOption(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
            setOption(fd, IPPROTO_TCP, TCP_KEEPIDLE, *options.keepaliveSeconds);
        }
    }
    if (options.lingerSeconds && !isDatagram(transport)) {
        const linger value{1, *options.lingerSeconds};
        ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &value, sizeof value);
    }
}

void setUserTimeout(int fd, Duration time) {
    setOption(
        fd, IPPROTO_TCP, TCP_USER_TIMEOUT,
        static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()));
}

void limitUnsent(int fd, int bytes) {
    setOption(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, bytes);
}

std::vector<Error> notGranted(int fd, Transport transport, const SocketOptions& options) {
    const bool isTcp = transport == Transport::Tcp;
    const std::array asked{
        GrantedOption{"SO_RCVBUF", SOL_SOCKET, SO_RCVBUF, options.receiveBuffer,
                      "net.core.rmem_max", 2},
        GrantedOption{"SO_SNDBUF", SOL_SOCKET, SO_SNDBUF, options.sendBuffer, "net.core.wmem_max",
                      2},
        GrantedOption{"TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY,
                      isTcp ? std::optional<int>(options.noDelay) : std::nullopt},
        GrantedOption{"TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE,
                      isTcp ? options.keepaliveSeconds : std::nullopt},
    };
    std::vector<Error> missing;
    for (const GrantedOption& option : asked) {
        if (auto shortfall = shortfallOf(fd, option))
            missing.push_back(std::move(*shortfall));
    }
    return missing;
}

int grantedReceiveBuffer(int fd) {
    int bytes = 0;
    socklen_t length = sizeof bytes;
    ::getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, &length);
    return bytes / 2;
}

std::uint64_t kernelDrops(int fd) {
    std::array<std::uint32_t, SK_MEMINFO_VARS> values{};
    socklen_t length = sizeof values;
    if (::getsockopt(fd, SOL_SOCKET, SO_MEMINFO, values.data(), &length) != 0)
        return 0;
    return values[SK_MEMINFO_DROPS];
}

} // namespace sscope
