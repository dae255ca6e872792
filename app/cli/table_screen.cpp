#include "app/cli/table_screen.h"

#include <algorithm>
#include <vector>

#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/diagnostics/table_layout.h"

namespace sscope::cli {

namespace {

// ECMA-48: to the top left, erase the line, erase what is below.
constexpr std::string_view home = "\x1b[H";
constexpr std::string_view wholeLine = "\x1b[2K";
constexpr std::string_view allBelow = "\x1b[J";

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

} // namespace

bool paintsScreen() {
    return ::isatty(STDOUT_FILENO) != 0;
}

std::string screenPicture(std::string_view text, std::size_t rows, std::size_t columns) {
    const std::vector<std::string_view> lines = linesOf(text);
    const bool isCut = lines.size() > rows;
    const std::size_t shown = isCut ? rows - 1 : lines.size();
    std::string picture(home);
    for (std::size_t i = 0; i < shown; ++i) {
        picture += wholeLine; // first: behind a full line it would take the last character
        picture += cutToColumns(lines[i], columns);
        if (i + 1 < rows)
            picture += '\n';
    }
    if (isCut)
        picture += cutToColumns(fmt::format("... {} more lines", lines.size() - shown), columns);
    return lines.size() == rows ? picture : picture.append(allBelow);
}

std::string screenPicture(std::string_view text) {
    winsize size{};
    ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    constexpr std::size_t usualRows = 24, usualColumns = 80; // where a terminal does not tell
    return screenPicture(text, size.ws_row == 0 ? usualRows : size.ws_row,
                         size.ws_col == 0 ? usualColumns : size.ws_col);
}

} // namespace sscope::cli
