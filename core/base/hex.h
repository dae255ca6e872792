#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace sscope {

/// "48 65 6c": lower case, a space between bytes.
std::string toHex(ByteView bytes);

/// Bytes from hex digits. White space, commas, colons and 0x before a byte are passed over; an odd
/// digit or another character fails with its column, counted from 1.
Result<std::vector<std::byte>> fromHex(std::string_view text);

/// The value of a hex digit, or -1.
constexpr int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace sscope
