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

SocketFilter::SocketFilter(std::string_view text) {
    std::string word;
    const auto finish = [&] {
        if (!word.empty())
            m_terms.push_back({word, wholeNumber(word)});
        word.clear();
    };
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n')
            finish();
        else
            word += lower(c);
    }
    finish();
}

bool SocketFilter::matches(const SocketRow& row) const {
    return std::ranges::all_of(m_terms, [&](const Term& term) {
        return term.number ? hasNumber(row, *term.number) : shows(row, term.word);
    });
}

OwnerWord ownerWord(const SocketRow& row) {
    if (!row.owners.empty())
        return OwnerWord::Named;
    if (!row.ownersKnown)
        return OwnerWord::NoPermission;
    return row.inode == 0 ? OwnerWord::Kernel : OwnerWord::None;
}

} // namespace sscope
