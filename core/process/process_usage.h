#pragma once

#include <cstdint>

#include <sys/types.h>

#include "core/base/clock.h"

namespace sscope {

/// What the kernel says of a process and all below it, summed (proc(5)).
struct ProcessUsage {
    Duration cpu{};            // user and system; also of those that have ended and were waited for
    std::uint64_t memory = 0;  // bytes resident; of a page that several share, each has its part
    std::uint32_t threads = 0; // of all the processes
    std::uint32_t processes = 0;
};

/// Zeros where the process is not there. Reads some files of each process; memory costs the most,
/// for the kernel walks its pages.
ProcessUsage processUsage(pid_t pid);
/// CPU time alone.
Duration processCpuTime(pid_t pid);

} // namespace sscope
