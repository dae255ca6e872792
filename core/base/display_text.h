#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sscope {

/// Text from outside, made safe to show: control characters, bidi marks and bytes that are not
/// UTF-8 stand as visible escapes (\n, \x1b, \u202e), everything else as it is.
struct DisplayText {
    struct Run {
        std::string text;
        bool isEscape = false; // shown muted where colour is at hand
    };
    std::vector<Run> runs;
};

DisplayText displayRuns(std::string_view text);
std::string displaySafe(std::string_view text);

/// True for what must never reach a terminal or a label as it is.
bool isHiddenCharacter(char32_t c);

} // namespace sscope
