#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace sscope {

/// What a person can say to the services that run programs: `command` and `exec`. A value.
struct CommandSettings {
    bool isAllowed = false;           // without it neither service starts
    std::vector<std::string> allow{}; // names or absolute paths; none: a short list of ours
    Duration timeout = std::chrono::seconds(10);
    std::size_t outputCap = 1 << 20; // bytes of one answer
    bool shell = false;              // each message is a line for /bin/sh; the list does not apply
    std::string tokenFile{};
    /// What that file holds, once a server that starts has read it.
    std::shared_ptr<const std::string> token{};
    std::string outputEncoding{};       // of what commands say; empty: it is sent as it is
    std::vector<std::string> program{}; // of exec, with its arguments

    bool operator==(const CommandSettings&) const = default;
};

} // namespace sscope
