#include "core/diagnostics/socket_filter.h"

#include <algorithm>
#include <charconv>

namespace sscope {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool containsWord(std::string_view text, std::string_view word) {
    const auto sameLetter = [](char shown, char wanted) { return lower(shown) == wanted; };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), sameLetter) !=
               text.end() ||
           word.empty();
}

std::optional<std::uint32_t> wholeNumber(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

bool hasNumber(const SocketRow& row, std::uint32_t number) {
    const auto hasPid = [&](const SocketOwner& owner) {
        return static_cast<std::uint32_t>(owner.process->pid) == number;
    };
    return row.localPort == number || (row.hasPeer() && row.remotePort == number) ||
           std::ranges::any_of(row.owners, hasPid);
}

bool shows(const SocketRow& row, std::string_view word) {
    const auto hasCommand = [&](const SocketOwner& owner) {
        return containsWord(owner.process->command, word);
    };
    const OwnerWord owner = ownerWord(row);
    return containsWord(protocolText(row.protocol), word) ||
           containsWord(stateText(row.state), word) || containsWord(row.localText(), word) ||
           (row.hasPeer() && containsWord(row.remoteText(), word)) ||
           containsWord(row.user, word) || std::ranges::any_of(row.owners, hasCommand) ||
           (owner == OwnerWord::NoPermission && containsWord("no permission", word)) ||
           (owner == OwnerWord::Kernel && containsWord("kernel", word));
}

} // namespace

struct FilterProgram {
    struct Term {
        std::string word; // lower case
        std::optional<std::uint32_t> number;
    };
    std::vector<Term> terms;
};

SocketFilter::SocketFilter(std::string_view text) {
    if (auto filter = parse(text))
        *this = std::move(*filter);
}

tl::expected<SocketFilter, FilterFault> SocketFilter::parse(std::string_view text) {
    auto program = std::make_shared<FilterProgram>();
    std::string word;
    const auto finish = [&] {
        if (!word.empty())
            program->terms.push_back({word, wholeNumber(word)});
        word.clear();
    };
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n')
            finish();
        else
            word += lower(c);
    }
    finish();
    SocketFilter filter;
    if (!program->terms.empty())
        filter.m_program = std::move(program);
    return filter;
}

bool SocketFilter::matches(const RowFacts& facts) const {
    return !m_program || std::ranges::all_of(m_program->terms, [&](const FilterProgram::Term& term) {
        return term.number ? hasNumber(facts.row, *term.number) : shows(facts.row, term.word);
    });
}

bool SocketFilter::needsDetails() const {
    return false;
}

bool SocketFilter::needsAge() const {
    return false;
}

OwnerWord ownerWord(const SocketRow& row) {
    if (!row.owners.empty())
        return OwnerWord::Named;
    if (!row.ownersKnown)
        return OwnerWord::NoPermission;
    return row.inode == 0 ? OwnerWord::Kernel : OwnerWord::None;
}

} // namespace sscope
