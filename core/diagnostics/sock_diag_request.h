#pragma once

#include <cstdint>
#include <vector>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// What one NETLINK_SOCK_DIAG dump asks for (sock_diag(7)).
struct DiagRequest {
    SocketProtocol protocol = SocketProtocol::Tcp;
    int family = 0;              // AF_INET, AF_INET6, AF_UNIX, AF_PACKET or AF_NETLINK
    bool details = false;        // TCP_INFO, memory, congestion control and so on too
    std::uint16_t localPort = 0; // only those of this port, of those that have ports; 0 for all
};

/// The two ends of one TCP socket, ports in host order.
struct DiagEnds {
    IpAddress local;
    std::uint16_t localPort = 0;
    IpAddress remote;
    std::uint16_t remotePort = 0;
};

/// One request for each family that a protocol has.
std::vector<DiagRequest> requestsFor(SocketProtocol protocol, bool details);
/// The request whose answers have such a row.
DiagRequest requestFor(const SocketRow& row, bool details);

/// The request as a netlink message.
std::vector<std::byte> encodeDiagRequest(const DiagRequest& request, std::uint32_t sequence);
/// Asks for one TCP socket only; ENOENT means that there is none.
std::vector<std::byte> encodeDiagRequest(const DiagEnds& ends, std::uint32_t sequence);
/// Asks for just this socket, by its ends or inode and its cookie, with details. ENOENT means that
/// it has gone, ESTALE that another one has come in its way: one of a group that shares a port, or
/// in its place.
std::vector<std::byte> encodeDiagRequest(const SocketRow& row, std::uint32_t sequence);
/// Whether the kernel can be asked for one of this kind; the others come in dumps only.
bool canAskForOne(SocketProtocol protocol);

} // namespace sscope
