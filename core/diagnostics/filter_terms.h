#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/diagnostics/filter_regex.h"
#include "core/diagnostics/filter_values.h"
#include "core/diagnostics/filter_words.h"
#include "core/diagnostics/socket_filter.h"

namespace sscope {

/// What is asked of a text from outside, as it is shown.
struct TextTest {
    enum class Kind : std::uint8_t { Contains, Begins, Equals, Regex };
    Kind kind = Kind::Contains;
    std::string word; // lower case
    FilterRegex regex{};
    [[nodiscard]] bool has(std::string_view text) const;
};

// The terms of a filter. Each answers for one row.

/// A bare number: ports and pids.
struct BareNumber {
    NumberRange range;
    [[nodiscard]] bool matches(const RowFacts& facts) const;
};

/// A bare word: what the row shows.
struct BareWord {
    TextTest text;
    bool mayBeAddress = true; // false spares the time to write addresses out
    // What ss(8) and netstat(8) show: "time-wait", "tcp6".
    std::optional<SocketState> state{};
    std::optional<FilterProtocol> protocol{};
    [[nodiscard]] bool matches(const RowFacts& facts) const;
};

/// port: sport: dport: pid: uid: inode: fd: queue> rtt> age>
struct NumberTerm {
    FilterKey key = FilterKey::Port;
    NumberRange range;
    [[nodiscard]] bool matches(const RowFacts& facts) const;
};

/// process: user:
struct TextTerm {
    FilterKey key = FilterKey::Process;
    TextTest text;
    std::optional<std::uint32_t> uid; // of a user that is given by number
    [[nodiscard]] bool matches(const RowFacts& facts) const;
};

/// host: src: dst:
struct AddressTerm {
    FilterKey key = FilterKey::Host;
    std::vector<AddressRange> ranges; // any of them
    std::optional<TextTest> text;     // a part of an address, or a regular expression
    std::optional<std::uint16_t> port;
    [[nodiscard]] bool matches(const RowFacts& facts) const;
};

/// state: with a regular expression or a word
struct StateTerm {
    std::optional<SocketState> state; // empty: by the text
    TextTest text;
    [[nodiscard]] bool matches(const RowFacts& facts) const;
};

struct ProtocolTerm {
    FilterProtocol protocol;
    [[nodiscard]] bool matches(const RowFacts& facts) const;
};

struct PropertyTerm {
    FilterProperty property = FilterProperty::Listening;
    [[nodiscard]] bool matches(const RowFacts& facts) const;
};

using FilterTerm = std::variant<BareNumber, BareWord, NumberTerm, TextTerm, AddressTerm, StateTerm,
                                ProtocolTerm, PropertyTerm>;

/// A filter as a tree; the root comes last.
struct FilterProgram {
    enum class Kind : std::uint8_t { Term, And, Or, Not };
    struct Node {
        Kind kind = Kind::Term;
        std::uint16_t first = 0;  // of Term its number, else a node's
        std::uint16_t second = 0; // of And and Or
    };
    std::vector<Node> nodes;
    std::vector<FilterTerm> terms;
};

} // namespace sscope
