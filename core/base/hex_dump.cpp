#include "core/base/hex_dump.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/hex.h"
#include "core/base/utf8.h"

namespace sscope {

namespace {

constexpr std::size_t mostBytes = 16 << 20;
// No program prints more in a line; a longer one is digits without a dump.
constexpr std::size_t mostGroups = 64;
constexpr std::size_t leastOffsetDigits = 4;

/// One line, read as far as it can be without its neighbours.
struct Line {
    std::size_t number = 1;
    std::string text; // without what stands around it
    std::size_t indent = 0;
    std::string_view first; // the first word, without a colon
    bool hasColon = false;
    bool isStar = false;
};

/// A way to part a line: its bytes, and whether characters at the right agree with them.
struct Reading {
    std::vector<std::byte> bytes;
    std::size_t widest = 0; // digits of the widest group
    bool hasText = false;
};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

std::size_t digitsAt(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && hexDigit(text[end]) >= 0)
        ++end;
    return end - at;
}

/// What dumps show of a byte that cannot be printed; Wireshark has a middle dot for it.
std::string withPlainDots(std::string_view text) {
    std::string out;
    constexpr std::string_view middleDot = "\xc2\xb7";
    while (!text.empty()) {
        const bool isDot = text.starts_with(middleDot);
        out += isDot ? '.' : text.front();
        text.remove_prefix(isDot ? middleDot.size() : 1);
    }
    return out;
}

std::vector<Line> linesOf(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        std::size_t indent = 0;
        while (indent < line.size() && isSpace(line[indent]))
            ++indent;
        line.remove_prefix(indent);
        while (!line.empty() && isSpace(line.back()))
            line.remove_suffix(1);
        if (!line.empty())
            lines.push_back({.number = number, .text = withPlainDots(line), .indent = indent});
    }
    for (Line& line : lines) {
        const std::string_view all = line.text;
        const std::size_t digits = digitsAt(all, 0);
        line.isStar = all == "*";
        line.hasColon = digits >= leastOffsetDigits && digits < all.size() && all[digits] == ':' &&
                        (digits + 1 == all.size() || isSpace(all[digits + 1]));
        line.first = all.substr(0, digits);
    }
    return lines;
}

std::string shown(const std::vector<std::byte>& bytes) {
    std::string text;
    for (const std::byte byte : bytes) {
        const auto c = std::to_integer<unsigned char>(byte);
        text += c >= 0x20 && c < 0x7F ? static_cast<char>(c) : '.';
    }
    return text;
}

/// Whether what follows the groups is these bytes' characters, after a gap of two spaces or more.
/// A dump that was copied may have lost the spaces at a line's end.
bool isTextOf(std::string_view rest, const std::vector<std::byte>& bytes) {
    std::string expected = shown(bytes);
    std::size_t gap = 0;
    while (gap < rest.size() && isSpace(rest[gap]))
        ++gap;
    for (const auto& [open, close] : {std::pair{'|', '|'}, std::pair{'>', '<'}}) {
        if (gap > 0 && rest.substr(gap) == open + expected + close)
            return true;
    }
    while (!expected.empty() && isSpace(expected.back()))
        expected.pop_back();
    if (!rest.ends_with(expected) || expected.empty())
        return false;
    const std::string_view between = rest.substr(0, rest.size() - expected.size());
    return between.size() >= 2 && std::ranges::all_of(between, isSpace);
}

/// All ways to part what follows a line's offset.
std::vector<Reading> readingsOf(std::string_view rest) {
    std::vector<Reading> readings;
    Reading reading;
    std::size_t at = 0;
    for (std::size_t groups = 0; groups < mostGroups; ++groups) {
        while (at < rest.size() && isSpace(rest[at]))
            ++at;
        const std::size_t digits = digitsAt(rest, at);
        const std::size_t end = at + digits;
        if (digits == 0 || digits % 2 != 0 || (end < rest.size() && !isSpace(rest[end])))
            break;
        for (std::size_t i = at; i < end; i += 2)
            reading.bytes.push_back(
                static_cast<std::byte>(hexDigit(rest[i]) << 4 | hexDigit(rest[i + 1])));
        reading.widest = std::max(reading.widest, digits);
        at = end;
        reading.hasText = at < rest.size() && isTextOf(rest.substr(at), reading.bytes);
        if (at == rest.size() || reading.hasText)
            readings.push_back(reading);
    }
    return readings;
}

/// Reads all lines, with their offsets in one base or without any.
class DumpReader {
public:
    DumpReader(const std::vector<Line>& lines, int base) : m_lines(lines), m_base(base) {}

    HexBytes read() {
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            if (!takeLine(i))
                return tl::unexpected(m_fault);
        }
        return std::move(m_bytes);
    }
    /// Lines whose offsets counted the bytes before them, but for the first.
    [[nodiscard]] std::size_t steps() const { return m_steps; }
    [[nodiscard]] std::size_t linesWithText() const { return m_linesWithText; }
    [[nodiscard]] bool hasColon() const { return m_base != 0 && m_lines.front().hasColon; }

private:
    bool fail(const Line& line, HexFault::Kind kind, std::size_t at) {
        m_fault = {kind, line.number, line.indent + at + 1};
        return false;
    }

    [[nodiscard]] std::optional<std::uint64_t> offsetOf(const Line& line) const {
        std::uint64_t offset = 0;
        const char* const end = line.first.data() + line.first.size();
        const auto [stop, problem] = std::from_chars(line.first.data(), end, offset, m_base);
        if (line.first.size() < leastOffsetDigits || stop != end || problem != std::errc())
            return std::nullopt;
        return offset;
    }

    bool takeLine(std::size_t index) {
        const Line& line = m_lines[index];
        if (line.isStar && m_base != 0 && !m_last.empty()) {
            m_repeats = true;
            return true;
        }
        std::string_view rest = line.text;
        std::size_t begin = 0;
        if (m_base != 0) {
            const auto offset = offsetOf(line);
            if (!offset)
                return fail(line, HexFault::Kind::OutOfStep, 0);
            if (!follows(line, *offset))
                return false;
            begin = line.first.size() + (line.hasColon ? 1 : 0);
            rest.remove_prefix(begin);
        }
        return rest.empty() || takeBytes(index, rest, begin);
    }

    bool follows(const Line& line, std::uint64_t offset) {
        if (!m_begin)
            m_begin = offset;
        const std::uint64_t have = *m_begin + m_bytes.size();
        if (std::exchange(m_repeats, false)) {
            if (offset < have || (offset - have) % m_last.size() != 0)
                return fail(line, HexFault::Kind::OutOfStep, 0);
            if (offset - *m_begin > mostBytes)
                return fail(line, HexFault::Kind::TooLong, 0);
            while (*m_begin + m_bytes.size() < offset)
                m_bytes.insert(m_bytes.end(), m_last.begin(), m_last.end());
        } else if (offset != have) {
            return fail(line, HexFault::Kind::OutOfStep, 0);
        }
        m_steps += m_last.empty() ? 0 : 1;
        return true;
    }

    /// The bytes that the next line's offset leaves for this one.
    [[nodiscard]] std::optional<std::uint64_t> room(std::size_t index) const {
        if (m_base == 0 || index + 1 >= m_lines.size() || m_lines[index + 1].isStar)
            return std::nullopt;
        const auto next = offsetOf(m_lines[index + 1]);
        if (!next)
            return std::nullopt;
        return *next - *m_begin - m_bytes.size();
    }

    bool takeBytes(std::size_t index, std::string_view rest, std::size_t begin) {
        const Line& line = m_lines[index];
        std::vector<Reading> readings = readingsOf(rest);
        if (const auto bytes = room(index); bytes && readings.size() > 1)
            std::erase_if(readings,
                          [&](const Reading& each) { return each.bytes.size() != *bytes; });
        // Characters that agree are no accident, and digits among them are no bytes.
        if (readings.size() > 1 && std::ranges::count_if(readings, &Reading::hasText) == 1)
            std::erase_if(readings, [](const Reading& each) { return !each.hasText; });
        if (readings.empty())
            return failAt(line, rest, begin);
        if (readings.size() > 1)
            return fail(line, HexFault::Kind::TextDiffers, begin);
        const Reading& only = readings.front();
        m_linesWithText += only.hasText ? 1 : 0;
        const bool isOneValue = std::ranges::all_of(
            only.bytes, [&](std::byte each) { return each == only.bytes.front(); });
        const bool isWide = only.widest > 2 && !only.hasText && !isOneValue;
        if (m_base != 0 && isWide && (!line.hasColon || only.widest > 4))
            return fail(line, HexFault::Kind::ByteOrder, begin + 1);
        m_last = only.bytes;
        m_bytes.insert(m_bytes.end(), m_last.begin(), m_last.end());
        return true;
    }

    /// Where the line stops to be bytes.
    bool failAt(const Line& line, std::string_view rest, std::size_t begin) {
        std::size_t at = 0;
        bool hasBytes = false;
        for (;;) {
            const std::size_t word = at;
            while (at < rest.size() && isSpace(rest[at]))
                ++at;
            const std::size_t digits = digitsAt(rest, at);
            const bool ends = at + digits == rest.size() || isSpace(rest[at + digits]);
            if (digits == 0 && hasBytes && at - word >= 2)
                return fail(line, HexFault::Kind::TextDiffers, begin + at);
            if (digits == 0 || !ends)
                return fail(line, HexFault::Kind::NotHex, begin + at + digits);
            if (digits % 2 != 0)
                return fail(line, HexFault::Kind::HalfByte, begin + at + digits - 1);
            hasBytes = true;
            at += digits;
            if (at == rest.size())
                return fail(line, HexFault::Kind::TextDiffers, begin);
        }
    }

    const std::vector<Line>& m_lines;
    const int m_base; // of the offsets; 0 without any
    std::vector<std::byte> m_bytes;
    std::vector<std::byte> m_last; // of the line above
    std::optional<std::uint64_t> m_begin;
    bool m_repeats = false;
    std::size_t m_steps = 0;
    std::size_t m_linesWithText = 0;
    HexFault m_fault;
};

bool mayHaveOffset(const Line& line) {
    const std::string_view text = line.text;
    const std::size_t digits = line.first.size();
    return line.isStar || (digits >= leastOffsetDigits && digits <= 16 &&
                           (line.hasColon || digits == text.size() || isSpace(text[digits])));
}

/// Whether the line's words are all as wide as its first: digits in groups, as well as an offset.
bool isEven(const Line& line) {
    const std::string_view text = line.text;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t digits = digitsAt(text, at);
        if (digits != line.first.size())
            return false;
        at += digits;
        while (at < text.size() && isSpace(text[at]))
            ++at;
    }
    return true;
}

/// What the offsets may count in, likeliest first: od writes seven digits, in octal or decimal, and
/// all others hex. Where lines repeat, one offset can be right in more than one base.
std::vector<int> basesOf(const Line& line) {
    constexpr std::size_t digitsOfOd = 7;
    if (line.first.size() == digitsOfOd)
        return {8, 10, 16};
    return {16, 8, 10};
}

HexBytes unclear(const std::vector<Line>& lines) {
    const auto star = std::ranges::find_if(lines, &Line::isStar);
    const Line& line = star == lines.end() ? lines.front() : *star;
    return tl::unexpected(HexFault{HexFault::Kind::RepeatsUnclear, line.number, line.indent + 1});
}

} // namespace

std::optional<HexBytes> readHexDump(std::string_view text) {
    const std::vector<Line> lines = linesOf(text);
    if (lines.empty())
        return std::nullopt;
    const bool hasColon = std::ranges::any_of(lines, &Line::hasColon);
    const bool hasOffsets = hasColon || std::ranges::all_of(lines, mayHaveOffset);
    std::optional<HexBytes> nearest; // to what was meant, where none can be read
    std::optional<HexBytes> found;
    std::size_t mostSteps = 0;
    for (const int base : hasOffsets ? basesOf(lines.front()) : std::vector<int>()) {
        if (base == 16 && found)
            break;
        DumpReader reader(lines, base);
        HexBytes bytes = reader.read();
        if (bytes && (hasColon || reader.steps() > 0 || reader.linesWithText() > 0)) {
            if (found && **found != *bytes)
                return unclear(lines);
            found = std::move(bytes);
            if (base == 16)
                break;
            continue;
        }
        if (!bytes && bytes.error().kind == HexFault::Kind::TooLong)
            return bytes;
        if (!nearest || reader.steps() > mostSteps)
            nearest = std::move(bytes);
        mostSteps = std::max(mostSteps, reader.steps());
    }
    if (found)
        return found;
    DumpReader plain(lines, 0);
    HexBytes bytes = plain.read();
    if (bytes && plain.linesWithText() > 0)
        return bytes;
    if (!hasOffsets || std::ranges::all_of(lines, isEven))
        // A gap with characters behind it is a dump, and what is wrong is there.
        return !bytes && bytes.error().kind == HexFault::Kind::TextDiffers
                   ? std::optional(std::move(bytes))
                   : std::nullopt;
    if (!*nearest)
        return nearest;
    return tl::unexpected(
        HexFault{HexFault::Kind::OffsetOrBytes, lines.front().number, lines.front().indent + 1});
}

} // namespace sscope
