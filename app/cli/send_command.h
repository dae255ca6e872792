#pragma once

#include <string>
#include <vector>

namespace sscope::cli {

/// socketscope send ENDPOINT [MESSAGE...] [options]
int sendCommand(const std::vector<std::string>& words);

} // namespace sscope::cli
