#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sscope {

struct Escape {
    std::string bytes;
    std::size_t length = 0; // characters after the backslash; 0 where it is not an escape
    bool isByte = false;    // \xNN: of no encoding
};

/// The escape whose backslash stands before at.
Escape readEscape(std::string_view text, std::size_t at);

/// Reads \n \r \t \0 \\ \xNN (one byte) and \uNNNN (one UTF-16 unit, two for a pair, as UTF-8).
/// Any other backslash fails with its column, counted in bytes from 1.
Result<std::string> readEscapes(std::string_view text);

} // namespace sscope
