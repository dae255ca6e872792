#pragma once

#include <cstdint>
#include <optional>

#include "core/base/error.h"
#include "core/net/socket_address.h"

namespace sscope {

/// What the kernel keeps of an ICMP message about a datagram that a socket has sent (IP_RECVERR,
/// ip(7)).
struct QueuedReport {
    int number = 0; // the errno that it stands for
    HostReport report{};
    SocketAddress destination{}; // of the datagram
    std::uint32_t mtu = 0;       // of the hop that could not pass it on, with EMSGSIZE; else 0
    bool isProhibited = false;   // by an administrator's rule
};

/// Asks the kernel to keep them for a UDP socket of that family, also while it is not connected.
/// From then on the poller tells of them (POLLERR).
void keepReports(int socket, int family);
/// The oldest that is kept, which is then kept no more. What the kernel has found out itself, and
/// told by the call that failed, is left out.
std::optional<QueuedReport> takeReport(int socket);

/// "port unreachable (type 3, code 3)", from RFC 792 and RFC 1812, or of RFC 4443.
std::string icmpName(bool isIpv6, int type, int code);

} // namespace sscope
