#include "core/diagnostics/filter_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include <arpa/inet.h>

#include "core/diagnostics/filter_words.h"

namespace sscope {

namespace {

struct Unit {
    std::string_view word;
    double factor;
};

constexpr double kibi = 1024;
constexpr std::array sizeUnits{
    Unit{"", 1},
    Unit{"b", 1},
    Unit{"k", kibi},
    Unit{"kb", kibi},
    Unit{"kib", kibi},
    Unit{"m", kibi* kibi},
    Unit{"mb", kibi* kibi},
    Unit{"mib", kibi* kibi},
    Unit{"g", kibi* kibi* kibi},
    Unit{"gb", kibi* kibi* kibi},
    Unit{"gib", kibi* kibi* kibi},
};
constexpr std::array rttUnits{Unit{"", 1e3}, Unit{"us", 1}, Unit{"\xC2\xB5s", 1}, Unit{"ms", 1e3},
                              Unit{"s", 1e6}};
constexpr std::array ageUnits{
    Unit{"", 1e9},   Unit{"us", 1e3},   Unit{"ms", 1e6},   Unit{"s", 1e9},     Unit{"sec", 1e9},
    Unit{"m", 60e9}, Unit{"min", 60e9}, Unit{"h", 3600e9}, Unit{"d", 86400e9},
};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// One number with its unit, taken from the front of text.
std::optional<double> takeMeasure(std::string_view& text, std::span<const Unit> units) {
    // from_chars would read an exponent and "inf" too.
    const auto* const end =
        std::ranges::find_if_not(text, [](char c) { return isDigit(c) || c == '.'; });
    double value = 0;
    const auto [stop, problem] = std::from_chars(text.data(), end, value);
    if (text.empty() || !isDigit(text.front()) || problem != std::errc() || stop != end)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const auto* const next = std::ranges::find_if(text, isDigit);
    const std::string_view word = text.substr(0, static_cast<std::size_t>(next - text.data()));
    const auto unit = std::ranges::find_if(
        units, [&](const Unit& known) { return isSameWord(known.word, word); });
    if (unit == units.end())
        return std::nullopt;
    text.remove_prefix(word.size());
    return value * unit->factor;
}

std::optional<std::uint64_t> measure(std::string_view text, std::span<const Unit> units,
                                     bool mayFollow) {
    constexpr double most = 9e18; // of what a 64-bit number holds
    auto sum = takeMeasure(text, units);
    while (sum && mayFollow && !text.empty()) {
        const auto more = takeMeasure(text, units);
        sum = more ? std::optional(*sum + *more) : std::nullopt;
    }
    if (!sum || !text.empty() || !(*sum <= most))
        return std::nullopt;
    return static_cast<std::uint64_t>(std::llround(*sum));
}

std::optional<std::uint64_t> plainNumber(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace

std::optional<std::uint64_t> filterNumber(std::string_view text, NumberUnit unit) {
    switch (unit) {
    case NumberUnit::Plain:
        return plainNumber(text);
    case NumberUnit::Bytes:
        return measure(text, sizeUnits, false);
    case NumberUnit::RttUs:
        return measure(text, rttUnits, true);
    case NumberUnit::AgeNs:
        return measure(text, ageUnits, true);
    }
    return std::nullopt;
}

bool AddressRange::has(const IpAddress& shown) const {
    const IpAddress address = shown.unmapped();
    if (address.isIpv6 != network.isIpv6)
        return false;
    const std::size_t whole = prefix / 8;
    if (!std::equal(network.bytes.begin(), network.bytes.begin() + whole, address.bytes.begin()))
        return false;
    const unsigned rest = prefix % 8;
    if (rest == 0)
        return true;
    const unsigned mask = 0xFFU << (8 - rest) & 0xFFU;
    return (network.bytes[whole] & mask) == (address.bytes[whole] & mask);
}

std::optional<AddressRange> addressRange(std::string_view text) {
    const std::size_t slash = text.find('/');
    std::string host(text.substr(0, slash));
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    if (host.find('\0') != std::string::npos)
        return std::nullopt;
    AddressRange range;
    range.network.isIpv6 = host.find(':') != std::string::npos;
    const int family = range.network.isIpv6 ? AF_INET6 : AF_INET;
    if (::inet_pton(family, host.c_str(), range.network.bytes.data()) != 1)
        return std::nullopt;
    const unsigned most = range.network.isIpv6 ? 128 : 32;
    range.prefix = most;
    if (slash != std::string_view::npos) {
        const auto bits = plainNumber(text.substr(slash + 1));
        if (!bits || *bits > most)
            return std::nullopt;
        range.prefix = static_cast<unsigned>(*bits);
    }
    constexpr unsigned mappedBits = 96;
    if (range.network.isMapped() && range.prefix >= mappedBits) {
        range.network = range.network.unmapped();
        range.prefix -= mappedBits;
    }
    return range;
}

} // namespace sscope
