#pragma once

#include <cstddef>
#include <string>

#include "core/service/command_settings.h"

namespace sscope {

/// What a person can say to a service; each reads what concerns it. A value.
struct ServiceSettings {
    std::string reply = "Yes";
    bool http = false; // reply: each message is an HTTP request
    std::string welcome = "welcome to here";
    CommandSettings command{};
    std::size_t maxMessage = 16 << 20; // bytes of one message's content
    std::size_t maxHeader = 16 << 10;  // bytes of what comes before it

    bool operator==(const ServiceSettings&) const = default;
};

} // namespace sscope
