#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// From least to most, both within; nothing where least is above most.
struct NumberRange {
    std::uint64_t least = 0;
    std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    [[nodiscard]] bool has(std::uint64_t value) const { return least <= value && value <= most; }
};

enum class NumberUnit : std::uint8_t {
    Plain,
    Bytes, // "64k" is 65536, as in the options of the command line; "64KiB", "1.5M"
    RttUs, // "5ms", "800us", "1s"; milliseconds without a unit
    AgeNs, // "3m", "2h", "2m50s", "300ms"; seconds without a unit
};
/// In the unit: bytes, microseconds, nanoseconds.
std::optional<std::uint64_t> filterNumber(std::string_view text, NumberUnit unit);

/// An address or the network that it stands for; a mapped address is that of IPv4.
struct AddressRange {
    IpAddress network;
    unsigned prefix = 0; // bits that count
    [[nodiscard]] bool has(const IpAddress& address) const;
};
/// "192.0.2.7", "10.0.0.0/8", "fe80::/10", "[::1]". A %zone is not understood.
std::optional<AddressRange> addressRange(std::string_view text);

} // namespace sscope
