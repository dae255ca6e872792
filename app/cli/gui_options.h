#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/cli/chat_client_options.h"
#include "app/cli/send_options.h"
#include "app/cli/serve_options.h"

namespace sscope::cli {

/// What stands after `gui`.
struct GuiOptions {
    std::vector<ServerConfig> servers;
    std::vector<SendOptions> clients;
    std::vector<ChatClientOptions> chats;
    std::string picture; // a file to save a picture of the window in; empty for none
};

/// An exit code where the command is over (help, or a usage error, which has been printed).
std::variant<GuiOptions, int> parseGui(const std::vector<std::string>& words);

} // namespace sscope::cli
