#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sscope {

// Literals of Python in which no byte can be taken for code, whatever it is.

/// A bytes literal; a long one in parts that stand below each other, indented.
std::string bytesLiteral(std::string_view bytes, std::size_t indent);
/// A str literal; what is not UTF-8 as Python's surrogateescape has it.
std::string textLiteral(std::string_view text);

} // namespace sscope
