#include "core/diagnostics/table_layout.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/utf8.h"

namespace sscope {

namespace {

std::size_t columnsOf(char32_t c) {
    constexpr std::array<std::pair<char32_t, char32_t>, 11> wide{{
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F900, 0x1F9FF},
        {0x20000, 0x3FFFD},
    }};
    constexpr std::pair<char32_t, char32_t> combining{0x0300, 0x036F};
    if (c >= combining.first && c <= combining.second)
        return 0;
    const bool isWide = std::ranges::any_of(
        wide, [c](const auto& range) { return range.first <= c && c <= range.second; });
    return isWide ? 2 : 1;
}

} // namespace

std::size_t columnsOf(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const Utf8Step step = decodeUtf8(text);
        columns += columnsOf(step.codePoint);
        text.remove_prefix(step.length);
    }
    return columns;
}

std::string padLeft(std::string_view text, std::size_t columns) {
    const std::size_t taken = columnsOf(text);
    return std::string(columns - std::min(columns, taken), ' ').append(text);
}

std::string padRight(std::string_view text, std::size_t columns) {
    const std::size_t taken = columnsOf(text);
    return std::string(text).append(columns - std::min(columns, taken), ' ');
}

std::string_view cutToColumns(std::string_view text, std::size_t columns) {
    std::size_t taken = 0;
    std::size_t bytes = 0;
    while (bytes < text.size()) {
        const Utf8Step step = decodeUtf8(text.substr(bytes));
        taken += columnsOf(step.codePoint);
        if (taken > columns)
            break;
        bytes += step.length;
    }
    return text.substr(0, bytes);
}

} // namespace sscope
