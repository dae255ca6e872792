#pragma once

#include <span>
#include <string>

#include "core/base/chat_message.h"

namespace sscope {

enum class TranscriptForm {
    Text, // "2026-11-28 09:14:05 lin: text", local time, safe to show; further lines are indented
    Json  // an object a line, as `socketscope chat --json` has them; the text as it came
};

/// What was said, as a file keeps it.
std::string transcript(TranscriptForm form, std::span<const ChatMessage> messages);

} // namespace sscope
