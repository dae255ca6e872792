#include "core/diagnostics/filter_parser.h"

#include "core/diagnostics/filter_key_terms.h"
#include "core/diagnostics/filter_reader.h"

namespace sscope {

namespace {

/// filter = either; either = all {"or" all}; all = one {["and"] one}; one = {"not"} term;
/// term = "(" either ")" | key comparison value | word
class FilterParser {
public:
    explicit FilterParser(std::string_view text) : m_reader(text) {}

    tl::expected<FilterProgram, FilterFault> parse() {
        m_reader.skipSpace();
        if (m_reader.isAtEnd())
            return std::move(m_program);
        const Parsed root = parseEither(0);
        if (!root)
            return tl::unexpected(root.error());
        if (!m_reader.isAtEnd()) // a parenthesis that nothing opens
            return fault(FilterExpectation::Term);
        return std::move(m_program);
    }

private:
    using Parsed = tl::expected<std::uint16_t, FilterFault>; // the node's number
    using Kind = FilterProgram::Kind;

    [[nodiscard]] FilterFailure fault(FilterExpectation expected) const {
        return FilterFailure(m_reader.faultAt(m_reader.position(), expected));
    }

    [[nodiscard]] bool isAt(std::string_view joint) const {
        return isSameWord(m_reader.peekPlain(), joint);
    }
    bool takeJoint(std::string_view joint) {
        if (!isAt(joint))
            return false;
        m_reader.moveTo(m_reader.position() + joint.size());
        m_reader.skipSpace();
        return true;
    }

    std::uint16_t add(Kind kind, std::size_t first, std::size_t second = 0) {
        m_program.nodes.push_back(
            {kind, static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(second)});
        return static_cast<std::uint16_t>(m_program.nodes.size() - 1);
    }

    Parsed parseEither(unsigned depth) {
        Parsed left = parseAll(depth);
        while (left && takeJoint("or")) {
            Parsed right = parseAll(depth);
            if (!right)
                return right;
            left = add(Kind::Or, *left, *right);
        }
        return left;
    }

    Parsed parseAll(unsigned depth) {
        Parsed left = parseOne(depth);
        while (left) {
            const bool isJoined = takeJoint("and");
            if (!isJoined && (m_reader.isAtEnd() || m_reader.peek() == ')' || isAt("or")))
                break;
            Parsed right = parseOne(depth);
            if (!right)
                return right;
            left = add(Kind::And, *left, *right);
        }
        return left;
    }

    Parsed parseOne(unsigned depth) {
        bool isNegated = false;
        while (takeJoint("not"))
            isNegated = !isNegated;
        Parsed term = parseTerm(depth);
        if (!term || !isNegated)
            return term;
        return add(Kind::Not, *term);
    }

    Parsed parseTerm(unsigned depth) {
        const std::size_t begin = m_reader.position();
        if (m_reader.isAtEnd() || m_reader.peek() == ')' || isAt("or") || isAt("and"))
            return fault(FilterExpectation::Term);
        if (m_reader.take('(')) {
            if (depth == mostFilterDepth)
                return FilterFailure(m_reader.faultAt(begin, FilterExpectation::Shorter));
            m_reader.skipSpace();
            Parsed inner = parseEither(depth + 1);
            if (inner && !m_reader.take(')'))
                return fault(FilterExpectation::ClosingParenthesis);
            m_reader.skipSpace();
            return inner;
        }
        if (m_program.terms.size() == mostFilterTerms)
            return fault(FilterExpectation::Shorter);
        auto term = readTerm();
        if (!term)
            return FilterFailure(std::move(term.error()));
        m_reader.skipSpace();
        m_program.terms.push_back(std::move(*term));
        return add(Kind::Term, m_program.terms.size() - 1);
    }

    tl::expected<FilterTerm, FilterFault> readTerm() {
        const std::size_t begin = m_reader.position();
        const std::string_view letters = m_reader.peekLetters();
        const auto key = filterKeyFrom(letters);
        m_reader.moveTo(begin + letters.size());
        if (key && m_reader.peek() != ':')
            m_reader.skipSpace(); // "queue > 0"
        const bool isCompared = isComparison(m_reader.peek());
        if (key && isCompared)
            return readKeyTerm(m_reader, *key);
        m_reader.moveTo(begin);
        if (isCompared && !isIpv6Like(m_reader.peekPlain()))
            return fault(FilterExpectation::Key);
        return readBareTerm(m_reader);
    }

    static bool isComparison(char c) { return c == ':' || c == '=' || c == '<' || c == '>'; }

    /// "fe80::1" and "::1" have a colon behind letters too, or behind nothing.
    static bool isIpv6Like(std::string_view word) {
        constexpr std::string_view ofAddresses = "0123456789abcdefABCDEF:./%";
        return word.find(':') != std::string_view::npos &&
               word.find_first_not_of(ofAddresses) == std::string_view::npos;
    }

    FilterReader m_reader;
    FilterProgram m_program;
};

} // namespace

tl::expected<FilterProgram, FilterFault> parseFilter(std::string_view text) {
    if (text.size() > mostFilterBytes)
        return FilterFailure(
            FilterReader(text).faultAt(mostFilterBytes, FilterExpectation::Shorter));
    return FilterParser(text).parse();
}

} // namespace sscope
