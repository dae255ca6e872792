#pragma once

#include <memory>
#include <string>

#include "core/base/chat_message.h"

namespace sscope {

/// What a person can say to the service `chat`. A value.
struct ChatSettings {
    std::string historyFile{}; // kept in memory where it is empty
    std::string passwordFile{};
    ChatRetention retention{};
    /// What that file holds, salted and hashed, once a server that starts has read it; a window may
    /// set it instead of the file.
    std::shared_ptr<const std::string> passwordHash{};

    bool operator==(const ChatSettings&) const = default;
};

} // namespace sscope
