#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/client/chat_client.h"
#include "core/client/client_session.h"
#include "core/server/server_config.h"

namespace sscope {

/// A client tab to open, with its messages in memory.
struct ClientRequest {
    ClientConfig config;
    std::vector<OwnedMessage> messages;
    bool halfClose = false;
};

/// A chat to join in a tab, and what is typed there once one is in.
struct ChatTabRequest {
    ChatClientConfig config;
    std::vector<std::string> lines;
};

/// Reads command lines for the window, which must not know the command line's own code. Takes the
/// words after `serve`, `send` and `chat`; nothing where they are wrong.
struct CommandLineReader {
    std::function<std::optional<ServerConfig>(const std::vector<std::string>&)> server;
    std::function<std::optional<ClientRequest>(const std::vector<std::string>&)> client;
    std::function<std::optional<ChatTabRequest>(const std::vector<std::string>&)> chat;
};

} // namespace sscope
