#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sscope {

/// "13 B", "4.2 KiB", "1.0 MiB".
std::string formatBytes(std::uint64_t bytes);

/// Digits in groups of three with a space between: "1 208".
std::string formatCount(std::uint64_t count);

/// Bytes from "1024", "64K", "64 KiB", "1 MiB"; nothing where it is not such a number.
std::optional<std::uint64_t> parseBytes(std::string_view text);

} // namespace sscope
