#pragma once

#include <string>
#include <vector>

namespace sscope::cli {

/// socketscope table [FILTER...] [options]
int tableCommand(const std::vector<std::string>& words);

} // namespace sscope::cli
