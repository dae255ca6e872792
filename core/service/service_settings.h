#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/service/chat_settings.h"
#include "core/service/command_settings.h"
#include "core/service/dictionary.h"

namespace sscope {

/// What a person can say to a service; each reads what concerns it. A value.
struct ServiceSettings {
    std::string reply = "Yes";
    bool http = false; // reply: each message is an HTTP request
    std::string welcome = "welcome to here";
    std::string dictionaryFile{}; // message; the built-in entries where it is empty
    /// What that file holds, once a server that starts has read it.
    std::shared_ptr<const Dictionary> dictionary{};
    bool keepOpen = false; // message: serves more than one on a connection
    CommandSettings command{};
    ChatSettings chat{};
    std::size_t maxMessage = 16 << 20; // bytes of one message's content
    std::size_t maxHeader = 16 << 10;  // bytes of what comes before it

    bool operator==(const ServiceSettings&) const = default;
};

} // namespace sscope
