#pragma once

#include <string>
#include <vector>

namespace sscope::cli {

/// socketscope chat ENDPOINT --name NICK [options]
int chatCommand(const std::vector<std::string>& words);

} // namespace sscope::cli
