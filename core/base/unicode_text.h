#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sscope {

// By the tables of ICU; any thread.

/// NFKC (Unicode Standard Annex #15); nothing where the text is not UTF-8.
std::optional<std::string> normalized(std::string_view utf8);
/// What is equal for two texts that differ in case, width or invisible characters only
/// (NFKC_Casefold); not to be shown.
std::string foldedCase(std::string_view utf8);
/// Code points.
std::size_t characterCount(std::string_view utf8);
/// A character that a name can be told by: no control, format, bidi or other invisible character,
/// no white space, and nothing that Unicode has not assigned.
bool isNameCharacter(char32_t c);
/// Of the tables: "15.0".
std::string unicodeVersion();

} // namespace sscope
