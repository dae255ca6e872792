#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sscope {

/// What is wrong with a JSON text, and where.
struct JsonFault {
    std::string reason;       // "a key is there twice", to be shown
    std::size_t position = 0; // of the byte, from 0
    std::size_t line = 1;
    std::size_t column = 1; // in characters
};

/// A member of the outermost object. What is no string has its JSON text.
struct JsonMember {
    enum class Kind { String, Unsigned, Other };

    std::string key;
    std::string value;
    Kind kind = Kind::Other;
    std::uint64_t number = 0; // of Unsigned
};

/// JSON as wires may carry it (RFC 8259, with what it leaves open decided): valid UTF-8 without a
/// byte order mark or NUL, at most 16 levels deep, no key twice in an object, no lone surrogate.
std::optional<JsonFault> findJsonFault(std::string_view text);

/// The members of a text that must be such an object.
std::optional<JsonFault> readJsonObject(std::string_view text, std::vector<JsonMember>& members);

/// Null where there is none.
const JsonMember* findMember(const std::vector<JsonMember>& members, std::string_view key);

/// A text as JSON writes it, in quotes, with non-ASCII characters as they are. Bytes that are not
/// UTF-8 become U+FFFD.
std::string jsonString(std::string_view utf8);

} // namespace sscope
