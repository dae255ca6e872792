#pragma once

#include <string>
#include <string_view>

namespace sscope::cli {

/// Standard output where it is a terminal that is painted again and again.
bool paintsScreen();

/// The text as one picture of that size: it starts at the top left, what is longer or wider is cut
/// and the last line says how much there is more. Without flicker: nothing is cleared before it is
/// painted over.
std::string screenPicture(std::string_view text, std::size_t rows, std::size_t columns);
/// With the terminal's size as it is now.
std::string screenPicture(std::string_view text);

} // namespace sscope::cli
