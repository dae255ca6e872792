#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/load/load_config.h"

namespace sscope::cli {

enum class LoadOutput { Text, Json, Csv };

struct LoadOptions {
    LoadConfig load;
    LoadOutput output = LoadOutput::Text;
};

/// What stands after `load`. An exit code where the command is over.
std::variant<LoadOptions, int> parseLoad(const std::vector<std::string>& words);

} // namespace sscope::cli
