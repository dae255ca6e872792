#include "core/diagnostics/filter_regex.h"

#include <algorithm>
#include <string>

#include <re2/re2.h>

namespace sscope {

namespace {

constexpr int mostMemory = 1 << 20; // of the program and its automata

re2::StringPiece pieceOf(std::string_view text) {
    return {text.data(), text.size()};
}

re2::RE2::Options options() {
    re2::RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    options.set_max_mem(mostMemory);
    options.set_never_capture(true);
    return options;
}

/// RE2 names the part at fault, not its place; of a group that is not closed, the whole pattern.
std::size_t faultOffset(const re2::RE2& regex, std::string_view pattern) {
    const std::string& part = regex.error_arg();
    const bool isAtEnd = part.empty() || regex.error_code() == re2::RE2::ErrorMissingParen ||
                         regex.error_code() == re2::RE2::ErrorUnexpectedParen;
    return isAtEnd ? pattern.size() : std::min(pattern.find(part), pattern.size());
}

} // namespace

tl::expected<FilterRegex, std::size_t> FilterRegex::compile(std::string_view pattern) {
    if (pattern.size() > mostBytes)
        return tl::unexpected(mostBytes);
    FilterRegex compiled;
    const auto regex = std::make_shared<const re2::RE2>(pieceOf(pattern), options());
    if (!regex->ok())
        return tl::unexpected(faultOffset(*regex, pattern));
    compiled.m_regex = regex;
    return compiled;
}

bool FilterRegex::isFoundIn(std::string_view text) const {
    return m_regex && re2::RE2::PartialMatch(pieceOf(text), *m_regex);
}

} // namespace sscope
