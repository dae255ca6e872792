#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/server/server_config.h"

namespace sscope {

/// Reads what the command line takes, which ui knows no more of than how to write it. Given by the
/// executable.
struct CommandLineReader {
    /// What stands after `socketscope serve`; nothing where it cannot be read.
    std::function<std::optional<ServerConfig>(const std::vector<std::string>& words)> server{};
};

} // namespace sscope
