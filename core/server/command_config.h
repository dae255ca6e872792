#pragma once

#include <string>
#include <vector>

#include "core/server/server_config.h"

namespace sscope {

/// Whether the service runs programs of this machine for whoever connects.
bool runsPrograms(const ServerConfig& config);

/// A server that runs programs for whoever connects, without a token, is for this machine alone,
/// whatever --allow-public says; so is one that gives them a shell.
bool mustBeLocal(const ServerConfig& config);

/// What to say of an address that is not of this machine where it must be.
Error notLocalError(const ServerConfig& config, const std::string& endpoint);

/// What validate() checks of the services `command` and `exec`.
Result<void> validateCommand(const ServerConfig& config);

/// The options of these services, and what stands behind `--`, which is to be last.
void addCommandOptions(const ServerConfig& config, std::vector<std::string>& words);
void addProgram(const ServerConfig& config, std::vector<std::string>& words);

} // namespace sscope
