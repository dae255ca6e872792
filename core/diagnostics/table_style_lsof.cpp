// lsof(8) 4.95, -nP -i -U and what it lists of other sockets.

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/base/display_text.h"
#include "core/base/utf8.h"
#include "core/diagnostics/table_style_cells.h"

namespace sscope {

namespace {

/// It shows nine bytes of the command, with a space as \x20, and never a part of an escape.
std::string commandText(std::string_view command) {
    constexpr std::size_t width = 9;
    std::string shown;
    while (!command.empty()) {
        const std::size_t length = decodeUtf8(command).length;
        const std::string_view one = command.substr(0, length);
        const std::string next = one == " " ? "\\x20" : displaySafe(one);
        if (shown.size() + next.size() > width)
            break;
        shown += next;
        command.remove_prefix(length);
    }
    return shown;
}

std::string endText(const SocketRow& row, const IpAddress& address, std::uint16_t port,
                    const Names* names) {
    std::string host = names ? displaySafe(names->host(address)) : "";
    if (host.empty()) {
        const bool needsBrackets = address.isIpv6 && !address.isMapped();
        host = address.isAny() ? "*" : needsBrackets ? '[' + address.text() + ']' : address.text();
    }
    const std::string service = names ? displaySafe(names->port(row.protocol, port)) : "";
    return host + ':' + (port == 0 ? "*" : service.empty() ? std::to_string(port) : service);
}

std::string inetName(const SocketRow& row, const Names* names) {
    std::string name = endText(row, row.localAddress, row.localPort, names);
    if (row.hasPeer())
        name += "->" + endText(row, row.remoteAddress, row.remotePort, names);
    if (row.protocol == SocketProtocol::Tcp)
        name += fmt::format(" ({})", stateText(row.state));
    return name;
}

std::string hexEnd(const IpAddress& address, std::uint16_t port) {
    std::string text;
    for (std::size_t i = 0; i < (address.isIpv6 ? 16U : 4U); ++i) {
        // As /proc/net/raw has it: words in the machine's order.
        const std::size_t byte = (i & ~std::size_t(3)) + (3 - (i & 3));
        text += fmt::format("{:02X}", address.bytes[byte]);
    }
    return fmt::format("{}:{:04X}", text, port);
}

std::string rawName(const SocketRow& row) {
    return fmt::format("{}->{} st={}", hexEnd(row.localAddress, row.localPort),
                       hexEnd(row.remoteAddress, row.remotePort),
                       row.state == SocketState::Established ? "01" : "07");
}

std::string unixName(const SocketRow& row) {
    const char* state = row.state == SocketState::Listen        ? "LISTEN"
                        : row.state == SocketState::Established ? "CONNECTED"
                                                                : "UNCONNECTED";
    return fmt::format("{}{}type={} ({})", displaySafe(row.path), row.path.empty() ? "" : " ",
                       upperTypeText(row.type), state);
}

/// The families of netlink(7), by their macros.
std::string netlinkFamilyText(std::uint16_t family) {
    constexpr std::array<const char*, 23> names{
        "ROUTE",         "",         "USERSOCK", "FIREWALL",       "SOCK_DIAG",  "NFLOG",
        "XFRM",          "SELINUX",  "ISCSI",    "AUDIT",          "FIB_LOOKUP", "CONNECTOR",
        "NETFILTER",     "IP6_FW",   "DNRTMSG",  "KOBJECT_UEVENT", "GENERIC",    "",
        "SCSITRANSPORT", "ECRYPTFS", "RDMA",     "CRYPTO",         "SMC",
    };
    return family < names.size() && *names[family] ? names[family] : std::to_string(family);
}

/// The kind of frames that it takes (linux/if_ether.h).
std::string packetProtocol(std::uint16_t number) {
    switch (number) {
    case 0x0003:
        return "ALL";
    case 0x0800:
        return "IP";
    case 0x0806:
        return "ARP";
    case 0x86DD:
        return "IPV6";
    default:
        return std::to_string(number);
    }
}

/// It names the user of the process, who need not be the socket's.
std::string userText(const ProcessInfo& process, const SocketRow& row, const Names* names) {
    if (!process.uid || (row.hasUid && *process.uid == row.uid))
        return displaySafe(row.user);
    const std::string name = *process.uid == 0 ? "root" : names ? names->user(*process.uid) : "";
    return name.empty() ? std::to_string(*process.uid) : displaySafe(name);
}

struct Node {
    std::string type, device, node, name;
};

Node nodeOf(const SocketRow& row, const Names* names) {
    const std::string inode = std::to_string(row.inode);
    const char* ip = row.family == 6 ? "IPv6" : "IPv4";
    switch (row.protocol) {
    case SocketProtocol::Tcp:
        return {ip, inode, "TCP", inetName(row, names)};
    case SocketProtocol::Udp:
        return {ip, inode, "UDP", inetName(row, names)};
    case SocketProtocol::UdpLite:
        return {ip, inode, "UDPLITE", inetName(row, names)};
    case SocketProtocol::Raw:
        return {row.family == 6 ? "raw6" : "raw", "", inode, rawName(row)};
    case SocketProtocol::Unix: // its device is an address of the kernel's that sock_diag keeps back
        return {"unix", "", inode, unixName(row)};
    case SocketProtocol::Packet:
        return {"pack", inode, packetProtocol(row.number),
                fmt::format("type=SOCK_{}", upperTypeText(row.type))};
    case SocketProtocol::Netlink:
        return {"netlink", "", inode, netlinkFamilyText(row.number)};
    }
    return {};
}

} // namespace

std::vector<std::string> lsofCells(const SocketRow& row, std::size_t owner, const Names* names) {
    Node node = nodeOf(row, names);
    std::string command, pid, user, fd;
    if (owner < row.owners.size()) {
        const SocketOwner& holder = row.owners[owner];
        command = commandText(holder.process->command);
        pid = std::to_string(holder.process->pid);
        fd = std::to_string(holder.fd) + 'u'; // sockets are open for reading and writing
        user = userText(*holder.process, row, names);
    }
    return {command,
            pid,
            user,
            fd,
            std::move(node.type),
            std::move(node.device),
            "0t0",
            std::move(node.node),
            std::move(node.name)};
}

} // namespace sscope
