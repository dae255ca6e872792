#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/client/client_session.h"
#include "core/server/server_config.h"

namespace sscope {

/// A client tab to open, with its messages in memory.
struct ClientRequest {
    ClientConfig config;
    std::vector<OwnedMessage> messages;
    bool halfClose = false;
};

/// Reads command lines for the window, which must not know the command line's own code. Takes the
/// words after `serve` and `send`; nothing where they are wrong.
struct CommandLineReader {
    std::function<std::optional<ServerConfig>(const std::vector<std::string>&)> server;
    std::function<std::optional<ClientRequest>(const std::vector<std::string>&)> client;
};

} // namespace sscope
