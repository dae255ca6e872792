#pragma once

#include <string>
#include <vector>

namespace sscope::cli {

/// `socketscope load ENDPOINT`: request-response load, its figures on standard output.
int loadCommand(const std::vector<std::string>& words);

} // namespace sscope::cli
