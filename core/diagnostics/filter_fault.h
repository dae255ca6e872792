#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace sscope {

/// What would have been understood where a filter is not.
enum class FilterExpectation : std::uint8_t {
    Term,         // a word, a number or a key
    Key,          // one of the keys that stand before a colon
    Comparison,   // : = < > <= >=
    Order,        // < > <= >=, or a range: equal times are of no use
    Colon,        // : or =
    Port,         // 80, 80-443
    Number,       // 812, 800-900
    Address,      // 192.0.2.7, 10.0.0.0/8, fe80::/10
    State,        // a word of INTERFACE.md
    Protocol,     // tcp, udp ...
    Property,     // what may stand after "is:"
    Text,         // a word or /regex/
    Age,          // 3m
    Time,         // 5ms
    Size,         // 64k
    RegexPart,    // a regular expression that is whole
    ClosingQuote, // the quote that ends a word
    ClosingParenthesis,
    RisingRange, // the smaller number first
    Shorter,     // fewer characters, terms or levels than there are
};

/// Where a filter cannot be understood.
struct FilterFault {
    std::size_t column = 1; // of the first character at fault, 1-based, in characters
    std::string found;      // what stands there, safe to show; empty at the end of the text
    FilterExpectation expected = FilterExpectation::Term;

    /// "column 6: found "x", expected a port such as 80, or a range such as 80-443"
    [[nodiscard]] std::string text() const;
};

/// The last part of that sentence, in English.
const char* expectationText(FilterExpectation expected);

} // namespace sscope
