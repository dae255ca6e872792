#pragma once

#include <string>
#include <vector>

namespace sscope::cli {

/// Replaces this process by socketscope-qt beside this executable, which has what needs Qt: the
/// window and the model qt. Returns an exit code where that cannot be; the error has been printed.
int becomeQtProgram(const std::vector<std::string>& words);

} // namespace sscope::cli
