#include "core/base/byte_literals.h"

#include <fmt/format.h>

namespace sscope {

namespace {

constexpr std::size_t bytesInLine = 12;
constexpr std::string_view digits = "0123456789abcdef";

void appendHex(std::string& out, std::byte byte) {
    const auto value = std::to_integer<unsigned>(byte);
    out += digits[value >> 4];
    out += digits[value & 0xf];
}

} // namespace

std::string hexDigits(ByteView bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::byte byte : bytes)
        appendHex(out, byte);
    return out;
}

std::string cArray(ByteView bytes) {
    if (bytes.empty())
        return "static const unsigned char data[1] = {0};\n"
               "static const unsigned long data_size = 0;\n";
    std::string out = fmt::format("static const unsigned char data[{}] = {{", bytes.size());
    out.reserve(bytes.size() * 6 + bytes.size() / 2 + 128);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out += i % bytesInLine == 0 ? "\n    0x" : " 0x";
        appendHex(out, bytes[i]);
        out += ',';
    }
    out += fmt::format("\n}};\nstatic const unsigned long data_size = {};\n", bytes.size());
    return out;
}

std::string pythonBytes(ByteView bytes) {
    std::string out = "b'";
    out.reserve(bytes.size() * 2 + 3);
    for (const std::byte byte : bytes) {
        const auto c = static_cast<char>(byte);
        switch (c) {
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\\':
        case '\'':
            out += '\\';
            out += c;
            break;
        default:
            if (c >= 0x20 && c < 0x7f) {
                out += c;
            } else {
                out += "\\x";
                appendHex(out, byte);
            }
        }
    }
    out += '\'';
    return out;
}

} // namespace sscope
