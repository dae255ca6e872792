#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sscope {

/// The token in a file: its one line, 1 to 1024 bytes, without the line end. What cannot be read,
/// or holds something else, is an error of `serve --token-file`.
Result<std::string> readTokenFile(const std::string& path);

/// Whether it is a file that other users than its owner can read.
bool isReadableByOthers(const std::string& path);

/// Compares in a time that does not tell where they differ.
bool isSameToken(std::string_view one, std::string_view other);

} // namespace sscope
