#include "core/base/hex_text.h"

#include <algorithm>
#include <utility>

#include "core/base/hex.h"
#include "core/base/hex_dump.h"
#include "core/base/utf8.h"

namespace sscope {

namespace {

using Kind = HexFault::Kind;

tl::unexpected<HexFault> failed(std::string_view text, std::size_t at, Kind kind) {
    HexFault fault{.kind = kind};
    std::string_view before = text.substr(0, std::min(at, text.size()));
    while (!before.empty()) {
        const bool isEnd = before.front() == '\n';
        fault.line += isEnd ? 1 : 0;
        fault.column = isEnd ? 1 : fault.column + 1;
        before.remove_prefix(decodeUtf8(before).length);
    }
    return tl::unexpected(fault);
}

bool isWhite(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::byte byteAt(std::string_view text, std::size_t at) {
    return static_cast<std::byte>(hexDigit(text[at]) << 4 | hexDigit(text[at + 1]));
}

std::size_t digitsAt(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && hexDigit(text[end]) >= 0)
        ++end;
    return end - at;
}

bool hasPrefix(std::string_view text, std::size_t at) {
    return at + 1 < text.size() && text[at] == '0' && (text[at + 1] == 'x' || text[at + 1] == 'X');
}

/// `\x41\x42`, as Python and Wireshark write it: quotes, and a backslash at a line's end, are
/// passed over.
HexBytes readEscaped(std::string_view text) {
    std::vector<std::byte> bytes;
    std::size_t i = 0;
    while (i < text.size()) {
        const char c = text[i];
        const std::string_view rest = text.substr(i);
        if (isWhite(c) || c == '"' || c == '\'' || c == ',' || c == ';' ||
            rest.starts_with("b\"") || rest.starts_with("b'") || rest.starts_with("\\\n") ||
            rest.starts_with("\\\r\n")) {
            ++i;
            continue;
        }
        if (!rest.starts_with("\\x") && rest != "\\")
            return failed(text, i, Kind::NotHex);
        if (rest == "\\")
            break;
        const std::size_t digits = digitsAt(text, i + 2);
        if (digits < 2)
            return failed(text, i + 2 + digits, digits == 1 ? Kind::HalfByte : Kind::NotHex);
        bytes.push_back(byteAt(text, i + 2));
        i += 4;
    }
    return bytes;
}

/// The end of a comment that begins here; the place itself where there is none.
std::size_t afterComment(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    const std::string_view end = rest.starts_with("/*")   ? "*/"
                                 : rest.starts_with("//") ? "\n"
                                                          : std::string_view();
    if (end.empty())
        return at;
    const std::size_t found = text.find(end, at + 2);
    return found == std::string_view::npos ? text.size() : found + end.size();
}

/// Whether braces open here around numbers as C writes bytes.
bool isArray(std::string_view text) {
    std::size_t at = text.find('{');
    if (at == std::string_view::npos)
        return false;
    for (++at; at < text.size();) {
        const std::size_t after = isWhite(text[at]) ? at + 1 : afterComment(text, at);
        if (after == at)
            break;
        at = after;
    }
    return hasPrefix(text, at);
}

/// What stands between the braces of an array; its declaration, and its length's, are not read.
HexBytes readArray(std::string_view text) {
    std::vector<std::byte> bytes;
    std::size_t i = text.find('{') + 1;
    while (i < text.size() && text[i] != '}') {
        if (isWhite(text[i]) || text[i] == ',') {
            ++i;
            continue;
        }
        if (const std::size_t after = afterComment(text, i); after != i) {
            i = after;
            continue;
        }
        const std::size_t digits = hasPrefix(text, i) ? digitsAt(text, i + 2) : 0;
        if (digits == 0)
            return failed(text, i, Kind::NotHex);
        if (digits > 2)
            return failed(text, i, Kind::ByteOrder);
        bytes.push_back(digits == 2 ? byteAt(text, i + 2)
                                    : static_cast<std::byte>(hexDigit(text[i + 2])));
        i += 2 + digits;
    }
    if (const std::size_t other = text.find('{', i); other != std::string_view::npos)
        return failed(text, other, Kind::TwoArrays);
    return bytes;
}

HexBytes readPlain(std::string_view text) {
    std::vector<std::byte> bytes;
    bytes.reserve(text.size() / 2);
    std::size_t i = 0;
    while (i < text.size()) {
        const char c = text[i];
        if (isWhite(c) || c == ',' || c == ':' || c == ';') {
            ++i;
            continue;
        }
        const bool isPrefixed = hasPrefix(text, i);
        i += isPrefixed ? 2 : 0;
        const std::size_t digits = digitsAt(text, i);
        if (digits == 0)
            return failed(text, i, Kind::NotHex);
        if (isPrefixed && digits > 2)
            return failed(text, i - 2, Kind::ByteOrder);
        if (digits % 2 != 0)
            return failed(text, i + digits - 1, Kind::HalfByte);
        for (const std::size_t end = i + digits; i < end; i += 2)
            bytes.push_back(byteAt(text, i));
    }
    return bytes;
}

} // namespace

HexBytes readHexText(std::string_view text) {
    if (auto dump = readHexDump(text))
        return *std::move(dump);
    const std::size_t first = text.find_first_not_of(" \t\r\n\"'b");
    if (first != std::string_view::npos && text[first] == '\\')
        return readEscaped(text);
    if (isArray(text))
        return readArray(text);
    return readPlain(text);
}

std::string_view hexFaultReason(HexFault::Kind kind) {
    switch (kind) {
    case Kind::NotHex:
        return "this is no hex digit";
    case Kind::HalfByte:
        return "a byte has two digits";
    case Kind::OffsetOrBytes:
        return "this may be an offset or bytes";
    case Kind::OutOfStep:
        return "this offset does not follow from the lines above";
    case Kind::ByteOrder:
        return "these bytes may stand in either order";
    case Kind::TextDiffers:
        return "the characters are not those of the bytes";
    case Kind::TwoArrays:
        return "a second array begins";
    case Kind::RepeatsUnclear:
        return "the line above may be repeated more or less often";
    case Kind::TooLong:
        return "the repeated lines make more than 16 MiB";
    }
    return {};
}

} // namespace sscope
