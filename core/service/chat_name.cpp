#include "core/service/chat_name.h"

#include <fmt/format.h>

#include "core/base/unicode_text.h"
#include "core/base/utf8.h"

namespace sscope {

namespace {

constexpr std::size_t longestTyped = 1024; // bytes; NFKC makes some characters much shorter

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const auto from = text.find_first_not_of(space);
    if (from == std::string_view::npos)
        return {};
    return text.substr(from, text.find_last_not_of(space) - from + 1);
}

tl::unexpected<std::string> refused(std::string why) {
    return tl::unexpected<std::string>(std::move(why));
}

} // namespace

tl::expected<ChatName, std::string> chatName(std::string_view typed) {
    const std::string_view given = trimmed(typed);
    if (given.empty())
        return refused("a name has at least one character");
    if (given.size() > longestTyped)
        return refused(fmt::format("a name has at most {} characters", longestChatName));
    const auto text = normalized(given);
    if (!text)
        return refused("a name is UTF-8 text");
    if (characterCount(*text) > longestChatName)
        return refused(fmt::format("a name has at most {} characters", longestChatName));
    for (std::string_view rest = *text; !rest.empty();) {
        const Utf8Step step = decodeUtf8(rest);
        if (!isNameCharacter(step.codePoint))
            return refused("a name has no white space, control or invisible characters");
        rest.remove_prefix(step.length);
    }
    if (text->front() == '/')
        return refused("a name does not begin with '/'");
    ChatName name{*text, foldedCase(*text)};
    if (name.key.empty() || name.key == "server")
        return refused("this name is the server's own");
    return name;
}

} // namespace sscope
