#pragma once

#include <string>
#include <vector>

namespace sscope {

/// One address that a server of this machine can listen on.
struct LocalAddress {
    std::string address;   // numeric; with %zone where it needs one
    std::string interface; // "lo", "eth0"
    bool isLoopback = false;
};

/// The addresses of the machine's interfaces, loopback first, IPv4 before IPv6 (QNetworkInterface).
/// Asks the kernel: not for the GUI's thread.
std::vector<LocalAddress> localAddresses();

} // namespace sscope
