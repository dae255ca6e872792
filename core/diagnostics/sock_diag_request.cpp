#include "core/diagnostics/sock_diag_request.h"

#include <cstring>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>

namespace sscope {

namespace {

// The states are bits of include/net/tcp_states.h; the last, bound sockets, is newer than this
// system's headers (Linux 6.8).
constexpr int kernelBoundInactive = 13;
constexpr std::uint32_t everyState = (1u << (kernelBoundInactive + 1)) - 1;

constexpr std::uint8_t extension(int attribute) {
    return static_cast<std::uint8_t>(1u << (attribute - 1));
}
constexpr std::uint8_t detailExtensions = extension(INET_DIAG_INFO) | extension(INET_DIAG_CONG) |
                                          extension(INET_DIAG_SKMEMINFO) |
                                          extension(INET_DIAG_TOS) | extension(INET_DIAG_TCLASS);
constexpr std::uint32_t unixShow =
    UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN | UDIAG_SHOW_UID;
constexpr std::uint32_t unixDetails = UDIAG_SHOW_VFS | UDIAG_SHOW_MEMINFO;

/// A message of one request struct, as it is filled in by fill(body).
template <typename Body, typename Fill>
std::vector<std::byte> messageOf(int flags, std::uint32_t sequence, Fill&& fill) {
    std::vector<std::byte> buffer(MNL_NLMSG_HDRLEN + MNL_ALIGN(sizeof(Body)));
    nlmsghdr* header = ::mnl_nlmsg_put_header(buffer.data());
    header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
    header->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
    header->nlmsg_seq = sequence;
    fill(*static_cast<Body*>(::mnl_nlmsg_put_extra_header(header, sizeof(Body))));
    return buffer;
}

std::uint8_t inetProtocol(SocketProtocol protocol) {
    switch (protocol) {
    case SocketProtocol::Udp:
        return IPPROTO_UDP;
    case SocketProtocol::UdpLite:
        return IPPROTO_UDPLITE;
    case SocketProtocol::Raw:
        return IPPROTO_RAW; // stands for raw sockets of any protocol
    default:
        return IPPROTO_TCP;
    }
}

void putEnds(inet_diag_sockid& id, const DiagEnds& ends) {
    id.idiag_sport = htons(ends.localPort);
    id.idiag_dport = htons(ends.remotePort);
    std::memcpy(id.idiag_src, ends.local.bytes.data(), sizeof id.idiag_src);
    std::memcpy(id.idiag_dst, ends.remote.bytes.data(), sizeof id.idiag_dst);
}

void putCookie(std::uint32_t (&words)[2], std::uint64_t cookie) {
    words[0] = static_cast<std::uint32_t>(cookie);
    words[1] = static_cast<std::uint32_t>(cookie >> 32);
}

std::vector<std::byte> encodeOneInet(const SocketRow& row, std::uint32_t sequence) {
    return messageOf<inet_diag_req_v2>(NLM_F_ACK, sequence, [&](inet_diag_req_v2& body) {
        body.sdiag_family = row.family == 6 ? AF_INET6 : AF_INET;
        body.sdiag_protocol = inetProtocol(row.protocol);
        body.idiag_ext = detailExtensions;
        body.idiag_states = everyState;
        DiagEnds ends{row.localAddress, row.localPort, row.remoteAddress, row.remotePort};
        // udp_dump_one() of net/ipv4/udp_diag.c: the two are swapped for historical reasons.
        if (row.protocol != SocketProtocol::Tcp)
            ends = {ends.remote, ends.remotePort, ends.local, ends.localPort};
        putEnds(body.id, ends);
        body.id.idiag_if = row.interface;
        putCookie(body.id.idiag_cookie, row.cookie);
    });
}

} // namespace

std::vector<DiagRequest> requestsFor(SocketProtocol protocol, bool details) {
    switch (protocol) {
    case SocketProtocol::Unix:
        return {{protocol, AF_UNIX, details}};
    case SocketProtocol::Packet:
        return {{protocol, AF_PACKET, details}};
    case SocketProtocol::Netlink:
        return {{protocol, AF_NETLINK, details}};
    default:
        return {{protocol, AF_INET, details}, {protocol, AF_INET6, details}};
    }
}

DiagRequest requestFor(const SocketRow& row, bool details) {
    DiagRequest request = requestsFor(row.protocol, details).front();
    if (row.family == 6)
        request.family = AF_INET6;
    request.localPort = row.localPort;
    return request;
}

std::vector<std::byte> encodeDiagRequest(const DiagRequest& request, std::uint32_t sequence) {
    switch (request.protocol) {
    case SocketProtocol::Unix:
        return messageOf<unix_diag_req>(NLM_F_DUMP, sequence, [&](unix_diag_req& body) {
            body.sdiag_family = AF_UNIX;
            body.udiag_states = everyState;
            body.udiag_show = unixShow | (request.details ? unixDetails : 0);
        });
    case SocketProtocol::Packet: // its queues are in its memory
        return messageOf<packet_diag_req>(NLM_F_DUMP, sequence, [](packet_diag_req& body) {
            body.sdiag_family = AF_PACKET;
            body.pdiag_show = PACKET_SHOW_INFO | PACKET_SHOW_MEMINFO;
        });
    case SocketProtocol::Netlink:
        return messageOf<netlink_diag_req>(NLM_F_DUMP, sequence, [](netlink_diag_req& body) {
            body.sdiag_family = AF_NETLINK;
            body.sdiag_protocol = NDIAG_PROTO_ALL;
            body.ndiag_show = NDIAG_SHOW_MEMINFO;
        });
    default:
        return messageOf<inet_diag_req_v2>(NLM_F_DUMP, sequence, [&](inet_diag_req_v2& body) {
            body.sdiag_family = static_cast<std::uint8_t>(request.family);
            body.sdiag_protocol = inetProtocol(request.protocol);
            body.idiag_ext = request.details ? detailExtensions : std::uint8_t{0};
            body.idiag_states = everyState;
            body.id.idiag_sport = htons(request.localPort);
        });
    }
}

std::vector<std::byte> encodeDiagRequest(const DiagEnds& ends, std::uint32_t sequence) {
    return messageOf<inet_diag_req_v2>(NLM_F_ACK, sequence, [&](inet_diag_req_v2& body) {
        body.sdiag_family = ends.local.isIpv6 ? AF_INET6 : AF_INET;
        body.sdiag_protocol = IPPROTO_TCP;
        body.idiag_states = everyState;
        putEnds(body.id, ends);
        body.id.idiag_cookie[0] = body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    });
}

std::vector<std::byte> encodeDiagRequest(const SocketRow& row, std::uint32_t sequence) {
    if (row.protocol != SocketProtocol::Unix)
        return encodeOneInet(row, sequence);
    return messageOf<unix_diag_req>(NLM_F_ACK, sequence, [&](unix_diag_req& body) {
        body.sdiag_family = AF_UNIX;
        body.udiag_states = everyState;
        body.udiag_ino = row.inode;
        body.udiag_show = unixShow | unixDetails;
        putCookie(body.udiag_cookie, row.cookie);
    });
}

bool canAskForOne(SocketProtocol protocol) {
    return protocol == SocketProtocol::Tcp || protocol == SocketProtocol::Udp ||
           protocol == SocketProtocol::UdpLite || protocol == SocketProtocol::Unix;
}

} // namespace sscope
