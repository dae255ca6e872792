#pragma once

#include <string>

#include "core/base/clock.h"

namespace sscope {

/// Whom the owner of a chat's server has shut out: a name, or where somebody of that name came
/// from. A value.
struct ChatBan {
    std::string name{};   // as it was written
    std::string source{}; // as connectionSource() says it; empty where the name itself is banned
    std::string reason{}; // of the owner; may be empty
    WallTime time = 0;

    bool operator==(const ChatBan&) const = default;
};

} // namespace sscope
