#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sscope {

struct Utf8Step {
    char32_t codePoint = 0;
    std::size_t length = 0; // bytes taken, at least 1
    bool valid = false;     // no overlong form, surrogate or value over U+10FFFF (RFC 3629)
};

/// Decodes the sequence that text, which is not empty, begins with.
Utf8Step decodeUtf8(std::string_view text);
void appendUtf8(std::string& out, char32_t codePoint);
bool isUtf8(std::string_view text);
/// At most so many bytes from the front, and no part of a character.
std::string_view utf8Prefix(std::string_view text, std::size_t most);

} // namespace sscope
