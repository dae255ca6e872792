#pragma once

#include <optional>
#include <string>

#include <CLI/App.hpp>

#include "app/cli/arguments.h"
#include "core/server/server_config.h"

namespace sscope::cli {

/// The options of the services that run programs.
void addCommandOptions(CLI::App& app, CommandSettings& settings);

/// What stands after `--` is the program of exec; taken from the positionals. What is wrong with
/// it, in words.
std::optional<std::string> takeProgram(Arguments& arguments, CommandSettings& settings);

/// Told once, where people start a server: it starts all the same.
void warnOfTokenFile(const ServerConfig& config);

} // namespace sscope::cli
