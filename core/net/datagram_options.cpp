#include "core/net/datagram_options.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace sscope {

namespace {

std::string interfaceNames() {
    std::string names;
    struct if_nameindex* list = ::if_nameindex();
    for (const auto* entry = list; entry && entry->if_index != 0; ++entry)
        names += (names.empty() ? "" : ", ") + std::string(entry->if_name);
    if (list)
        ::if_freenameindex(list);
    return names;
}

Error optionError(int number, const char* option, const std::string& subject) {
    Error error = systemError(number, "setsockopt", std::string(option) + ' ' + subject);
    if (number == ENODEV || number == EADDRNOTAVAIL)
        error.hint = {.kind = Hint::Kind::NameInterface, .text = interfaceNames()};
    else if (number == ENOPROTOOPT || number == EAFNOSUPPORT)
        error.hint.kind = Hint::Kind::OtherFamily;
    else if (number == ENOBUFS)
        error.hint = {.kind = Hint::Kind::SysctlLimit, .text = "net.ipv4.igmp_max_memberships"};
    return error;
}

/// The interface's number; 0 where none is named.
Result<unsigned> interfaceIndex(const std::string& name) {
    if (name.empty())
        return 0;
    const unsigned index = ::if_nametoindex(name.c_str());
    if (index == 0)
        return Failure(optionError(ENODEV, "the interface", name));
    return index;
}

/// Sets options one after another, up to the first that fails.
class OptionSetter {
public:
    OptionSetter(int socket, int family) : m_socket(socket), m_family(family) {}

    template <typename Value>
    void set(int level, int name, const Value& value, const char* shown,
             const std::string& subject) {
        if (m_result && ::setsockopt(m_socket, level, name, &value, sizeof value) != 0)
            m_result = Failure(optionError(errno, shown, subject));
    }
    /// One option that IPv4 and IPv6 have each its own of.
    template <typename Value4>
    void setEither(int name4, const Value4& value4, int name6, int value6, const char* shown,
                   const std::string& subject) {
        if (m_family == AF_INET6)
            set(IPPROTO_IPV6, name6, value6, shown, subject);
        else
            set(IPPROTO_IP, name4, value4, shown, subject);
    }
    Result<void> take() { return std::move(m_result); }

private:
    int m_socket;
    int m_family;
    Result<void> m_result;
};

group_req requestFor(const SocketAddress& group, unsigned interface) {
    group_req request{};
    request.gr_interface = interface;
    std::memcpy(&request.gr_group, group.data(), group.length());
    return request;
}

} // namespace

bool isMulticast(const SocketAddress& address) {
    if (address.family() == AF_INET)
        return IN_MULTICAST(
            ntohl(reinterpret_cast<const sockaddr_in*>(address.data())->sin_addr.s_addr));
    if (address.family() != AF_INET6)
        return false;
    const in6_addr& host = reinterpret_cast<const sockaddr_in6*>(address.data())->sin6_addr;
    return IN6_IS_ADDR_MULTICAST(&host) ||
           (IN6_IS_ADDR_V4MAPPED(&host) && (host.s6_addr[12] & 0xF0) == 0xE0);
}

bool reachesMany(const SocketAddress& address, const DatagramOptions& options) {
    const bool isInternet = address.family() == AF_INET || address.family() == AF_INET6;
    return isInternet && (options.broadcast || !options.join.empty() || isMulticast(address));
}

bool reachesMany(const Endpoint& endpoint, const DatagramOptions& options) {
    if (endpoint.transport != Transport::Udp)
        return false;
    const auto address = SocketAddress::fromNumeric(endpoint.host, endpoint.port);
    return options.broadcast || !options.join.empty() || (address && isMulticast(*address));
}

Result<void> validate(const DatagramOptions& options, Transport transport) {
    if (transport != Transport::Udp && options != DatagramOptions())
        return Failure(faultError(Fault::NeedsDatagrams, "endpoint",
                                  std::string(transportName(transport)), "broadcast or multicast"));
    for (const std::string& group : options.join) {
        const auto address = SocketAddress::fromNumeric(group, 0);
        if (!address || !isMulticast(*address)) {
            Error error = faultError(Fault::NotMulticast, "join", group, group);
            error.hint = {.kind = Hint::Kind::Example, .text = "239.1.2.3 or ff02::1"};
            return Failure(std::move(error));
        }
    }
    if (options.multicastTtl && (*options.multicastTtl < 0 || *options.multicastTtl > 255))
        return Failure(faultError(Fault::BadValue, "multicast TTL", {},
                                  std::to_string(*options.multicastTtl)));
    return {};
}

Result<void> applyDatagramOptions(int socket, int family, const DatagramOptions& options) {
    const auto interface = interfaceIndex(options.multicastInterface);
    if (!interface)
        return Failure(interface.error());
    OptionSetter setter(socket, family);
    if (options.broadcast)
        setter.set(SOL_SOCKET, SO_BROADCAST, 1, "SO_BROADCAST", "on");
    if (options.multicastTtl)
        setter.setEither(IP_MULTICAST_TTL, *options.multicastTtl, IPV6_MULTICAST_HOPS,
                         *options.multicastTtl, "IP_MULTICAST_TTL",
                         std::to_string(*options.multicastTtl));
    if (*interface != 0) {
        ip_mreqn request{};
        request.imr_ifindex = static_cast<int>(*interface);
        setter.setEither(IP_MULTICAST_IF, request, IPV6_MULTICAST_IF, static_cast<int>(*interface),
                         "IP_MULTICAST_IF", options.multicastInterface);
    }
    if (!options.multicastLoop)
        setter.setEither(IP_MULTICAST_LOOP, 0, IPV6_MULTICAST_LOOP, 0, "IP_MULTICAST_LOOP", "off");
    // Or it would hear the groups that any other socket of this machine has joined (ip(7)).
    if (!options.join.empty())
        setter.setEither(IP_MULTICAST_ALL, 0, IPV6_MULTICAST_ALL, 0, "IP_MULTICAST_ALL", "off");
    for (const std::string& group : options.join) {
        const auto address = SocketAddress::fromNumeric(group, 0);
        if (!address)
            return Failure(address.error());
        const int level = address->family() == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP;
        setter.set(level, MCAST_JOIN_GROUP, requestFor(*address, *interface), "MCAST_JOIN_GROUP",
                   group);
    }
    return setter.take();
}

SocketAddress throughInterface(const SocketAddress& address, const DatagramOptions& options) {
    SocketAddress through = address;
    if (address.family() != AF_INET6 || options.multicastInterface.empty())
        return through;
    auto& raw = *reinterpret_cast<sockaddr_in6*>(through.data());
    const bool isLocal =
        IN6_IS_ADDR_MC_LINKLOCAL(&raw.sin6_addr) || IN6_IS_ADDR_LINKLOCAL(&raw.sin6_addr);
    if (isLocal && raw.sin6_scope_id == 0)
        raw.sin6_scope_id = ::if_nametoindex(options.multicastInterface.c_str());
    return through;
}

} // namespace sscope
