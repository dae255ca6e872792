#pragma once

#include <cstdint>
#include <vector>

#include <sys/types.h>

namespace sscope::test {

/// What /proc says of a process and of those that it has started.
struct ProcessInfo {
    std::size_t descriptors = 0;
    std::size_t threads = 0;
    std::size_t children = 0; // also theirs; zombies too
    std::size_t zombies = 0;  // of these
    std::uint64_t residentBytes = 0;
    std::uint64_t cpuTicks = 0; // user and system
};

/// Summed over the process and all below it.
ProcessInfo processInfo(pid_t pid);
std::vector<pid_t> childrenOf(pid_t pid);

} // namespace sscope::test
