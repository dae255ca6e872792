#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace sscope {

/// A regular expression in POSIX's extended syntax (regex(7)) without back references, and with \d,
/// \w and \s; letters match in upper and lower case. Runs all its alternatives side by side
/// (Thompson's construction), so the time is linear in the text and no pattern can exhaust the
/// stack, which std::regex and glibc's regcomp(3) do not promise. A value; may be used by several
/// threads at once.
class FilterRegex {
public:
    static constexpr std::size_t mostBytes = 512;  // of the pattern
    static constexpr std::size_t mostSteps = 1000; // of the program, repeats written out
    static constexpr unsigned mostNested = 32;     // groups
    static constexpr unsigned mostRepeats = 255;   // {n}

    /// Where the pattern is wrong or too large: the byte's offset in it.
    static tl::expected<FilterRegex, std::size_t> compile(std::string_view pattern);

    /// Somewhere in the text, unless ^ and $ say where.
    [[nodiscard]] bool isFoundIn(std::string_view text) const;

    struct CharacterSet {
        std::vector<std::pair<char32_t, char32_t>> ranges; // lower case
        bool isNegated = false;
        [[nodiscard]] bool has(char32_t c) const;
    };
    struct Step {
        enum class Kind : std::uint8_t { Character, Any, Set, Split, Jump, Begin, End, Match };
        Kind kind = Kind::Match;
        char32_t character = 0;  // lower case
        std::uint16_t next = 0;  // of Split and Jump; else the step behind it follows
        std::uint16_t other = 0; // of Split; of Set its number
    };

private:
    void findFirstBytes();
    [[nodiscard]] std::size_t nextStart(std::string_view text, std::size_t at) const;

    std::vector<Step> m_steps;
    std::vector<CharacterSet> m_sets;
    // Of a match that begins behind the text's first character: what it may begin with. Most texts
    // hold none of it, and are passed over quickly.
    std::bitset<256> m_firstBytes;
    bool m_mayBeEmpty = false;
};

} // namespace sscope
