#include "core/diagnostics/filter_key_terms.h"

namespace sscope {

namespace {

using Term = tl::expected<FilterTerm, FilterFault>;
using Expected = FilterExpectation;

enum class Comparison { Colon, Equal, Less, LessOrEqual, Greater, GreaterOrEqual };

bool isOrder(Comparison comparison) {
    return comparison != Comparison::Colon && comparison != Comparison::Equal;
}

/// The reader stands at one of : = < >
Comparison takeComparison(FilterReader& reader) {
    if (reader.take(':') && reader.peek() != '<' && reader.peek() != '>' && reader.peek() != '=')
        return Comparison::Colon;
    if (reader.take('<'))
        return reader.take('=') ? Comparison::LessOrEqual : Comparison::Less;
    if (reader.take('>'))
        return reader.take('=') ? Comparison::GreaterOrEqual : Comparison::Greater;
    reader.take('=');
    return Comparison::Equal;
}

/// Nothing is below 0 or above the largest number: then no number is in it.
NumberRange rangeOf(Comparison comparison, std::uint64_t value) {
    constexpr NumberRange nothing{1, 0};
    constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
    switch (comparison) {
    case Comparison::Less:
        return value == 0 ? nothing : NumberRange{0, value - 1};
    case Comparison::LessOrEqual:
        return {0, value};
    case Comparison::Greater:
        return value == largest ? nothing : NumberRange{value + 1, largest};
    case Comparison::GreaterOrEqual:
        return {value, largest};
    case Comparison::Colon:
    case Comparison::Equal:
        break;
    }
    return {value, value};
}

/// What numbers a key takes, and how it is said that one is wrong.
struct NumberKind {
    NumberUnit unit = NumberUnit::Plain;
    Expected expected = Expected::Number;
    std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    bool isMeasured = false; // never the same twice, so not compared for equality
};

NumberKind numberKind(FilterKey key) {
    constexpr std::uint64_t largestPort = 65'535;
    switch (key) {
    case FilterKey::Port:
    case FilterKey::SourcePort:
    case FilterKey::DestinationPort:
        return {NumberUnit::Plain, Expected::Port, largestPort};
    case FilterKey::Queue:
        return {.unit = NumberUnit::Bytes, .expected = Expected::Size};
    case FilterKey::Rtt:
        return {.unit = NumberUnit::RttUs, .expected = Expected::Time, .isMeasured = true};
    case FilterKey::Age:
        return {.unit = NumberUnit::AgeNs, .expected = Expected::Age, .isMeasured = true};
    default:
        return {};
    }
}

Term readNumberTerm(FilterReader& reader, FilterKey key, Comparison comparison,
                    std::size_t comparisonAt) {
    const NumberKind kind = numberKind(key);
    const std::size_t begin = reader.position();
    const std::string_view word = reader.peekPlain();
    const auto numberIn = [&](std::string_view text) {
        const auto value = filterNumber(text, kind.unit);
        return value && *value <= kind.most ? value : std::nullopt;
    };
    const std::size_t dash = isOrder(comparison) ? std::string_view::npos : word.find('-');
    const auto first = numberIn(word.substr(0, dash));
    if (!first)
        return FilterFailure(reader.faultAt(begin, kind.expected));
    NumberTerm term{key, rangeOf(comparison, *first)};
    if (dash != std::string_view::npos) {
        const auto last = numberIn(word.substr(dash + 1));
        if (!last)
            return FilterFailure(reader.faultAt(begin + dash + 1, kind.expected));
        if (*last < *first)
            return FilterFailure(reader.faultAt(begin, Expected::RisingRange));
        term.range = {*first, *last};
    } else if (kind.isMeasured && !isOrder(comparison)) {
        return FilterFailure(reader.faultAt(comparisonAt, Expected::Order));
    }
    reader.moveTo(begin + word.size());
    return term;
}

tl::expected<TextTest, FilterFault> textTest(const FilterReader& reader, const FilterWord& word,
                                             Comparison comparison) {
    TextTest test;
    if (word.kind == FilterWord::Kind::Regex) {
        auto regex = FilterRegex::compile(word.text);
        if (!regex)
            return FilterFailure(
                reader.faultAt(word.begin + 1 + regex.error(), Expected::RegexPart));
        test.kind = TextTest::Kind::Regex;
        test.regex = std::move(*regex);
        return test;
    }
    test.kind = comparison == Comparison::Equal ? TextTest::Kind::Equals : TextTest::Kind::Contains;
    test.word = lowerWord(word.text);
    return test;
}

Term textTerm(const FilterReader& reader, FilterKey key, const FilterWord& word,
              Comparison comparison) {
    auto test = textTest(reader, word, comparison);
    if (!test)
        return FilterFailure(std::move(test.error()));
    TextTerm term{key, std::move(*test), std::nullopt};
    const auto uid = filterNumber(word.text, NumberUnit::Plain);
    if (key == FilterKey::User && uid && *uid <= std::numeric_limits<std::uint32_t>::max())
        term.uid = static_cast<std::uint32_t>(*uid);
    return term;
}

Term stateTerm(const FilterReader& reader, const FilterWord& word) {
    StateTerm term;
    if (word.kind == FilterWord::Kind::Regex) {
        auto test = textTest(reader, word, Comparison::Colon);
        if (!test)
            return FilterFailure(std::move(test.error()));
        term.text = std::move(*test);
        return term;
    }
    term.state = filterStateFrom(word.text);
    if (!term.state)
        return FilterFailure(reader.faultAt(word.begin, Expected::State));
    return term;
}

/// "192.0.2.7:80", "[::1]:80": the port is taken off.
std::optional<std::uint16_t> takePort(std::string& address) {
    const std::size_t colon = address.rfind(':');
    if (colon == std::string::npos || colon == 0)
        return std::nullopt;
    const bool isIpv6 = address.find(':') != colon;
    if (isIpv6 && address[colon - 1] != ']')
        return std::nullopt;
    const auto port = filterNumber(std::string_view(address).substr(colon + 1), NumberUnit::Plain);
    if (!port || *port > std::numeric_limits<std::uint16_t>::max())
        return std::nullopt;
    address.resize(colon);
    return static_cast<std::uint16_t>(*port);
}

/// A part of an address, as one types it: "192.168." or "fe80:".
bool isAddressPart(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdefABCDEF.:";
    return text.find_first_not_of(digits) == std::string_view::npos &&
           text.find_first_of(".:") != std::string_view::npos;
}

Term addressTerm(const FilterReader& reader, FilterKey key, const FilterWord& word) {
    AddressTerm term;
    term.key = key;
    std::string address = word.text;
    if (word.kind != FilterWord::Kind::Regex)
        term.port = takePort(address);
    if (word.kind == FilterWord::Kind::Regex) {
        auto test = textTest(reader, word, Comparison::Colon);
        if (!test)
            return FilterFailure(std::move(test.error()));
        term.text = std::move(*test);
    } else if (isSameWord(address, "localhost")) {
        term.ranges = {*addressRange("127.0.0.0/8"), *addressRange("::1")};
    } else if (address == "*") {
        term.ranges = {*addressRange("0.0.0.0"), *addressRange("::")};
    } else if (const auto range = addressRange(address)) {
        term.ranges = {*range};
    } else if (isAddressPart(address)) {
        term.text = TextTest{TextTest::Kind::Begins, lowerWord(address)};
    } else {
        return FilterFailure(reader.faultAt(word.begin, Expected::Address));
    }
    return term;
}

Expected expectedWord(FilterKey key) {
    switch (key) {
    case FilterKey::Host:
    case FilterKey::Source:
    case FilterKey::Destination:
        return Expected::Address;
    case FilterKey::State:
        return Expected::State;
    case FilterKey::Protocol:
        return Expected::Protocol;
    case FilterKey::Is:
        return Expected::Property;
    default:
        return Expected::Text;
    }
}

Term wordTerm(const FilterReader& reader, FilterKey key, const FilterWord& word,
              Comparison comparison) {
    switch (key) {
    case FilterKey::Host:
    case FilterKey::Source:
    case FilterKey::Destination:
        return addressTerm(reader, key, word);
    case FilterKey::State:
        return stateTerm(reader, word);
    case FilterKey::Protocol:
        if (const auto protocol = filterProtocolFrom(word.text))
            return ProtocolTerm{*protocol};
        break;
    case FilterKey::Is:
        if (const auto property = filterPropertyFrom(word.text))
            return PropertyTerm{*property};
        break;
    default:
        return textTerm(reader, key, word, comparison);
    }
    return FilterFailure(reader.faultAt(word.begin, expectedWord(key)));
}

bool takesNumber(FilterKey key) {
    switch (key) {
    case FilterKey::Port:
    case FilterKey::SourcePort:
    case FilterKey::DestinationPort:
    case FilterKey::Pid:
    case FilterKey::Uid:
    case FilterKey::Inode:
    case FilterKey::Fd:
    case FilterKey::Queue:
    case FilterKey::Rtt:
    case FilterKey::Age:
        return true;
    default:
        return false;
    }
}

std::optional<BareNumber> bareNumber(std::string_view word) {
    const std::size_t dash = word.find('-');
    const auto first = filterNumber(word.substr(0, dash), NumberUnit::Plain);
    const auto last = dash == std::string_view::npos
                          ? first
                          : filterNumber(word.substr(dash + 1), NumberUnit::Plain);
    if (!first || !last || *last < *first)
        return std::nullopt;
    return BareNumber{{*first, *last}};
}

} // namespace

Term readKeyTerm(FilterReader& reader, FilterKey key) {
    const std::size_t comparisonAt = reader.position();
    const Comparison comparison = takeComparison(reader);
    if (isOrder(comparison) && !takesNumber(key))
        return FilterFailure(reader.faultAt(comparisonAt, Expected::Colon));
    reader.skipSpace();
    if (takesNumber(key))
        return readNumberTerm(reader, key, comparison, comparisonAt);
    const std::size_t begin = reader.position();
    auto word = reader.takeWord();
    if (!word)
        return FilterFailure(std::move(word.error()));
    if (word->text.empty())
        return FilterFailure(reader.faultAt(begin, expectedWord(key)));
    return wordTerm(reader, key, *word, comparison);
}

Term readBareTerm(FilterReader& reader) {
    const std::size_t begin = reader.position();
    auto word = reader.takeWord();
    if (!word)
        return FilterFailure(std::move(word.error()));
    if (word->text.empty())
        return FilterFailure(reader.faultAt(begin, Expected::Term));
    if (word->kind == FilterWord::Kind::Plain) {
        if (const auto number = bareNumber(word->text))
            return *number;
    }
    auto test = textTest(reader, *word, Comparison::Colon);
    if (!test)
        return FilterFailure(std::move(test.error()));
    constexpr std::string_view ofAddresses = "0123456789abcdef.:[]*";
    const bool mayBeAddress = test->kind == TextTest::Kind::Regex ||
                              test->word.find_first_not_of(ofAddresses) == std::string::npos;
    BareWord term{std::move(*test), mayBeAddress};
    if (term.text.kind != TextTest::Kind::Regex) {
        term.state = filterStateFrom(word->text);
        term.protocol = filterProtocolFrom(word->text);
    }
    return term;
}

} // namespace sscope
