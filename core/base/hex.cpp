#include "core/base/hex.h"

namespace sscope {

std::string toHex(ByteView bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 3);
    for (const std::byte byte : bytes) {
        const auto value = std::to_integer<unsigned>(byte);
        if (!text.empty())
            text += ' ';
        text += digits[value >> 4];
        text += digits[value & 0xF];
    }
    return text;
}

Result<std::vector<std::byte>> fromHex(std::string_view text) {
    const auto bad = [&](std::size_t at) {
        return Failure(faultError(Fault::BadHex, "read hex", {}, std::to_string(at + 1)));
    };
    std::vector<std::byte> bytes;
    bytes.reserve(text.size() / 2);
    std::size_t i = 0;
    while (i < text.size()) {
        const char c = text[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':') {
            ++i;
            continue;
        }
        if (c == '0' && i + 1 < text.size() && (text[i + 1] == 'x' || text[i + 1] == 'X')) {
            i += 2;
            if (i >= text.size() || hexDigit(text[i]) < 0)
                return bad(i);
        }
        const int high = hexDigit(text[i]);
        if (high < 0)
            return bad(i);
        const int low = i + 1 < text.size() ? hexDigit(text[i + 1]) : -1;
        if (low < 0)
            return bad(i + 1);
        bytes.push_back(static_cast<std::byte>(high << 4 | low));
        i += 2;
    }
    return bytes;
}

} // namespace sscope
