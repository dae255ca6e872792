#pragma once

#include <optional>
#include <string_view>

#include "core/service/chat_protocol.h"

namespace sscope {

/// What a server has said, from its JSON; nothing where that is no event of the protocol. Members
/// that are not known are passed over.
std::optional<ChatEvent> readChatEvent(std::string_view json);

} // namespace sscope
