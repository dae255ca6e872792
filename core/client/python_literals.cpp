#include "core/client/python_literals.h"

#include <fmt/format.h>

#include "core/base/utf8.h"

namespace sscope {

namespace {

constexpr std::size_t lineWidth = 88;

/// One byte as it stands in a literal between double quotes.
std::string escapedByte(unsigned char byte) {
    switch (byte) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    default:
        return byte >= 0x20 && byte < 0x7F ? std::string(1, static_cast<char>(byte))
                                           : fmt::format("\\x{:02x}", byte);
    }
}

} // namespace

std::string bytesLiteral(std::string_view bytes, std::size_t indent) {
    std::string literal;
    std::string part;
    std::string lineStart(indent + 5, ' ');
    lineStart.front() = '\n';
    for (const char c : bytes) {
        const std::string next = escapedByte(static_cast<unsigned char>(c));
        if (part.size() + next.size() + indent + 7 > lineWidth) {
            literal += fmt::format("{}b\"{}\"", lineStart, part);
            part.clear();
        }
        part += next;
    }
    if (literal.empty())
        return fmt::format("b\"{}\"", part);
    return fmt::format("{}{}b\"{}\"\n{:{}}", literal, lineStart, part, "", indent);
}

std::string textLiteral(std::string_view text) {
    std::string literal = "\"";
    while (!text.empty()) {
        const Utf8Step step = decodeUtf8(text);
        if (step.valid && step.codePoint < 0x80)
            literal += escapedByte(static_cast<unsigned char>(step.codePoint));
        else if (step.valid)
            literal += fmt::format("\\U{:08x}", static_cast<std::uint32_t>(step.codePoint));
        else
            literal += fmt::format("\\udc{:02x}", static_cast<unsigned char>(text.front()));
        text.remove_prefix(step.valid ? step.length : 1);
    }
    return literal + '"';
}

} // namespace sscope
