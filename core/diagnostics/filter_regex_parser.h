#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "core/diagnostics/filter_regex.h"

namespace sscope {

/// A pattern as a tree.
struct RegexNode {
    enum class Kind : std::uint8_t { Character, Any, Set, Begin, End, Sequence, Either, Repeat };
    static constexpr unsigned endless = ~0U;

    Kind kind = Kind::Sequence;
    char32_t character = 0; // lower case
    FilterRegex::CharacterSet set;
    std::vector<RegexNode> children; // of Sequence and Either; the one of Repeat
    unsigned least = 1, most = 1;    // of Repeat
};

/// Fails with the offset of the byte at which the pattern is wrong.
tl::expected<RegexNode, std::size_t> parseRegex(std::string_view pattern);

char32_t lowerCase(char32_t c);

} // namespace sscope
