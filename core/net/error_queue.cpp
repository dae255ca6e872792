#include "core/net/error_queue.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

// The C library's netinet/in.h first: the kernel's headers then leave its types alone.
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace sscope {

namespace {

struct IcmpName {
    int type;
    int code; // anyCode: of every code
    const char* name;
    bool isProhibited = false;
};

constexpr int anyCode = -1;

constexpr std::array names4{
    IcmpName{3, 0, "net unreachable"},
    IcmpName{3, 1, "host unreachable"},
    IcmpName{3, 2, "protocol unreachable"},
    IcmpName{3, 3, "port unreachable"},
    IcmpName{3, 4, "fragmentation needed"},
    IcmpName{3, 5, "source route failed"},
    IcmpName{3, 6, "net unknown"},
    IcmpName{3, 7, "host unknown"},
    IcmpName{3, 9, "net prohibited", true},
    IcmpName{3, 10, "host prohibited", true},
    IcmpName{3, 11, "net unreachable for the type of service"},
    IcmpName{3, 12, "host unreachable for the type of service"},
    IcmpName{3, 13, "communication prohibited", true},
    IcmpName{3, anyCode, "destination unreachable"},
    IcmpName{4, anyCode, "source quench"},
    IcmpName{11, 0, "TTL exceeded on the way"},
    IcmpName{11, 1, "fragments did not all arrive"},
    IcmpName{12, anyCode, "parameter problem"},
};

constexpr std::array names6{
    IcmpName{1, 0, "no route"},
    IcmpName{1, 1, "communication prohibited", true},
    IcmpName{1, 2, "beyond the scope of the source address"},
    IcmpName{1, 3, "address unreachable"},
    IcmpName{1, 4, "port unreachable"},
    IcmpName{1, 5, "source address refused by policy", true},
    IcmpName{1, 6, "route rejected", true},
    IcmpName{1, anyCode, "destination unreachable"},
    IcmpName{2, anyCode, "packet too big"},
    IcmpName{3, 0, "hop limit exceeded on the way"},
    IcmpName{3, 1, "fragments did not all arrive"},
    IcmpName{4, anyCode, "parameter problem"},
};

template <typename Names>
const IcmpName* find(const Names& names, int type, int code) {
    const auto it = std::ranges::find_if(names, [&](const IcmpName& entry) {
        return entry.type == type && (entry.code == code || entry.code == anyCode);
    });
    return it == names.end() ? nullptr : &*it;
}

const IcmpName* find(bool isIpv6, int type, int code) {
    return isIpv6 ? find(names6, type, code) : find(names4, type, code);
}

/// The error within a message of the queue; null where it holds none.
const sock_extended_err* errorIn(msghdr& message) {
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
        const bool is4 = part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_RECVERR;
        const bool is6 = part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_RECVERR;
        if (is4 || is6)
            return reinterpret_cast<const sock_extended_err*>(CMSG_DATA(part));
    }
    return nullptr;
}

std::string hostOf(const sockaddr* offender) {
    const socklen_t length =
        offender->sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    return SocketAddress(offender, length).host();
}

QueuedReport reportOf(const sock_extended_err& error, const SocketAddress& destination) {
    const bool isIpv6 = error.ee_origin == SO_EE_ORIGIN_ICMP6;
    const IcmpName* name = find(isIpv6, error.ee_type, error.ee_code);
    const int number = static_cast<int>(error.ee_errno);
    return {.number = number,
            .report = {.message = (isIpv6 ? "ICMPv6 " : "ICMP ") +
                                  icmpName(isIpv6, error.ee_type, error.ee_code),
                       .host = hostOf(SO_EE_OFFENDER(&error))},
            .destination = destination,
            .mtu = number == EMSGSIZE ? error.ee_info : 0,
            .isProhibited = name && name->isProhibited};
}

} // namespace

std::string icmpName(bool isIpv6, int type, int code) {
    const IcmpName* name = find(isIpv6, type, code);
    const std::string numbers = "type " + std::to_string(type) + ", code " + std::to_string(code);
    return name ? std::string(name->name) + " (" + numbers + ')' : numbers;
}

void keepReports(int socket, int family) {
    constexpr int on = 1;
    // An IPv6 socket may have peers by IPv4 too.
    ::setsockopt(socket, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
    if (family == AF_INET6)
        ::setsockopt(socket, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
}

std::optional<QueuedReport> takeReport(int socket) {
    for (;;) {
        SocketAddress destination;
        alignas(cmsghdr) std::array<std::byte, 512> control;
        msghdr message{};
        message.msg_name = destination.data();
        message.msg_namelen = SocketAddress::capacity();
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const ssize_t count = ::recvmsg(socket, &message, MSG_ERRQUEUE | MSG_DONTWAIT);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return std::nullopt;
        destination.setLength(message.msg_namelen);
        const sock_extended_err* error = errorIn(message);
        if (error &&
            (error->ee_origin == SO_EE_ORIGIN_ICMP || error->ee_origin == SO_EE_ORIGIN_ICMP6))
            return reportOf(*error, destination);
    }
}

} // namespace sscope
