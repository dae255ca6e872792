// ss(8) of iproute2 6.1, -tunap, -xanp, -w, -0 and --family=netlink.

#include <array>

#include <linux/if_ether.h>

#include <fmt/format.h>

#include "core/base/display_text.h"
#include "core/diagnostics/table_style_cells.h"

namespace sscope {

namespace {

const char* netidOf(const SocketRow& row) {
    switch (row.protocol) {
    case SocketProtocol::Unix:
        return row.type == SocketType::Stream  ? "u_str"
               : row.type == SocketType::Dgram ? "u_dgr"
                                               : "u_seq";
    case SocketProtocol::Packet:
        return row.type == SocketType::Raw ? "p_raw" : "p_dgr";
    case SocketProtocol::Netlink:
        return "nl";
    default:
        return protocolText(row.protocol);
    }
}

const char* ssState(SocketState state) {
    constexpr std::array texts{
        "LISTEN", "ESTAB",      "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT",
        "UNCONN", "CLOSE-WAIT", "LAST-ACK", "CLOSING",  "UNCONN",     "UNCONN",
    };
    return texts[static_cast<std::size_t>(state)];
}

/// "*" stands for every address of both families; "[::]" only for those of IPv6.
std::string hostText(const SocketRow& row, const IpAddress& address, const Names* names) {
    if (names) {
        if (const std::string name = names->host(address); !name.empty())
            return displaySafe(name);
    }
    if (!address.isIpv6)
        return address.text();
    if (address.isAny())
        return row.v6Only.value_or(false) ? "[::]" : "*";
    return address.isMapped() ? "[::ffff:" + address.text() + ']' : '[' + address.text() + ']';
}

std::string portText(const SocketRow& row, std::uint16_t port, const Names* names) {
    if (port == 0)
        return "*";
    const std::string service = names ? names->port(row.protocol, port) : "";
    return service.empty() ? std::to_string(port) : displaySafe(service);
}

std::string localText(const SocketRow& row, const Names* names) {
    const std::string interface = row.interface == 0 ? ""
                                  : row.interfaceName.empty()
                                      ? fmt::format("%if{}", row.interface)
                                      : '%' + displaySafe(row.interfaceName);
    return fmt::format("{}{}:{}", hostText(row, row.localAddress, names), interface,
                       portText(row, row.localPort, names));
}

std::string usersText(const SocketRow& row) {
    if (row.owners.empty())
        return {};
    std::string users;
    // It prints those last that it has found first.
    for (auto owner = row.owners.rbegin(); owner != row.owners.rend(); ++owner)
        users += fmt::format("{}(\"{}\",pid={},fd={})", users.empty() ? "" : ",",
                             displaySafe(owner->process->command), owner->process->pid, owner->fd);
    return "users:(" + users + ')';
}

/// The protocol in brackets where names are not wanted.
std::string packetEnd(const SocketRow& row, const Names* names) {
    const std::string text = row.localText();
    if (names || row.number == ETH_P_ALL)
        return displaySafe(text);
    return displaySafe(fmt::format("[{}]{}", row.number, text.substr(text.rfind(':'))));
}

/// In numbers, as with -n; what binds itself has a port id below zero.
std::string netlinkEnd(const SocketRow& row, std::uint32_t portId) {
    return fmt::format("{}:{}", row.number, static_cast<std::int32_t>(portId));
}

std::vector<std::string> endsOf(const SocketRow& row, const Names* names) {
    switch (row.protocol) {
    case SocketProtocol::Unix:
        return {fmt::format("{} {}", row.path.empty() ? "*" : displaySafe(row.path), row.inode),
                fmt::format("* {}", row.peerInode)};
    case SocketProtocol::Packet:
        return {packetEnd(row, names), "*"};
    case SocketProtocol::Netlink:
        return {netlinkEnd(row, row.portId),
                row.state == SocketState::Established ? netlinkEnd(row, row.remotePortId) : "*"};
    default:
        return {localText(row, names), fmt::format("{}:{}", hostText(row, row.remoteAddress, names),
                                                   portText(row, row.remotePort, names))};
    }
}

} // namespace

std::vector<std::string> ssCells(const SocketRow& row, const Names* names) {
    std::vector<std::string> ends = endsOf(row, names);
    return {netidOf(row),
            // It has no state for a netlink socket with a peer.
            row.protocol == SocketProtocol::Netlink ? "UNCONN" : ssState(row.state),
            std::to_string(row.receiveQueue), std::to_string(row.sendQueue), std::move(ends[0]),
            std::move(ends[1]), usersText(row)};
}

} // namespace sscope
