// netstat(8) of net-tools 2.10, -tunap and -xanp.

#include <fmt/format.h>

#include "core/base/display_text.h"
#include "core/base/utf8.h"
#include "core/diagnostics/table_style_cells.h"

namespace sscope {

namespace {

/// It writes an IPv6 address without brackets, and "*" for port 0.
std::string endText(const SocketRow& row, const IpAddress& address, std::uint16_t port,
                    const Names* names) {
    const std::string host = names ? names->host(address) : "";
    const std::string service = names ? names->port(row.protocol, port) : "";
    std::string text = host.empty() ? address.text() : displaySafe(host);
    // A wildcard has its own name when names are wanted.
    if (names && address.isAny())
        text = address.isIpv6 ? "[::]" : "0.0.0.0";
    return text + ':' +
           (port == 0         ? "*"
            : service.empty() ? std::to_string(port)
                              : displaySafe(service));
}

/// It takes the program's first argument without its folder, and of a title that a process has
/// given itself ("nginx: master process") as much as fits.
std::string programName(const ProcessInfo& process) {
    std::string name = process.commandLine;
    const std::size_t space = name.find(' ');
    if (space != std::string::npos && space > 0 && name[space - 1] != ':')
        name.resize(space);
    if (name.starts_with('/'))
        name = name.substr(name.rfind('/') + 1);
    return name.empty() ? process.command : name;
}

std::string ownerText(const SocketRow& row) {
    constexpr std::size_t width = 19;
    if (row.owners.empty())
        return "-";
    const ProcessInfo& process = *row.owners.front().process;
    const std::string owner = fmt::format("{}/{}", process.pid, displaySafe(programName(process)));
    return std::string(utf8Prefix(owner, width));
}

const char* netstatState(const SocketRow& row) {
    if (row.protocol == SocketProtocol::Raw)
        return row.state == SocketState::Established ? "1" : "7"; // the kernel's number
    return row.state == SocketState::Unconnected ? "" : stateText(row.state);
}

const char* unixState(const SocketRow& row) {
    if (row.state == SocketState::Listen)
        return "LISTENING";
    return row.state == SocketState::Established ? "CONNECTED" : "";
}

} // namespace

std::vector<std::string> netstatCells(const SocketRow& row, const Names* names) {
    if (row.protocol == SocketProtocol::Unix)
        return {"unix",
                std::to_string(row.receiveQueue),
                std::to_string(row.state == SocketState::Listen ? 0 : row.sendQueue),
                displaySafe(row.path),
                "",
                unixState(row),
                ownerText(row)};
    const char* protocol =
        row.protocol == SocketProtocol::UdpLite ? "udpl" : protocolText(row.protocol);
    return {fmt::format("{}{}", protocol, row.family == 6 ? "6" : ""),
            std::to_string(row.receiveQueue),
            std::to_string(row.state == SocketState::Listen ? 0 : row.sendQueue),
            endText(row, row.localAddress, row.localPort, names),
            endText(row, row.remoteAddress, row.remotePort, names),
            netstatState(row),
            ownerText(row)};
}

std::vector<std::string> netstatUnixCells(const SocketRow& row) {
    return {"unix",
            "-", // sock_diag does not tell how often the socket is referred to
            row.state == SocketState::Listen ? "[ ACC ]" : "[ ]",
            upperTypeText(row.type),
            unixState(row),
            std::to_string(row.inode),
            ownerText(row),
            displaySafe(row.path)};
}

} // namespace sscope
