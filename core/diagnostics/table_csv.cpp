#include "core/diagnostics/table_csv.h"

namespace sscope {

namespace {

std::string csvCell(const std::string& text) {
    constexpr std::string_view formulaStart = "=+-@\t\r";
    const bool isFormula =
        !text.empty() && formulaStart.find(text.front()) != std::string_view::npos;
    std::string cell = isFormula ? '\'' + text : text;
    if (cell.find_first_of(",\"\r\n") == std::string::npos)
        return cell;
    std::string quoted = "\"";
    for (const char c : cell) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

} // namespace

std::string csvLine(std::span<const std::string> cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i)
        line += (i == 0 ? "" : ",") + csvCell(cells[i]);
    return line + '\n';
}

} // namespace sscope
