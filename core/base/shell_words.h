#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace sscope {

/// Splits text into words as a POSIX shell does (2.2 Quoting of the Shell Command Language):
/// quotes and backslashes are respected, nothing is expanded. An open quote is BadValue.
Result<std::vector<std::string>> splitShellWords(std::string_view text);

/// The word as a person would type it into a shell, quoted only where it must be.
std::string shellQuoted(std::string_view word);

} // namespace sscope
