#pragma once

#include <string>
#include <vector>

#include "core/server/server_config.h"

namespace sscope {

/// What validate() checks of the service `chat`.
Result<void> validateChat(const ServerConfig& config);

/// The options of this service.
void addChatOptions(const ServerConfig& config, std::vector<std::string>& words);

/// Listens where the line is not encrypted and others may be on the way: a person who starts it is
/// to be told.
bool isChatInPublic(const ServerConfig& config);

} // namespace sscope
