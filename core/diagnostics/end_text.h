#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// An address and a port as SocketRow::localText() has them, without a string for each and some
/// times faster than inet_ntop(3): a filter writes out both ends of every row.
class EndText {
public:
    EndText(const IpAddress& address, std::uint16_t port);
    [[nodiscard]] std::string_view view() const { return {m_text.data(), m_size}; }

private:
    void add(char c) { m_text[m_size++] = c; }
    void addNumber(unsigned value, int base = 10);
    void addIpv4(const std::uint8_t* bytes);
    void addIpv6(const std::array<std::uint8_t, 16>& bytes);

    std::array<char, 64> m_text; // "[" + 45 characters + "]:65535"
    std::size_t m_size = 0;
};

} // namespace sscope
