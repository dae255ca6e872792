#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "core/diagnostics/filter_fault.h"

namespace sscope {

using FilterFailure = tl::unexpected<FilterFault>;

/// A word, a quoted text or a regular expression, as it stands in a filter.
struct FilterWord {
    enum class Kind { Plain, Quoted, Regex };
    Kind kind = Kind::Plain;
    std::string text;      // without quotes, escapes or slashes
    std::size_t begin = 0; // the byte where it starts, with its quote or slash
};

/// Goes through the text of a filter. Positions are bytes; faults count characters.
class FilterReader {
public:
    explicit FilterReader(std::string_view text) : m_text(text) {}

    [[nodiscard]] std::size_t position() const { return m_at; }
    void moveTo(std::size_t position) { m_at = position; }
    void skipSpace();
    [[nodiscard]] bool isAtEnd() const { return m_at == m_text.size(); }
    /// 0 at the end.
    [[nodiscard]] char peek() const { return isAtEnd() ? '\0' : m_text[m_at]; }
    bool take(char c);
    /// What stands here up to a space or a parenthesis; may be empty. Takes nothing.
    [[nodiscard]] std::string_view peekPlain() const;
    /// The ASCII letters that stand here. Takes nothing.
    [[nodiscard]] std::string_view peekLetters() const;
    /// A word of any kind; empty and plain where there is none.
    tl::expected<FilterWord, FilterFault> takeWord();

    [[nodiscard]] FilterFault faultAt(std::size_t position, FilterExpectation expected) const;

private:
    tl::expected<FilterWord, FilterFault> takeQuoted();
    /// Where the regular expression that starts here ends: its last slash.
    [[nodiscard]] std::optional<std::size_t> closingSlash() const;

    const std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace sscope
