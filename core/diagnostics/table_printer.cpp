#include "core/diagnostics/table_printer.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/display_text.h"
#include "core/diagnostics/socket_filter.h"

namespace sscope {

namespace {

using nlohmann::ordered_json;

/// JSON text is UTF-8; what a process calls itself need not be.
std::string jsonText(const std::string& text) {
    return displaySafe(text);
}

} // namespace

std::string printTable(std::span<const SocketRow> rows, TableStyle style, bool withHeader,
                       const Names* names) {
    std::vector<std::vector<std::string>> lines;
    const std::span<const StyleColumn> columns = styleColumns(style);
    std::vector<std::size_t> widths(columns.size());
    if (withHeader) {
        auto& titles = lines.emplace_back();
        for (const StyleColumn& column : columns)
            titles.emplace_back(column.title);
    }
    for (const SocketRow& row : rows) {
        for (std::size_t i = 0; i < styleLines(style, row); ++i)
            lines.push_back(styleCells(style, row, i, names));
    }
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    }
    std::string text;
    for (const auto& line : lines) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i)
            text += columns[i].isRight ? fmt::format("{:>{}}  ", line[i], widths[i])
                                       : fmt::format("{:<{}}  ", line[i], widths[i]);
        text += line.back() + '\n';
    }
    return text;
}

ordered_json toJson(const SocketRow& row) {
    const bool isUnixRow = row.protocol == SocketProtocol::Unix;
    ordered_json json;
    json["protocol"] = protocolText(row.protocol);
    json["family"] = isUnixRow ? ordered_json() : ordered_json(row.family);
    json["type"] = typeText(row.type);
    json["state"] = stateText(row.state);
    json["recv_queue"] = row.receiveQueue;
    json["send_queue"] = row.sendQueue;
    json["local_address"] = isUnixRow ? ordered_json() : ordered_json(row.localAddress.text());
    json["local_port"] = isUnixRow ? ordered_json() : ordered_json(row.localPort);
    const bool hasRemote = !isUnixRow && row.hasPeer();
    json["remote_address"] = hasRemote ? ordered_json(row.remoteAddress.text()) : ordered_json();
    json["remote_port"] = hasRemote ? ordered_json(row.remotePort) : ordered_json();
    json["path"] =
        isUnixRow && !row.path.empty() ? ordered_json(jsonText(row.path)) : ordered_json();
    json["uid"] = row.hasUid ? ordered_json(row.uid) : ordered_json();
    json["user"] = row.hasUid ? ordered_json(jsonText(row.user)) : ordered_json();
    json["inode"] = row.inode;
    json["cookie"] = row.cookie;
    json["owners"] = ordered_json::array();
    for (const SocketOwner& owner : row.owners)
        json["owners"].push_back({{"pid", owner.process->pid},
                                  {"command", jsonText(owner.process->command)},
                                  {"fd", owner.fd}});
    json["owners_known"] = row.ownersKnown;
    json["timer"] = nullptr;
    json["tcp_info"] = nullptr;
    json["congestion"] = nullptr;
    return json;
}

void sortForReading(std::vector<SocketRow>& rows) {
    std::ranges::sort(rows, {}, [](const SocketRow& row) {
        return std::tuple(row.protocol, row.localPort, row.localAddress.isIpv6,
                          row.localAddress.bytes, row.remotePort, row.remoteAddress.bytes, row.path,
                          row.cookie);
    });
}

} // namespace sscope
