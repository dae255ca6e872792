#pragma once

#include <CLI/App.hpp>

#include "core/server/server_config.h"

namespace sscope::cli {

/// The options of the service `chat`.
void addChatOptions(CLI::App& app, ChatSettings& settings);

/// Told once, where people start a server: what is said on its line can be read by others.
void warnOfOpenChat(const ServerConfig& config);

} // namespace sscope::cli
