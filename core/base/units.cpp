#include "core/base/units.h"

#include <array>
#include <charconv>
#include <limits>

#include <fmt/format.h>

namespace sscope {

namespace {

constexpr std::array<const char*, 5> unitNames{"B", "KiB", "MiB", "GiB", "TiB"};

std::optional<unsigned> shiftOf(std::string_view unit) {
    if (unit.empty() || unit == "B")
        return 0;
    constexpr std::string_view letters = "KMGT";
    const auto at = letters.find(static_cast<char>(unit[0] & ~0x20)); // upper case
    const std::string_view rest = unit.substr(1);
    if (at == std::string_view::npos || !(rest.empty() || rest == "iB" || rest == "B"))
        return std::nullopt;
    return static_cast<unsigned>(at + 1) * 10;
}

} // namespace

std::string formatBytes(std::uint64_t bytes) {
    if (bytes < 1024)
        return fmt::format("{} B", bytes);
    std::size_t unit = 1;
    double value = static_cast<double>(bytes) / 1024;
    // 1023.95 would be printed as 1024.0 of its unit.
    while (value >= 1023.95 && unit + 1 < unitNames.size()) {
        value /= 1024;
        ++unit;
    }
    return fmt::format("{:.1f} {}", value, unitNames[unit]);
}

std::string formatCount(std::uint64_t count) {
    std::string text = std::to_string(count);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ' ');
    return text;
}

std::optional<std::uint64_t> parseBytes(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc())
        return std::nullopt;
    std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    while (!unit.empty() && unit.front() == ' ')
        unit.remove_prefix(1);
    const auto shift = shiftOf(unit);
    if (!shift || value > (std::numeric_limits<std::uint64_t>::max() >> *shift))
        return std::nullopt;
    return value << *shift;
}

} // namespace sscope
