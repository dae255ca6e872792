#pragma once

#include <string>
#include <vector>

namespace sscope::cli {

/// Replaces this process by the window, socketscope-qt beside this executable; returns an exit
/// code where that cannot be.
int guiCommand(const std::vector<std::string>& words);

} // namespace sscope::cli
