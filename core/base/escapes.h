#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sscope {

/// Reads \n \r \t \0 \\ \xNN (one byte) and \uNNNN (one UTF-16 unit, two for a pair, as UTF-8).
/// Any other backslash fails with its column, counted in bytes from 1.
Result<std::string> readEscapes(std::string_view text);

} // namespace sscope
