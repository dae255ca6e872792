#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/service/chat_protocol.h"

namespace sscope {

// The chat for people with ncat or telnet: lines in both directions.

/// A line that asks for nothing of the rooms.
struct ChatLineCommand {
    enum class Kind { Help, Quit, Nick, Nothing, Wrong };
    Kind kind = Kind::Nothing;
    std::string text{}; // the new name; what is wrong
};

/// What a line asks for, of a person who is in room. UTF-8; a CR at its end is dropped.
std::variant<ChatRequest, ChatLineCommand> readChatLine(std::string_view line,
                                                        const std::string& room);
/// An event as lines, without the last line feed; empty where there is nothing to say. What comes
/// from others is made visible (display_text.h), so that it cannot steer a terminal.
std::string chatLines(const ChatEvent& event);
std::string chatLineHelp();

} // namespace sscope
