#pragma once

#include <optional>
#include <string_view>

#include "core/service/chat_protocol.h"

namespace sscope {

// The words of the protocol that stand for values: what writes them and what reads them has them
// from here. Of actions and codes chat_protocol.h has the other direction.

std::optional<ChatRequest::Action> chatActionNamed(std::string_view name);
/// Of an answer or of what is told unasked; empty where there is none. Search has that of history.
std::string_view chatEventName(ChatEvent::Kind kind);
std::optional<ChatEvent::Kind> chatReplyNamed(std::string_view name);
std::optional<ChatEvent::Kind> chatToldNamed(std::string_view name);
/// BadRequest where the name is not known.
ChatCode chatCodeNamed(std::string_view name);
std::string_view chatStorageName(ChatStorageState state);
/// Good where the name is not known.
ChatStorageState chatStorageNamed(std::string_view name);

} // namespace sscope
