#include "core/diagnostics/table_csv.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/base/display_text.h"

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

std::string numberIf(bool isKnown, std::uint64_t number) {
    return isKnown ? std::to_string(number) : "";
}

void addTimer(std::vector<std::string>& cells, const SocketRow& row) {
    const bool isRunning = row.timer != TimerKind::None;
    cells.insert(cells.end(), {timerText(row.timer), numberIf(isRunning, row.timerExpiresMs),
                               numberIf(isRunning, row.timerRetransmits)});
}

void addTcpInfo(std::vector<std::string>& cells, const SocketRow& row) {
    const SocketDetails* details = row.details.get();
    const bool isKnown = details && details->tcpInfo && row.state != SocketState::Listen;
    const TcpInfo info = isKnown ? *details->tcpInfo : TcpInfo();
    for (const std::uint64_t value :
         {std::uint64_t(info.rttUs), std::uint64_t(info.rttVarUs),
          std::uint64_t(info.congestionWindow), std::uint64_t(info.retransmitsTotal),
          info.bytesReceived, info.bytesAcked, info.deliveryRate, std::uint64_t(info.unacked)})
        cells.push_back(numberIf(isKnown, value));
}

/// What is empty is null in JSON.
std::vector<std::string> cellsOf(const SocketRow& row) {
    const bool isInetRow = isInet(row.protocol);
    const bool hasRemote = isInetRow && row.hasPeer();
    std::vector<std::string> cells{
        protocolText(row.protocol),
        numberIf(isInetRow, row.family),
        typeText(row.type),
        stateText(row.state),
        std::to_string(row.receiveQueue),
        std::to_string(row.sendQueue),
        isInetRow ? row.localAddress.text() : "",
        numberIf(isInetRow, row.localPort),
        hasRemote ? row.remoteAddress.text() : "",
        numberIf(hasRemote, row.remotePort),
        displaySafe(row.path),
        numberIf(row.hasUid, row.uid),
        row.hasUid ? displaySafe(row.user) : "",
        std::to_string(row.inode),
        std::to_string(row.cookie),
        csvOwners(row.owners),
        row.ownersKnown ? "true" : "false",
    };
    addTimer(cells, row);
    addTcpInfo(cells, row);
    cells.push_back(row.details ? displaySafe(row.details->congestion) : "");
    cells.push_back(numberIf(row.peerInode != 0, row.peerInode));
    const bool isNamed = !isInetRow && row.protocol != SocketProtocol::Unix;
    cells.push_back(isNamed ? displaySafe(row.localText()) : "");
    return cells;
}

std::vector<std::string> columnNames() {
    std::vector<std::string> names(plainKeys.begin(), plainKeys.end());
    names.insert(names.end(), {"owners", "owners_known"});
    for (const char* key : timerKeys)
        names.push_back(std::string("timer_") + key);
    names.insert(names.end(), tcpInfoKeys.begin(), tcpInfoKeys.end());
    names.insert(names.end(), {"congestion", "peer_inode", "name"});
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

std::string csvOwners(std::span<const SocketOwner> owners) {
    std::string text;
    for (const SocketOwner& owner : owners)
        text += fmt::format("{}{}/{} fd {}", text.empty() ? "" : "; ", owner.process->pid,
                            displaySafe(owner.process->command), owner.fd);
    return text;
}

std::string csvHeader(TableStyle style, bool hasEvent) {
    std::vector<std::string> titles;
    if (hasEvent)
        titles.emplace_back("event");
    if (style == TableStyle::Full) {
        const auto names = columnNames();
        titles.insert(titles.end(), names.begin(), names.end());
    } else {
        for (const StyleColumn& column : styleColumns(style))
            titles.emplace_back(column.title);
    }
    return csvLine(titles);
}

std::string csvLines(const SocketRow& row, TableStyle style, const char* event,
                     const Names* names) {
    std::string text;
    for (std::size_t i = 0; i < styleLines(style, row); ++i) {
        std::vector<std::string> cells =
            style == TableStyle::Full ? cellsOf(row) : styleCells(style, row, i, names);
        if (event)
            cells.insert(cells.begin(), event);
        text += csvLine(cells);
    }
    return text;
}

std::string printCsv(std::span<const SocketRow> rows, bool withHeader) {
    std::string text = withHeader ? csvHeader(TableStyle::Full) : "";
    for (const SocketRow& row : rows)
        text += csvLines(row, TableStyle::Full);
    return text;
}

} // namespace sscope
