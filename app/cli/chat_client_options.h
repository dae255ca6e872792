#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/client/chat_client.h"

namespace sscope::cli {

struct ChatClientOptions {
    ChatClientConfig chat;
    std::vector<std::string> lines; // to be said, or commands, once one is in
    bool json = false;
};

/// Where what is said comes from: `chat` reads it line by line, the window's command line has it.
enum class ChatLines { FromInput, FromWords };

/// What stands after `chat`. An exit code where the command is over. Reads the password's file.
std::variant<ChatClientOptions, int> parseChat(const std::vector<std::string>& words,
                                               ChatLines lines = ChatLines::FromInput);

} // namespace sscope::cli
