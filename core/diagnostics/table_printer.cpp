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

std::string ownersText(const SocketRow& row) {
    switch (ownerWord(row)) {
    case OwnerWord::NoPermission:
        return "no permission";
    case OwnerWord::Kernel:
        return "kernel";
    case OwnerWord::None:
        return "-";
    case OwnerWord::Named:
        break;
    }
    std::string text;
    for (const SocketOwner& owner : row.owners) {
        if (!text.empty())
            text += ", ";
        text += fmt::format("{}/{} fd {}", owner.process->pid, displaySafe(owner.process->command),
                            owner.fd);
    }
    return text;
}

std::string printFull(std::span<const SocketRow> rows, bool withHeader) {
    using Line = std::array<std::string, 8>;
    std::vector<Line> lines;
    if (withHeader)
        lines.push_back({"Proto", "State", "Recv-Q", "Send-Q", "Local", "Remote", "User", "Owner"});
    for (const SocketRow& row : rows) {
        const std::string user = row.user.empty() ? "-" : displaySafe(row.user);
        const std::string local = row.localText().empty() ? "*" : displaySafe(row.localText());
        lines.push_back({protocolText(row.protocol), stateText(row.state),
                         std::to_string(row.receiveQueue), std::to_string(row.sendQueue), local,
                         displaySafe(row.remoteText()), user, ownersText(row)});
    }
    std::array<std::size_t, 8> widths{};
    for (const Line& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    }
    std::string text;
    for (const Line& line : lines) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            const bool isNumber = i == 2 || i == 3;
            text += isNumber ? fmt::format("{:>{}}  ", line[i], widths[i])
                             : fmt::format("{:<{}}  ", line[i], widths[i]);
        }
        text += line.back() + '\n';
    }
    return text;
}

/// netstat(8) writes an IPv6 address without brackets, and "*" for port 0.
std::string netstatEnd(const IpAddress& address, std::uint16_t port) {
    return fmt::format("{}:{}", address.text(), port == 0 ? "*" : std::to_string(port));
}

std::string netstatOwner(const SocketRow& row) {
    if (row.owners.empty())
        return "-";
    const ProcessInfo& process = *row.owners.front().process;
    std::string owner = fmt::format("{}/{}", process.pid, displaySafe(process.command));
    if (owner.size() > 19) {
        std::size_t cut = 19;
        while ((static_cast<unsigned char>(owner[cut]) & 0xC0) == 0x80)
            --cut; // not within a character
        owner.resize(cut);
    }
    return owner;
}

std::string printNetstat(std::span<const SocketRow> rows, bool withHeader) {
    std::string text;
    if (withHeader)
        text = "Active Internet connections (servers and established)\n"
               "Proto Recv-Q Send-Q Local Address           Foreign Address         State       "
               "PID/Program name    \n";
    for (const SocketRow& row : rows) {
        // netstat knows neither Unix sockets in this list nor sockets that are only bound.
        if (row.protocol == SocketProtocol::Unix || row.state == SocketState::Bound)
            continue;
        const std::string name =
            fmt::format("{}{}", protocolText(row.protocol), row.family == 6 ? "6" : "");
        const bool isListening = row.state == SocketState::Listen;
        const bool isStateless = row.state == SocketState::Unconnected;
        text += fmt::format("{:<4}  {:>6} {:>6} {:<23} {:<23} {:<11} {:<19} \n", name,
                            row.receiveQueue, isListening ? 0 : row.sendQueue,
                            netstatEnd(row.localAddress, row.localPort),
                            netstatEnd(row.remoteAddress, row.remotePort),
                            isStateless ? "" : stateText(row.state), netstatOwner(row));
    }
    return text;
}

/// JSON text is UTF-8; what a process calls itself need not be.
std::string jsonText(const std::string& text) {
    return displaySafe(text);
}

} // namespace

std::optional<TableStyle> tableStyleFrom(std::string_view name) {
    if (name == "full")
        return TableStyle::Full;
    if (name == "netstat")
        return TableStyle::Netstat;
    return std::nullopt;
}

std::string printTable(std::span<const SocketRow> rows, TableStyle style, bool withHeader) {
    return style == TableStyle::Netstat ? printNetstat(rows, withHeader)
                                        : printFull(rows, withHeader);
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
