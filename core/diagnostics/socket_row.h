#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/diagnostics/socket_details.h"

namespace sscope {

enum class SocketProtocol : std::uint8_t { Tcp, Udp, UdpLite, Raw, Unix, Packet, Netlink };
inline constexpr std::array everyProtocol{
    SocketProtocol::Tcp,  SocketProtocol::Udp,    SocketProtocol::UdpLite, SocketProtocol::Raw,
    SocketProtocol::Unix, SocketProtocol::Packet, SocketProtocol::Netlink,
};
/// TCP, UDP, UDP-Lite and raw: those with addresses and ports.
bool isInet(SocketProtocol protocol);
enum class SocketType : std::uint8_t { Stream, Dgram, Seqpacket, Raw };

/// The words of INTERFACE.md for what the kernel calls TCP_ESTABLISHED and so on
/// (include/net/tcp_states.h); Bound and Unconnected are ours.
enum class SocketState : std::uint8_t {
    Listen,
    Established,
    SynSent,
    SynRecv,
    FinWait1,
    FinWait2,
    TimeWait,
    Close,
    CloseWait,
    LastAck,
    Closing,
    Bound,
    Unconnected,
};

const char* protocolText(SocketProtocol protocol);
const char* typeText(SocketType type);
const char* stateText(SocketState state);

/// An IPv4 or IPv6 address as the kernel keeps it, in network order. IPv4 uses the first 4 bytes.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};
    bool isIpv6 = false;

    bool operator==(const IpAddress&) const = default;
    [[nodiscard]] bool isMapped() const; // ::ffff:a.b.c.d
    /// As it is printed and sorted: a mapped one is IPv4.
    [[nodiscard]] IpAddress unmapped() const;
    [[nodiscard]] bool isAny() const; // of its own family
    [[nodiscard]] bool isLoopback() const;
    /// "127.0.0.1", "::1"; a mapped one as IPv4.
    [[nodiscard]] std::string text() const;
};

/// One process as /proc has it (proc(5)). All texts are from outside. What may not be read is
/// empty.
struct ProcessInfo {
    int pid = 0;
    std::string command;       // comm
    std::string commandLine{}; // cmdline, its arguments joined by spaces
    std::string executable{};  // where exe leads
    std::string cgroup{};      // the path of cgroup v2, else that of the first line
    std::optional<std::uint32_t> uid{};
    /// Clock ticks since the machine started (stat, field 22): with the pid it names a process for
    /// good, though pids are used again. 0 where it is not known.
    std::uint64_t startTime = 0;
    /// The container's id within the cgroup's path (docker, podman, containerd, lxc); empty where
    /// it is in none.
    [[nodiscard]] std::string container() const;
    bool operator==(const ProcessInfo&) const = default;
};

struct SocketOwner {
    std::shared_ptr<const ProcessInfo> process;
    int fd = -1;

    bool operator==(const SocketOwner& other) const;
};

/// Which timer of a TCP socket runs (idiag_timer).
enum class TimerKind : std::uint8_t { None, Retransmit, Keepalive, TimeWait, Persist };
/// "on", "keepalive", "timewait", "persist" as ss(8) has it; empty for none.
const char* timerText(TimerKind kind);

/// One socket of the machine.
struct SocketRow {
    std::uint64_t cookie = 0; // the kernel's own name for a socket, never used again
    std::uint32_t inode = 0;  // 0 where no descriptor can refer to it (TIME_WAIT, SYN_RECV)
    SocketProtocol protocol = SocketProtocol::Tcp;
    SocketType type = SocketType::Stream;
    SocketState state = SocketState::Close;
    std::uint8_t family = 4;    // 4, 6; 0 for those without addresses
    std::optional<bool> v6Only; // IPv6, of a listener, a bound or a datagram socket (IPV6_V6ONLY)
    std::uint32_t receiveQueue = 0;
    std::uint32_t sendQueue = 0;
    IpAddress localAddress;
    IpAddress remoteAddress;
    std::uint16_t localPort = 0;
    std::uint16_t remotePort = 0;
    bool hasUid = false; // false where the kernel does not know (TIME_WAIT, SYN_RECV)
    std::uint32_t uid = 0;
    std::string user;
    std::string path;            // Unix; @NAME in the abstract namespace; text from outside
    std::uint32_t peerInode = 0; // Unix: the other end, where it is connected
    std::uint32_t interface = 0; // bound to it (SO_BINDTODEVICE), or its scope; 0 for none
    std::string interfaceName;   // of that; empty where it is not known
    TimerKind timer = TimerKind::None;
    std::uint8_t timerRetransmits = 0;
    std::uint32_t timerExpiresMs = 0;
    std::uint16_t number = 0;       // raw and packet: the protocol's; netlink: the family's
    std::uint32_t portId = 0;       // netlink: often the pid of who bound it
    std::uint32_t remotePortId = 0; // of one that is connected; 0 is the kernel
    /// As of the last reading that asked for them; null where none has.
    std::shared_ptr<const SocketDetails> details;
    bool ownersKnown = true;
    std::vector<SocketOwner> owners; // by pid and descriptor

    [[nodiscard]] bool hasPeer() const { return remotePort != 0 || !remoteAddress.isAny(); }
    /// "127.0.0.1:80", "[::1]:80"; a Unix socket's path, a packet socket's protocol and interface
    /// ("arp:eth0"), a netlink socket's family and port id ("rtnl:812"). "*" for the remote end
    /// where there is no peer.
    [[nodiscard]] std::string localText() const;
    [[nodiscard]] std::string remoteText() const;
    [[nodiscard]] bool isOwnedBy(int pid) const;
};

} // namespace sscope
