#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sscope {

/// Columns of a terminal that the text takes: wide characters take two (an approximation of
/// UAX #11). For text that is safe to show.
std::size_t columnsOf(std::string_view text);
std::string padLeft(std::string_view text, std::size_t columns);
std::string padRight(std::string_view text, std::size_t columns);
/// As much from the front as fits.
std::string_view cutToColumns(std::string_view text, std::size_t columns);

} // namespace sscope
