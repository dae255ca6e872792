#include "core/diagnostics/filter_regex_parser.h"

#include <algorithm>
#include <optional>

#include "core/base/utf8.h"

namespace sscope {

namespace {

using Kind = RegexNode::Kind;
using Set = FilterRegex::CharacterSet;
using Parsed = tl::expected<RegexNode, std::size_t>;

/// What \d, \w and \s stand for.
std::optional<Set> shorthand(char32_t letter) {
    switch (letter) {
    case 'd':
        return Set{{{'0', '9'}}, false};
    case 'w':
        return Set{{{'a', 'z'}, {'0', '9'}, {'_', '_'}}, false};
    case 's':
        return Set{{{' ', ' '}, {'\t', '\r'}}, false};
    default:
        return std::nullopt;
    }
}

class RegexParser {
public:
    explicit RegexParser(std::string_view pattern) : m_pattern(pattern) {}

    Parsed parse() {
        Parsed tree = parseEither(0);
        if (tree && !isAtEnd())
            return fault(); // a parenthesis that nothing opens
        return tree;
    }

private:
    [[nodiscard]] bool isAtEnd() const { return m_at == m_pattern.size(); }
    [[nodiscard]] char peek() const { return isAtEnd() ? '\0' : m_pattern[m_at]; }
    bool take(char c) {
        if (isAtEnd() || m_pattern[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    char32_t takeCharacter() {
        const Utf8Step step = decodeUtf8(m_pattern.substr(m_at));
        m_at += step.length;
        return step.codePoint;
    }
    [[nodiscard]] tl::unexpected<std::size_t> fault() const {
        return tl::unexpected<std::size_t>(m_at);
    }

    Parsed parseEither(unsigned depth) {
        RegexNode either{.kind = Kind::Either};
        do {
            Parsed branch = parseSequence(depth);
            if (!branch)
                return branch;
            either.children.push_back(std::move(*branch));
        } while (take('|'));
        if (either.children.size() == 1)
            return std::move(either.children.front());
        return either;
    }

    Parsed parseSequence(unsigned depth) {
        RegexNode sequence{.kind = Kind::Sequence};
        while (!isAtEnd() && peek() != '|' && peek() != ')') {
            Parsed atom = parseAtom(depth);
            if (!atom)
                return atom;
            Parsed repeated = parseRepeats(std::move(*atom));
            if (!repeated)
                return repeated;
            sequence.children.push_back(std::move(*repeated));
        }
        return sequence;
    }

    Parsed parseAtom(unsigned depth) {
        const std::size_t start = m_at;
        const char32_t c = takeCharacter();
        switch (c) {
        case '(':
            return parseGroup(depth, start);
        case '[':
            return parseSet();
        case '.':
            return RegexNode{.kind = Kind::Any};
        case '^':
            return RegexNode{.kind = Kind::Begin};
        case '$':
            return RegexNode{.kind = Kind::End};
        case '\\':
            return parseEscape();
        case '*':
        case '+':
        case '?':
        case '{':
            m_at = start; // nothing stands before it
            return fault();
        default:
            return RegexNode{.kind = Kind::Character, .character = lowerCase(c)};
        }
    }

    Parsed parseGroup(unsigned depth, std::size_t start) {
        if (depth == FilterRegex::mostNested) {
            m_at = start;
            return fault();
        }
        Parsed inner = parseEither(depth + 1);
        if (inner && !take(')'))
            return fault();
        return inner;
    }

    Parsed parseEscape() {
        if (isAtEnd())
            return fault();
        const char32_t c = takeCharacter();
        if (auto set = shorthand(c))
            return RegexNode{.kind = Kind::Set, .set = std::move(*set)};
        return RegexNode{.kind = Kind::Character, .character = lowerCase(c)};
    }

    /// Behind the bracket. As in POSIX, ] stands for itself where it comes first.
    Parsed parseSet() {
        RegexNode node{.kind = Kind::Set};
        node.set.isNegated = take('^');
        bool isFirst = true;
        while (isFirst || peek() != ']') {
            if (isAtEnd())
                return fault();
            isFirst = false;
            if (!addToSet(node.set))
                return fault();
        }
        ++m_at;
        return node;
    }

    bool addToSet(Set& set) {
        char32_t first = takeCharacter();
        if (first == '\\') {
            if (isAtEnd())
                return false;
            first = takeCharacter();
            if (const auto known = shorthand(first)) {
                set.ranges.insert(set.ranges.end(), known->ranges.begin(), known->ranges.end());
                return true;
            }
        }
        char32_t last = first;
        if (m_pattern.substr(m_at).starts_with('-') && m_at + 1 < m_pattern.size() &&
            m_pattern[m_at + 1] != ']') {
            const std::size_t dash = m_at++;
            last = takeCharacter();
            if (last < first) {
                m_at = dash;
                return false;
            }
        }
        addRange(set, first, last);
        return true;
    }

    /// Both letters of a pair are compared in lower case, so the upper ones are added as such.
    static void addRange(Set& set, char32_t first, char32_t last) {
        set.ranges.emplace_back(first, last);
        const char32_t upperFirst = std::max<char32_t>(first, 'A');
        const char32_t upperLast = std::min<char32_t>(last, 'Z');
        if (upperFirst <= upperLast)
            set.ranges.emplace_back(lowerCase(upperFirst), lowerCase(upperLast));
    }

    Parsed parseRepeats(RegexNode atom) {
        unsigned count = 0;
        for (;;) {
            RegexNode repeat{.kind = Kind::Repeat};
            if (take('*')) {
                repeat.least = 0;
                repeat.most = RegexNode::endless;
            } else if (take('+')) {
                repeat.most = RegexNode::endless;
            } else if (take('?')) {
                repeat.least = 0;
            } else if (peek() == '{') {
                if (!parseBounds(repeat))
                    return fault();
            } else {
                return atom;
            }
            if (++count > FilterRegex::mostNested)
                return fault();
            repeat.children.push_back(std::move(atom));
            atom = std::move(repeat);
        }
    }

    bool parseBounds(RegexNode& repeat) {
        const std::size_t start = m_at++;
        const auto least = takeCount();
        auto most = least;
        if (take(','))
            most = peek() == '}' ? RegexNode::endless : takeCount();
        if (!least || !most || *most < *least || !take('}')) {
            m_at = start;
            return false;
        }
        repeat.least = *least;
        repeat.most = *most;
        return true;
    }

    std::optional<unsigned> takeCount() {
        const std::size_t start = m_at;
        unsigned value = 0;
        while (peek() >= '0' && peek() <= '9' && value <= FilterRegex::mostRepeats)
            value = value * 10 + static_cast<unsigned>(m_pattern[m_at++] - '0');
        if (m_at == start || value > FilterRegex::mostRepeats)
            return std::nullopt;
        return value;
    }

    const std::string_view m_pattern;
    std::size_t m_at = 0;
};

} // namespace

char32_t lowerCase(char32_t c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

Parsed parseRegex(std::string_view pattern) {
    return RegexParser(pattern).parse();
}

} // namespace sscope
