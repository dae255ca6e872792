#pragma once

#include <string>
#include <vector>

namespace sscope {

/// `socketscope command-helper TIMEOUT_MS CAP WORD...`: runs one command in a clean environment,
/// keeps what it says up to the cap, and ends it and all that descends from it when it is over, its
/// time is, or nobody wants it any more. Started by runCommand(). Returns the exit code.
int runCommandHelper(const std::vector<std::string>& words);

} // namespace sscope
