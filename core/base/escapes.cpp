#include "core/base/escapes.h"

#include <optional>

#include "core/base/hex.h"
#include "core/base/utf8.h"

namespace sscope {

namespace {

std::optional<unsigned> readDigits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size())
        return std::nullopt;
    unsigned value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        const int digit = hexDigit(text[i]);
        if (digit < 0)
            return std::nullopt;
        value = value << 4 | static_cast<unsigned>(digit);
    }
    return value;
}

Escape readUnicode(std::string_view text, std::size_t at) {
    const auto unit = readDigits(text, at + 1, 4);
    if (!unit || (*unit >= 0xDC00 && *unit <= 0xDFFF))
        return {};
    Escape escape{{}, 5};
    char32_t codePoint = *unit;
    if (*unit >= 0xD800 && *unit <= 0xDBFF) {
        if (text.substr(at + 5, 2) != "\\u")
            return {};
        const auto low = readDigits(text, at + 7, 4);
        if (!low || *low < 0xDC00 || *low > 0xDFFF)
            return {};
        codePoint = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
        escape.length = 11;
    }
    appendUtf8(escape.bytes, codePoint);
    return escape;
}

} // namespace

Escape readEscape(std::string_view text, std::size_t at) {
    if (at >= text.size())
        return {};
    switch (text[at]) {
    case 'n':
        return {"\n", 1};
    case 'r':
        return {"\r", 1};
    case 't':
        return {"\t", 1};
    case '0':
        return {std::string(1, '\0'), 1};
    case '\\':
        return {"\\", 1};
    case 'x':
        if (const auto value = readDigits(text, at + 1, 2))
            return {std::string(1, static_cast<char>(*value)), 3, true};
        return {};
    case 'u':
        return readUnicode(text, at);
    default:
        return {};
    }
}

Result<std::string> readEscapes(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    std::size_t i = 0;
    while (i < text.size()) {
        if (text[i] != '\\') {
            out += text[i++];
            continue;
        }
        const Escape escape = readEscape(text, i + 1);
        if (escape.length == 0)
            return Failure(faultError(Fault::BadEscape, "read escapes", {}, std::to_string(i + 1)));
        out += escape.bytes;
        i += 1 + escape.length;
    }
    return out;
}

} // namespace sscope
