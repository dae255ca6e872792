#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include <tl/expected.hpp>

namespace re2 {
class RE2;
}

namespace sscope {

/// A regular expression in the syntax of RE2, which is Perl's without back references; letters
/// match in upper and lower case. The time is linear in the text and no pattern can exhaust the
/// stack, which std::regex and regcomp(3) do not promise. A value; may be used by several threads
/// at once.
class FilterRegex {
public:
    static constexpr std::size_t mostBytes = 512; // of the pattern

    FilterRegex() = default; // is found nowhere

    /// Where the pattern is wrong or too large: the byte's offset in it.
    static tl::expected<FilterRegex, std::size_t> compile(std::string_view pattern);

    /// Somewhere in the text, unless ^ and $ say where. The text is UTF-8.
    [[nodiscard]] bool isFoundIn(std::string_view text) const;

private:
    std::shared_ptr<const re2::RE2> m_regex;
};

} // namespace sscope
