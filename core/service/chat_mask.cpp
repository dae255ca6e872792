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
    if (wire.empty())
        return wire;
    if (!std::exchange(m_isKnown, true)) {
        m_isLines = std::to_integer<unsigned>(wire.front()) >= firstOfLines;
        m_walk.hasLengths = !m_isLines;
    }
    const bool isPlain = m_isLines ? !m_hidesLines : m_isFinished && m_walk.texts >= m_textsToHide;
    if (isPlain)
        return wire;
    m_copy.assign(wire.begin(), wire.end());
    if (hasSecretLines())
        hideAfterFirstLine(m_isPastLine, m_copy);
    else
        hideJson(m_walk, m_copy);
    return m_copy;
}

ByteView ChatMask::ofMessage(ByteView content) {
    ++m_messages;
    if (m_isFinished || (m_isLines && !m_hidesLines))
        return content;
    m_copy.assign(content.begin(), content.end());
    if (!hasSecretLines()) {
        Walk walk;
        hideJson(walk, m_copy);
    } else if (std::exchange(m_isPastMessage, true)) {
        std::ranges::fill(m_copy, hidden);
    }
    return m_copy;
}

void ChatMask::finish() {
    m_hidesLines = false;
    if (m_form == Form::Received || std::exchange(m_isFinished, true))
        return;
    m_textsToHide = 2 * m_messages; // some may wait to be sent
}

void ChatMask::hideAfterFirstLine(bool& isPast, std::vector<std::byte>& bytes) {
    for (std::byte& byte : bytes) {
        const bool isEnd = byte == std::byte{'\n'};
        if (isPast && !isEnd)
            byte = hidden;
        isPast = isPast || isEnd;
    }
}

/// Of the two bytes before a header. Where contents are no JSON their count may be wrong: but a
/// length under 8 KiB begins as no text does.
bool ChatMask::isLength(Walk& walk, std::byte byte) {
    if (!walk.hasLengths || walk.depth > 0 || walk.texts % 2 != 0)
        return false;
    const bool isFirst = !walk.isInLength && std::to_integer<unsigned>(byte) < firstOfLines;
    return std::exchange(walk.isInLength, isFirst) || isFirst;
}

void ChatMask::hideJson(Walk& walk, std::vector<std::byte>& bytes) {
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
        } else if (isLength(walk, byte)) {
            continue;
        } else if (c == '{' || c == '[') {
            ++walk.depth;
            walk.isValue = false;
        } else if (c == '}' || c == ']') {
            walk.texts += walk.depth == 1 ? 1 : 0;
            walk.depth = std::max(walk.depth - 1, 0);
            walk.isValue = false;
        } else if (walk.depth == 0) {
            continue; // between two texts
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
