#include "core/diagnostics/filter_reader.h"

#include <algorithm>

#include "core/base/display_text.h"
#include "core/base/utf8.h"

namespace sscope {

namespace {

bool isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool endsWord(char c) {
    return isSpace(c) || c == '(' || c == ')';
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::size_t charactersIn(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count)
        text.remove_prefix(decodeUtf8(text).length);
    return count;
}

} // namespace

void FilterReader::skipSpace() {
    while (!isAtEnd() && isSpace(m_text[m_at]))
        ++m_at;
}

bool FilterReader::take(char c) {
    if (isAtEnd() || m_text[m_at] != c)
        return false;
    ++m_at;
    return true;
}

std::string_view FilterReader::peekPlain() const {
    const std::string_view rest = m_text.substr(m_at);
    const auto end = std::ranges::find_if(rest, endsWord);
    return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

std::string_view FilterReader::peekLetters() const {
    const std::string_view rest = m_text.substr(m_at);
    const auto end = std::ranges::find_if_not(rest, isLetter);
    return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

tl::expected<FilterWord, FilterFault> FilterReader::takeWord() {
    if (peek() == '"' || peek() == '\'')
        return takeQuoted();
    FilterWord word;
    word.begin = m_at;
    if (const auto last = closingSlash()) {
        word.kind = FilterWord::Kind::Regex;
        word.text = m_text.substr(m_at + 1, *last - m_at - 1);
        m_at = *last + 1;
        return word;
    }
    word.text = peekPlain();
    m_at += word.text.size();
    return word;
}

tl::expected<FilterWord, FilterFault> FilterReader::takeQuoted() {
    FilterWord word{FilterWord::Kind::Quoted, {}, m_at};
    const char quote = m_text[m_at++];
    while (!isAtEnd() && m_text[m_at] != quote) {
        const bool isEscaped = m_text[m_at] == '\\' && m_at + 1 < m_text.size() &&
                               (m_text[m_at + 1] == quote || m_text[m_at + 1] == '\\');
        m_at += isEscaped ? 1 : 0;
        word.text += m_text[m_at++];
    }
    if (!take(quote))
        return FilterFailure(faultAt(m_text.size(), FilterExpectation::ClosingQuote));
    return word;
}

std::optional<std::size_t> FilterReader::closingSlash() const {
    if (peek() != '/')
        return std::nullopt;
    std::size_t slashes = 1;
    for (std::size_t i = m_at + 1; i < m_text.size(); ++i) {
        if (m_text[i] == '\\') {
            ++i;
        } else if (m_text[i] == '/') {
            ++slashes;
            if (i > m_at + 1 && (i + 1 == m_text.size() || endsWord(m_text[i + 1])))
                return i;
        } else if (isSpace(m_text[i]) && slashes > 1) {
            return std::nullopt; // the path of a socket, not "/no permission/"
        }
    }
    return std::nullopt;
}

FilterFault FilterReader::faultAt(std::size_t position, FilterExpectation expected) const {
    constexpr std::size_t mostShown = 40;
    const std::string_view rest = m_text.substr(std::min(position, m_text.size()));
    const auto end = std::ranges::find_if(rest, isSpace);
    const auto length = static_cast<std::size_t>(end - rest.begin());
    FilterFault fault;
    fault.column = charactersIn(m_text.substr(0, m_text.size() - rest.size())) + 1;
    fault.found = displaySafe(utf8Prefix(rest.substr(0, length), mostShown));
    fault.expected = expected;
    return fault;
}

} // namespace sscope
