#include "core/diagnostics/socket_row.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <netinet/in.h>

namespace sscope {

namespace {

constexpr std::array<std::uint8_t, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::string endText(const IpAddress& address, std::uint16_t port) {
    const bool needsBrackets = address.isIpv6 && !address.isMapped();
    const std::string text = address.text();
    return (needsBrackets ? '[' + text + ']' : text) + ':' + std::to_string(port);
}

/// As ss(8) names the families of netlink(7).
std::string netlinkFamilyText(std::uint16_t family) {
    constexpr std::array names{
        "rtnl",  "unused", "usersock",   "fw",        "tcpdiag", "nflog",  "xfrm",   "selinux",
        "iscsi", "audit",  "fiblookup",  "connector", "nft",     "ip6fw",  "dec-rt", "uevent",
        "genl",  "",       "scsi-trans", "ecryptfs",  "rdma",    "crypto",
    };
    if (family < names.size() && *names[family] != '\0')
        return names[family];
    return std::to_string(family);
}

/// What a packet socket takes, as ss(8) names the protocols of linux/if_ether.h.
std::string etherProtocolText(std::uint16_t protocol) {
    switch (protocol) {
    case ETH_P_ALL:
        return "*";
    case ETH_P_IP:
        return "ip";
    case ETH_P_IPV6:
        return "ipv6";
    case ETH_P_ARP:
        return "arp";
    case ETH_P_8021Q:
        return "802.1Q";
    case ETH_P_LLDP:
        return "lldp";
    case ETH_P_PAE:
        return "pae";
    case ETH_P_PPP_DISC:
        return "ppp_disc";
    case ETH_P_PPP_SES:
        return "ppp_ses";
    default:
        return '[' + std::to_string(protocol) + ']';
    }
}

std::string interfaceText(const SocketRow& row) {
    if (row.interface == 0)
        return "*";
    return row.interfaceName.empty() ? "if" + std::to_string(row.interface) : row.interfaceName;
}

/// What binds itself gets a port id below zero, where no process's is.
std::string portIdText(std::uint32_t portId) {
    return portId == 0 ? "kernel" : std::to_string(static_cast<std::int32_t>(portId));
}

} // namespace

const char* protocolText(SocketProtocol protocol) {
    switch (protocol) {
    case SocketProtocol::Tcp:
        return "tcp";
    case SocketProtocol::Udp:
        return "udp";
    case SocketProtocol::UdpLite:
        return "udplite";
    case SocketProtocol::Raw:
        return "raw";
    case SocketProtocol::Unix:
        return "unix";
    case SocketProtocol::Packet:
        return "packet";
    case SocketProtocol::Netlink:
        return "netlink";
    }
    return "";
}

bool isInet(SocketProtocol protocol) {
    return protocol == SocketProtocol::Tcp || protocol == SocketProtocol::Udp ||
           protocol == SocketProtocol::UdpLite || protocol == SocketProtocol::Raw;
}

const char* timerText(TimerKind kind) {
    constexpr std::array texts{"", "on", "keepalive", "timewait", "persist"};
    return texts[static_cast<std::size_t>(kind)];
}

const char* typeText(SocketType type) {
    switch (type) {
    case SocketType::Stream:
        return "stream";
    case SocketType::Dgram:
        return "dgram";
    case SocketType::Seqpacket:
        return "seqpacket";
    case SocketType::Raw:
        return "raw";
    }
    return "";
}

const char* stateText(SocketState state) {
    constexpr std::array texts{
        "LISTEN", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2",   "TIME_WAIT",
        "CLOSE",  "CLOSE_WAIT",  "LAST_ACK", "CLOSING",  "BOUND",     "UNCONNECTED",
    };
    return texts[static_cast<std::size_t>(state)];
}

bool IpAddress::isMapped() const {
    return isIpv6 && std::equal(mappedPrefix.begin(), mappedPrefix.end(), bytes.begin());
}

IpAddress IpAddress::unmapped() const {
    if (!isMapped())
        return *this;
    IpAddress plain;
    std::copy_n(bytes.begin() + mappedPrefix.size(), 4, plain.bytes.begin());
    return plain;
}

bool IpAddress::isAny() const {
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

bool IpAddress::isLoopback() const {
    if (!isIpv6)
        return bytes[0] == IN_LOOPBACKNET;
    if (isMapped())
        return bytes[12] == IN_LOOPBACKNET;
    in6_addr address{};
    std::memcpy(&address, bytes.data(), sizeof address);
    return IN6_IS_ADDR_LOOPBACK(&address);
}

std::string IpAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (!isIpv6)
        return ::inet_ntop(AF_INET, bytes.data(), out.data(), out.size());
    if (isMapped())
        return ::inet_ntop(AF_INET, bytes.data() + mappedPrefix.size(), out.data(), out.size());
    return ::inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
}

std::string ProcessInfo::container() const {
    // A container's id is 64 hexadecimal digits somewhere in the last parts of the path; LXC and
    // machined have names of a person's choice instead.
    constexpr std::size_t idSize = 64;
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    std::size_t run = 0;
    for (std::size_t i = 0; i < cgroup.size(); ++i) {
        run = isHex(cgroup[i]) ? run + 1 : 0;
        if (run == idSize && (i + 1 == cgroup.size() || !isHex(cgroup[i + 1])))
            return cgroup.substr(i + 1 - idSize, idSize);
    }
    for (const std::string_view prefix : {"/lxc.payload.", "/lxc/"}) {
        if (const auto at = cgroup.find(prefix); at != std::string::npos) {
            const std::size_t begin = at + prefix.size();
            return cgroup.substr(begin, cgroup.find('/', begin) - begin);
        }
    }
    return {};
}

bool SocketOwner::operator==(const SocketOwner& other) const {
    return fd == other.fd && (process == other.process || *process == *other.process);
}

std::string SocketRow::localText() const {
    switch (protocol) {
    case SocketProtocol::Unix:
        return path;
    case SocketProtocol::Packet:
        return etherProtocolText(number) + ':' + interfaceText(*this);
    case SocketProtocol::Netlink:
        return netlinkFamilyText(number) + ':' + portIdText(portId);
    default:
        return endText(localAddress, localPort);
    }
}

std::string SocketRow::remoteText() const {
    if (protocol == SocketProtocol::Netlink && state == SocketState::Established)
        return netlinkFamilyText(number) + ':' + portIdText(remotePortId);
    if (peerInode != 0)
        return "inode:" + std::to_string(peerInode);
    if (!isInet(protocol) || !hasPeer())
        return "*";
    return endText(remoteAddress, remotePort);
}

bool SocketRow::isOwnedBy(int pid) const {
    return std::ranges::any_of(owners,
                               [&](const SocketOwner& owner) { return owner.process->pid == pid; });
}

} // namespace sscope
