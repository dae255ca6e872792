#include "core/service/chat_mask.h"

#include <algorithm>
#include <utility>

namespace sscope {

namespace {

constexpr std::byte hidden{'*'};
// The length of a first header is under 8 KiB; no line begins so.
constexpr unsigned firstOfLines = 0x20;
// A key that may be one of ours is not longer; escapes in it hide it from us, so its value is
// hidden too.
constexpr std::size_t longestKey = 64;

bool isSecretKey(const std::string& key) {
    return key == "password" || key == "resume" || key.find('\\') != std::string::npos;
}

} // namespace

ByteView ChatMask::ofStream(ByteView wire) {
    if (m_isFinished || wire.empty())
        return wire;
    if (!m_isKnown) {
        m_isKnown = true;
        m_isLines =
            m_form == Form::Received && std::to_integer<unsigned>(wire.front()) >= firstOfLines;
    }
    if (m_isLines && !m_hidesLines)
        return wire;
    m_copy.assign(wire.begin(), wire.end());
    if (m_isLines)
        hideAfterFirstLine(m_isPastLine, m_copy);
    else
        hideJson(m_walk, m_copy);
    return m_copy;
}

ByteView ChatMask::ofMessage(ByteView content) {
    if (m_isFinished)
        return content;
    m_copy.assign(content.begin(), content.end());
    if (!m_isLines) {
        Walk walk;
        hideJson(walk, m_copy);
    } else if (m_hidesLines && std::exchange(m_isPastMessage, true)) {
        std::ranges::fill(m_copy, hidden);
    }
    return m_copy;
}

void ChatMask::hideAfterFirstLine(bool& isPast, std::vector<std::byte>& bytes) const {
    for (std::byte& byte : bytes) {
        const bool isEnd = byte == std::byte{'\n'};
        if (isPast && !isEnd)
            byte = hidden;
        isPast = isPast || isEnd;
    }
}

void ChatMask::hideJson(Walk& walk, std::vector<std::byte>& bytes) const {
    for (std::byte& byte : bytes) {
        const char c = static_cast<char>(byte);
        if (walk.isInString) {
            const bool isEnd = c == '"' && !walk.isEscape;
            walk.isEscape = c == '\\' && !walk.isEscape;
            if (isEnd) {
                walk.isInString = false;
                walk.isSecret = false;
            } else if (walk.isValue && walk.isSecret) {
                byte = hidden;
            } else if (!walk.isValue && walk.last.size() < longestKey) {
                walk.last += c;
            }
        } else if (c == '{' || c == '[') {
            ++walk.depth;
            walk.isValue = false;
        } else if (c == '}' || c == ']') {
            walk.depth = std::max(walk.depth - 1, 0);
            walk.isValue = false;
        } else if (walk.depth == 0) {
            continue; // between two texts: a length
        } else if (c == ':') {
            walk.isValue = true;
            walk.isSecret = isSecretKey(walk.last);
        } else if (c == ',') {
            walk.isValue = false;
        } else if (c == '"') {
            walk.isInString = true;
            if (!walk.isValue)
                walk.last.clear();
        }
    }
}

} // namespace sscope
