#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sscope {

struct HeldSocket {
    int fd = 0;
    std::uint32_t inode = 0;
};
/// What processes held at an earlier scan: by pid, each list by descriptor.
using HeldSockets = std::unordered_map<int, std::vector<HeldSocket>>;

struct FoundSocket {
    std::uint32_t inode = 0;
    int pid = 0;
    int fd = 0;
};

struct DescriptorScan {
    std::vector<FoundSocket> found; // in no particular order
    std::size_t unreadable = 0;     // processes, or descriptors, that may not be read
};

/// Looks through /proc/PID/fd of every process for sockets, on this thread and one beside it. Where
/// a process held a socket that is still alive, the descriptor is not read again: listing them is
/// far cheaper than reading each.
DescriptorScan scanDescriptors(const std::string& root, const HeldSockets& held = {},
                               const std::unordered_set<std::uint32_t>& alive = {});

} // namespace sscope
