#pragma once

#include <string>
#include <vector>

namespace sscope::cli {

/// What a server under the processes model starts, with the words of `serve` after its own; not
/// for people.
int processHelperCommand(const std::vector<std::string>& words);

} // namespace sscope::cli
