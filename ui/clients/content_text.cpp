#include "ui/clients/content_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/display_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

constexpr std::size_t indent = 2;
constexpr std::size_t bytesInLine = 16;

} // namespace

std::string indentedJson(std::string_view text) {
    std::string out;
    std::size_t depth = 0;
    bool inString = false;
    const auto newLine = [&] { out.append("\n").append(depth * indent, ' '); };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            out += c;
            if (c == '\\' && i + 1 < text.size())
                out += text[++i];
            inString = c != '"';
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            continue;
        const auto next = text.find_first_not_of(" \t\r\n", i + 1);
        const bool isEmpty = (c == '{' || c == '[') && next != std::string_view::npos &&
                             (text[next] == '}' || text[next] == ']');
        if (isEmpty) {
            out.append({c, text[next]});
            i = next;
        } else if (c == '{' || c == '[') {
            out += c;
            ++depth;
            newLine();
        } else if (c == '}' || c == ']') {
            depth -= depth > 0 ? 1 : 0;
            newLine();
            out += c;
        } else {
            out += c;
            inString = c == '"';
            if (c == ',')
                newLine();
            else if (c == ':')
                out += ' ';
        }
    }
    return out;
}

QString safeLines(std::string_view utf8) {
    QString all;
    while (!utf8.empty()) {
        const std::size_t end = std::min(utf8.find('\n'), utf8.size());
        std::string_view line = utf8.substr(0, end);
        while (!line.empty()) { // a tab stays what it is
            const std::size_t tab = std::min(line.find('\t'), line.size());
            all += toQString(displaySafe(line.substr(0, tab)));
            if (tab < line.size())
                all += QLatin1Char('\t');
            line.remove_prefix(std::min(tab + 1, line.size()));
        }
        if (end < utf8.size())
            all += QLatin1Char('\n');
        utf8.remove_prefix(std::min(end + 1, utf8.size()));
    }
    return all;
}

QString hexDump(ByteView bytes) {
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += bytesInLine) {
        const ByteView line = bytes.subspan(at, std::min(bytesInLine, bytes.size() - at));
        out += fmt::format("{:08x} ", at);
        std::string characters;
        for (std::size_t i = 0; i < bytesInLine; ++i) {
            if (i == bytesInLine / 2)
                out += ' ';
            if (i >= line.size()) {
                out += "   ";
                continue;
            }
            const auto value = std::to_integer<unsigned>(line[i]);
            out += fmt::format(" {:02x}", value);
            characters += value >= 0x20 && value < 0x7f ? static_cast<char>(value) : '.';
        }
        out += "  " + characters + "\n";
    }
    return toQString(out);
}

} // namespace sscope
