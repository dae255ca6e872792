#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "core/base/bytes.h"

namespace sscope {

/// Why a text cannot be read as bytes, and where.
struct HexFault {
    enum class Kind {
        NotHex,        // another character stands where a digit should
        HalfByte,      // a digit without its other one
        OffsetOrBytes, // the first word may be either
        OutOfStep,     // an offset that does not follow from the line above
        ByteOrder,     // a group of several bytes that may stand in either order
        TextDiffers,   // the characters at the right are not those of the bytes
        TwoArrays,
        RepeatsUnclear, // how often a line repeats, for want of the offsets' base
        TooLong,        // a dump whose repeated lines make more than 16 MiB
    };

    Kind kind = Kind::NotHex;
    std::size_t line = 1;
    std::size_t column = 1; // in characters

    bool operator==(const HexFault&) const = default;
};

using HexBytes = tl::expected<std::vector<std::byte>, HexFault>;

/// Bytes as people paste them: hex digits with spaces, commas, colons and 0x; `\x41\x42`, in quotes
/// or not; an array of C; and dumps (hex_dump.h). What could be read in two ways is refused.
HexBytes readHexText(std::string_view text);

/// The reason in English: "not a hex digit".
std::string_view hexFaultReason(HexFault::Kind kind);

} // namespace sscope
