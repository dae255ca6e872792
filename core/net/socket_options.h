#pragma once

#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "core/net/endpoint.h"

namespace sscope {

/// Options of socket(7), tcp(7) and ipv6(7) that a person can set; none means the kernel's own.
struct SocketOptions {
    bool reuseAddress = true;
    bool reusePort = false;
    bool noDelay = true;
    std::optional<int> keepaliveSeconds{}; // idle time before the first probe
    std::optional<int> receiveBuffer{};    // bytes; the kernel doubles it for its own overhead
    std::optional<int> sendBuffer{};
    std::optional<int> lingerSeconds{}; // 0 resets on close

    bool operator==(const SocketOptions&) const = default;
};

/// What a datagram socket asks for where nothing else is said: bursts wait there for the loop.
constexpr int datagramBuffer = 4 << 20;

/// A socket that listens at address, non-blocking. dualStack lets an IPv6 socket take IPv4 too.
Result<UniqueFd> openListener(Transport transport, const SocketAddress& address, bool dualStack,
                              int backlog, const SocketOptions& options);
/// A bound datagram socket, non-blocking.
Result<UniqueFd> openDatagramSocket(Transport transport, const SocketAddress& address,
                                    bool dualStack, const SocketOptions& options);
/// What a client's socket is bound to.
struct LocalEnd {
    SocketAddress address{}; // empty: the kernel's choice
    /// Of datagrams: others that say so too may have the port, as who joins a group lets them.
    bool sharesPort = false;
};

/// A socket that is about to connect, non-blocking. A Unix datagram socket without a local end is
/// bound to a name of its own (autobind, unix(7)), so that it can be answered. Of a UDP socket the
/// kernel keeps what hosts report (error_queue.h).
Result<UniqueFd> openClientSocket(Transport transport, int family, const SocketOptions& options,
                                  const LocalEnd& local = {});

/// For an accepted connection: what listen(2) does not pass on.
void applyConnectionOptions(int fd, Transport transport, const SocketOptions& options);

/// A TCP connection ends with ETIMEDOUT where its peer acknowledges nothing of what was sent, or
/// keeps its window closed while something waits, for so long (TCP_USER_TIMEOUT, tcp(7)).
void setUserTimeout(int fd, Duration time);
/// Of what a TCP connection is given, so many bytes at most are still unsent when send(2) takes no
/// more, whatever room its buffer has: that grows to megabytes (net.ipv4.tcp_wmem). poll(2) says
/// that it is writable from half of that on (TCP_NOTSENT_LOWAT, ip-sysctl.rst of the kernel).
void limitUnsent(int fd, int bytes);

/// Each option that was asked for and that the kernel has not set as it was, or not at all: mostly
/// buffers beyond the limits of the system.
std::vector<Error> notGranted(int fd, Transport transport, const SocketOptions& options);

/// The receive buffer that the kernel granted, as it was asked for (half of what it accounts).
int grantedReceiveBuffer(int fd);
/// Datagrams that the kernel dropped on this socket, mostly for want of buffer (SO_MEMINFO).
std::uint64_t kernelDrops(int fd);

} // namespace sscope
