#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sscope {

enum class SocketProtocol : std::uint8_t { Tcp, Udp, Unix };
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

struct ProcessInfo {
    int pid = 0;
    std::string command; // /proc/PID/comm; text from outside
};

struct SocketOwner {
    std::shared_ptr<const ProcessInfo> process;
    int fd = -1;

    bool operator==(const SocketOwner& other) const;
};

/// One socket of the machine.
struct SocketRow {
    std::uint64_t cookie = 0; // the kernel's own name for a socket, never used again
    std::uint32_t inode = 0;  // 0 where no descriptor can refer to it (TIME_WAIT, SYN_RECV)
    SocketProtocol protocol = SocketProtocol::Tcp;
    SocketType type = SocketType::Stream;
    SocketState state = SocketState::Close;
    std::uint8_t family = 4; // 4, 6; 0 for Unix
    std::uint32_t receiveQueue = 0;
    std::uint32_t sendQueue = 0;
    IpAddress localAddress;
    IpAddress remoteAddress;
    std::uint16_t localPort = 0;
    std::uint16_t remotePort = 0;
    bool hasUid = false; // false where the kernel does not know (TIME_WAIT, SYN_RECV)
    std::uint32_t uid = 0;
    std::string user;
    std::string path; // Unix; @NAME in the abstract namespace; text from outside
    bool ownersKnown = true;
    std::vector<SocketOwner> owners; // by pid and descriptor

    [[nodiscard]] bool hasPeer() const { return remotePort != 0 || !remoteAddress.isAny(); }
    /// "127.0.0.1:80", "[::1]:80"; "*" for the remote end where there is no peer.
    [[nodiscard]] std::string localText() const;
    [[nodiscard]] std::string remoteText() const;
    [[nodiscard]] bool isOwnedBy(int pid) const;
};

} // namespace sscope
