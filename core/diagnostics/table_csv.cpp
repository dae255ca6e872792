#include "core/diagnostics/table_csv.h"

#include <array>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/display_text.h"
#include "core/diagnostics/table_printer.h"

namespace sscope {

namespace {

constexpr std::array plainKeys{
    "protocol",   "family",        "type",       "state",          "recv_queue",
    "send_queue", "local_address", "local_port", "remote_address", "remote_port",
    "path",       "uid",           "user",       "inode",          "cookie",
};
constexpr std::array timerKeys{"name", "expires_ms", "retransmits"};
constexpr std::array tcpInfoKeys{
    "rtt_us",         "rtt_var_us",  "cwnd",          "retransmits_total",
    "bytes_received", "bytes_acked", "delivery_rate", "unacked",
};

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

/// Empty where there is none.
std::string cellText(const nlohmann::ordered_json& value) {
    if (value.is_null())
        return {};
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// What is one value in JSON is one cell; owners are "pid/command fd N" joined by "; ", an object
/// is a cell for each of the keys that are worth a column.
std::vector<std::string> cellsOf(const SocketRow& row) {
    const nlohmann::ordered_json json = toJson(row);
    std::vector<std::string> cells;
    for (const char* key : plainKeys)
        cells.push_back(cellText(json[key]));
    std::string owners;
    for (const SocketOwner& owner : row.owners)
        owners += fmt::format("{}{}/{} fd {}", owners.empty() ? "" : "; ", owner.process->pid,
                              displaySafe(owner.process->command), owner.fd);
    cells.push_back(std::move(owners));
    cells.push_back(cellText(json["owners_known"]));
    for (const char* key : timerKeys)
        cells.push_back(json["timer"].is_null() ? "" : cellText(json["timer"][key]));
    for (const char* key : tcpInfoKeys)
        cells.push_back(json["tcp_info"].is_null() ? "" : cellText(json["tcp_info"][key]));
    cells.push_back(cellText(json["congestion"]));
    return cells;
}

std::vector<std::string> columnNames() {
    std::vector<std::string> names(plainKeys.begin(), plainKeys.end());
    names.insert(names.end(), {"owners", "owners_known"});
    for (const char* key : timerKeys)
        names.push_back(std::string("timer_") + key);
    names.insert(names.end(), tcpInfoKeys.begin(), tcpInfoKeys.end());
    names.emplace_back("congestion");
    return names;
}

} // namespace

std::string csvLine(std::span<const std::string> cells) {
    std::string line;
    for (const std::string& cell : cells) {
        if (&cell != &cells.front())
            line += ',';
        line += csvCell(cell);
    }
    return line + '\n';
}

std::string printCsv(std::span<const SocketRow> rows, bool withHeader) {
    std::string text;
    if (withHeader)
        text += csvLine(columnNames());
    for (const SocketRow& row : rows)
        text += csvLine(cellsOf(row));
    return text;
}

} // namespace sscope
