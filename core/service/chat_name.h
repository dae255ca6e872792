#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace sscope {

constexpr std::size_t longestChatName = 32; // characters

/// What a person or a room is called, and the key by which two of them are the same.
struct ChatName {
    std::string text{}; // NFKC
    std::string key{};  // without case
};

/// A name as it was typed, or why it cannot be one: 1 to 32 characters after NFKC, none of them
/// white space, a control, a bidi mark or otherwise invisible. Spaces around it are dropped.
tl::expected<ChatName, std::string> chatName(std::string_view typed);

} // namespace sscope
