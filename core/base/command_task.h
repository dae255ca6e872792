#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace sscope {

/// A command that is to be run once, without an input, in an environment of its own. A value.
struct CommandTask {
    std::vector<std::string> words{};            // the program and its arguments, as they are
    Duration timeout = std::chrono::seconds(10); // then it is ended
    std::size_t outputCap = 1 << 20;             // bytes; one more, and it is ended
};

/// What has become of a command; nothing of it is left.
struct CommandEnd {
    enum class Kind : std::uint32_t {
        Exited,     // number: the status of waitpid(2)
        NotStarted, // number: an errno
        TimedOut,
        OverCap,
        Cancelled,
        Lost, // number: an errno; who ran it is gone, or could not be started
    };
    Kind kind = Kind::Lost;
    int number = 0;
    std::string output{}; // standard output and standard error in their order, at most the cap
};

} // namespace sscope
