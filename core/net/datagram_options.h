#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/net/endpoint.h"

namespace sscope {

/// What a client's UDP socket may do beyond talking to one peer (ip(7), ipv6(7)). A value.
struct DatagramOptions {
    bool broadcast = false;            // SO_BROADCAST
    std::optional<int> multicastTtl{}; // 0..255, the hop limit of IPv6; none is the kernel's 1
    std::string multicastInterface{};  // by name, "eth0"; empty is the kernel's choice
    bool multicastLoop = true;         // sockets of this machine hear what is sent, too
    std::vector<std::string> join{};   // numeric groups, IPv4 and IPv6

    bool operator==(const DatagramOptions&) const = default;
};

/// 224.0.0.0/4, ff00::/8.
bool isMulticast(const SocketAddress& address);
/// Whether one datagram to that address may be answered by many, each from an address of its own:
/// multicast, or where broadcasts are allowed or groups are joined. A socket that is connected to
/// it would hear none of them (udp(7)).
bool reachesMany(const SocketAddress& address, const DatagramOptions& options);
/// The same where the endpoint's host is a number; a name is taken for that of one peer.
bool reachesMany(const Endpoint& endpoint, const DatagramOptions& options);
/// The options as far as they can be judged without a socket: only for UDP, groups are multicast
/// addresses.
Result<void> validate(const DatagramOptions& options, Transport transport);

/// Sets the options and joins the groups; socket is a UDP socket of that family. An error names the
/// option, and what it was to be set to.
Result<void> applyDatagramOptions(int socket, int family, const DatagramOptions& options);
/// The address, reached through the interface that the options name: a link-local one (ff02::1)
/// does not say which.
SocketAddress throughInterface(const SocketAddress& address, const DatagramOptions& options);

} // namespace sscope
