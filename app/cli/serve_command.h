#pragma once

#include <string>
#include <vector>

namespace sscope::cli {

/// socketscope serve SERVICE [options]
int serveCommand(const std::vector<std::string>& words);

} // namespace sscope::cli
