#include "core/diagnostics/end_text.h"

#include <charconv>

namespace sscope {

namespace {

constexpr std::size_t groupCount = 8;

/// The longest run of zeros in an IPv6 address, the first of equals, which "::" stands for (RFC
/// 5952 4.2). One group alone is written.
struct ZeroRun {
    std::size_t begin = groupCount;
    std::size_t length = 1;
};

ZeroRun longestZeros(const std::array<unsigned, groupCount>& groups) {
    ZeroRun longest;
    for (std::size_t i = 0; i < groupCount;) {
        std::size_t end = i;
        while (end < groupCount && groups[end] == 0)
            ++end;
        if (end - i > longest.length)
            longest = {i, end - i};
        i = end + 1;
    }
    return longest;
}

} // namespace

EndText::EndText(const IpAddress& address, std::uint16_t port) {
    constexpr std::size_t mappedAt = 12;
    if (!address.isIpv6) {
        addIpv4(address.bytes.data());
    } else if (address.isMapped()) {
        addIpv4(address.bytes.data() + mappedAt);
    } else {
        add('[');
        addIpv6(address.bytes);
        add(']');
    }
    add(':');
    addNumber(port);
}

void EndText::addNumber(unsigned value, int base) {
    const auto result =
        std::to_chars(m_text.data() + m_size, m_text.data() + m_text.size(), value, base);
    m_size = static_cast<std::size_t>(result.ptr - m_text.data());
}

void EndText::addIpv4(const std::uint8_t* bytes) {
    for (std::size_t i = 0; i < 4; ++i) {
        if (i > 0)
            add('.');
        addNumber(bytes[i]);
    }
}

void EndText::addIpv6(const std::array<std::uint8_t, 16>& bytes) {
    std::array<unsigned, groupCount> groups{};
    for (std::size_t i = 0; i < groupCount; ++i)
        groups[i] = static_cast<unsigned>(bytes[2 * i] << 8 | bytes[2 * i + 1]);
    const ZeroRun zeros = longestZeros(groups);
    for (std::size_t i = 0; i < groupCount; ++i) {
        if (i == zeros.begin) {
            add(':');
            i += zeros.length - 1;
            if (i + 1 == groupCount)
                add(':');
            continue;
        }
        if (i > 0)
            add(':');
        // An address of the old form ::192.0.2.7 (RFC 4291 2.5.5.1), as inet_ntop(3) writes it.
        if (i == 6 && zeros.begin == 0 && zeros.length == 6)
            return addIpv4(bytes.data() + 12);
        addNumber(groups[i], 16);
    }
}

} // namespace sscope
