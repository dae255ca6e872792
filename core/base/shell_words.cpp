#include "core/base/shell_words.h"

namespace sscope {

Result<std::vector<std::string>> splitShellWords(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    bool inWord = false;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool isBlank = c == ' ' || c == '\t' || c == '\n';
        if (quote == 0 && isBlank) {
            if (inWord)
                words.push_back(std::exchange(word, {}));
            inWord = false;
            continue;
        }
        inWord = true;
        if (quote != 0 && c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
            quote = c;
        } else if (c == '\\' && quote != '\'' && i + 1 < text.size()) {
            const char next = text[++i];
            const bool special = next == '"' || next == '\\' || next == '$' || next == '`';
            if (quote == '"' && !special && next != '\n')
                word += '\\';
            if (next != '\n')
                word += next;
        } else {
            word += c;
        }
    }
    if (quote != 0)
        return Failure(
            faultError(Fault::BadValue, "split words", std::string(text), std::string(1, quote)));
    if (inWord)
        words.push_back(std::move(word));
    return words;
}

std::string shellQuoted(std::string_view word) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                       "0123456789_-+=:,./@%";
    if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos)
        return std::string(word);
    std::string quoted = "'";
    for (const char c : word) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + "'";
}

} // namespace sscope
