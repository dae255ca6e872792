#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/net/socket_address.h"

namespace sscope {

/// What a client's datagram socket may do beyond one peer (ip(7), ipv6(7)). A value; of UDP only.
struct DatagramOptions {
    bool broadcast = false;            // SO_BROADCAST
    std::optional<int> multicastTtl{}; // 0..255, the hop limit of IPv6; none is the kernel's 1
    std::string multicastInterface{};  // by name, "eth0"; empty is the kernel's choice
    bool multicastLoop = true;         // hosts of this machine hear what is sent, too
    std::vector<std::string> join{};   // numeric groups, IPv4 and IPv6

    bool operator==(const DatagramOptions&) const = default;
};

} // namespace sscope
