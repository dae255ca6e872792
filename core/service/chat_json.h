#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/strict_json.h"

namespace sscope {

/// Writes one JSON object, member by member.
class ChatJson {
public:
    void text(std::string_view key, std::string_view value) { raw(key, jsonString(value)); }
    void number(std::string_view key, std::uint64_t value) { raw(key, std::to_string(value)); }
    void flag(std::string_view key, bool value) { raw(key, value ? "true" : "false"); }
    void raw(std::string_view key, std::string_view value) {
        m_text += m_text.empty() ? '{' : ',';
        m_text += jsonString(key);
        m_text += ':';
        m_text += value;
    }
    std::string take() {
        if (m_text.empty())
            m_text += '{';
        m_text += '}';
        return std::move(m_text);
    }

private:
    std::string m_text;
};

} // namespace sscope
