#include "core/base/display_text.h"

#include <array>

#include <fmt/format.h>

#include "core/base/utf8.h"

namespace sscope {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// Unicode 15: controls, marks that reorder or hide text, separators that break a row, tags.
// U+200C and U+200D stay: scripts and emoji are made with them.
constexpr std::array hiddenRanges{
    Range{0x00, 0x1F},     Range{0x7F, 0x9F},       Range{0xAD, 0xAD},        Range{0x61C, 0x61C},
    Range{0x180E, 0x180E}, Range{0x200B, 0x200B},   Range{0x200E, 0x200F},    Range{0x2028, 0x202E},
    Range{0x2060, 0x206F}, Range{0xFEFF, 0xFEFF},   Range{0xFFF9, 0xFFFB},    Range{0xE000, 0xF8FF},
    Range{0xFFFE, 0xFFFF}, Range{0xE0000, 0xE007F}, Range{0xF0000, 0x10FFFF},
};

std::string escapeOf(char32_t c) {
    switch (c) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case 0:
        return "\\0";
    default:
        break;
    }
    if (c < 0x80)
        return fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    return c < 0x10000 ? fmt::format("\\u{:04x}", static_cast<unsigned>(c))
                       : fmt::format("\\U{:08x}", static_cast<unsigned>(c));
}

template <typename Sink>
void walk(std::string_view text, Sink&& sink) {
    while (!text.empty()) {
        const Utf8Step step = decodeUtf8(text);
        if (!step.valid) {
            for (const char byte : text.substr(0, step.length))
                sink(fmt::format("\\x{:02x}", static_cast<unsigned char>(byte)), true);
        } else if (isHiddenCharacter(step.codePoint)) {
            sink(escapeOf(step.codePoint), true);
        } else {
            sink(text.substr(0, step.length), false);
        }
        text.remove_prefix(step.length);
    }
}

} // namespace

bool isHiddenCharacter(char32_t c) {
    if (c >= 0x20 && c < 0x7F)
        return false;
    for (const Range& range : hiddenRanges) {
        if (c >= range.first && c <= range.last)
            return true;
    }
    return false;
}

DisplayText displayRuns(std::string_view text) {
    DisplayText shown;
    walk(text, [&](std::string_view piece, bool isEscape) {
        if (shown.runs.empty() || shown.runs.back().isEscape != isEscape)
            shown.runs.push_back({{}, isEscape});
        shown.runs.back().text += piece;
    });
    return shown;
}

std::string displaySafe(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    walk(text, [&](std::string_view piece, bool) { shown += piece; });
    return shown;
}

} // namespace sscope
