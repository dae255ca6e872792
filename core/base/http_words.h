#pragma once

#include <algorithm>
#include <string_view>

namespace sscope::http {

// The words that the heads of HTTP requests and responses are made of (RFC 9110 5.6). ASCII only,
// whatever the locale.

constexpr std::string_view whiteSpace = " \t"; // OWS

constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool isLetter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

constexpr bool isOneOf(char c, std::string_view characters) {
    return characters.find(c) != std::string_view::npos;
}

/// The name is given in lower case.
inline bool isNamed(std::string_view text, std::string_view name) {
    return std::ranges::equal(text, name, {}, lower);
}

inline bool isToken(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return isLetter(c) || isDigit(c) || isOneOf(c, "!#$%&'*+-.^_`|~");
    });
}

/// Without white space around it.
constexpr std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(whiteSpace);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(whiteSpace) - begin + 1);
}

/// Calls take with each element of a comma-separated list, also with empty ones.
template <typename Take>
void forEachElement(std::string_view list, const Take& take) {
    for (;;) {
        const std::size_t comma = list.find(',');
        take(trimmed(list.substr(0, comma)));
        if (comma == std::string_view::npos)
            return;
        list.remove_prefix(comma + 1);
    }
}

} // namespace sscope::http
