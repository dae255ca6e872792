#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/server/server_config.h"

namespace sscope::cli {

struct ServeOptions {
    ServerConfig config;
    bool json = false;
    bool trace = false;
};

/// What stands after `serve`. An exit code where the command is over (help, or a usage error,
/// which has been printed).
std::variant<ServeOptions, int> parseServe(const std::vector<std::string>& words);

} // namespace sscope::cli
