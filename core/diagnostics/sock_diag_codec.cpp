#include "core/diagnostics/sock_diag_codec.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>

#include "core/diagnostics/netlink_bytes.h"
#include "core/diagnostics/sock_diag_details.h"

namespace sscope {

namespace {

// include/net/tcp_states.h; the last is newer than this system's headers (Linux 6.8).
constexpr std::uint8_t kernelEstablished = 1;
constexpr std::uint8_t kernelNewSynRecv = 12; // the kernel's inner form
constexpr std::uint8_t kernelBoundInactive = 13;
constexpr std::uint8_t netlinkConnected = 1; // net/netlink/af_netlink.c

IpAddress addressOf(const __be32 (&words)[4], bool isIpv6) {
    IpAddress address{.isIpv6 = isIpv6};
    std::memcpy(address.bytes.data(), words, isIpv6 ? 16 : 4);
    return address;
}

std::uint64_t cookieOf(const std::uint32_t (&words)[2]) {
    return std::uint64_t{words[1]} << 32 | words[0];
}

SocketType typeOf(int type) {
    switch (type) {
    case SOCK_DGRAM:
        return SocketType::Dgram;
    case SOCK_SEQPACKET:
        return SocketType::Seqpacket;
    case SOCK_STREAM:
        return SocketType::Stream;
    default:
        return SocketType::Raw;
    }
}

TimerKind timerOf(std::uint8_t timer) {
    constexpr auto last = static_cast<std::uint8_t>(TimerKind::Persist);
    return timer <= last ? static_cast<TimerKind>(timer) : TimerKind::None;
}

std::optional<SocketState> inetState(SocketProtocol protocol, const inet_diag_msg& message) {
    if (protocol != SocketProtocol::Tcp)
        return message.idiag_state == kernelEstablished ? SocketState::Established
                                                        : SocketState::Unconnected;
    const auto state = tcpState(message.idiag_state);
    // The kernel gives a socket that is only bound as CLOSE, without a peer.
    if (state == SocketState::Close && message.id.idiag_dport == 0)
        return SocketState::Bound;
    return state;
}

SocketState unixState(std::uint8_t number, SocketType type) {
    const SocketState state = tcpState(number).value_or(SocketState::Close);
    return state == SocketState::Close && type == SocketType::Dgram ? SocketState::Unconnected
                                                                    : state;
}

SocketType inetType(SocketProtocol protocol) {
    return protocol == SocketProtocol::Tcp   ? SocketType::Stream
           : protocol == SocketProtocol::Raw ? SocketType::Raw
                                             : SocketType::Dgram;
}

/// sun_path as a text (unix(7)).
std::string pathIn(ByteView value) {
    std::string path(textOf(value));
    if (path.starts_with('\0'))
        path.front() = '@';
    else if (path.ends_with('\0'))
        path.pop_back();
    return path;
}

/// Packet and netlink sockets have no queues of their own: their memory stands for them.
void takeMemory(ByteView value, SocketRow& row, std::shared_ptr<SocketDetails>& details) {
    const SocketMemory memory = socketMemory(value);
    row.receiveQueue = memory.receiveAllocated;
    row.sendQueue = memory.sendAllocated;
    if (details)
        details->memory = memory;
}

} // namespace

std::optional<SocketState> tcpState(std::uint8_t state) {
    constexpr std::array states{
        SocketState::Established, SocketState::SynSent,   SocketState::SynRecv,
        SocketState::FinWait1,    SocketState::FinWait2,  SocketState::TimeWait,
        SocketState::Close,       SocketState::CloseWait, SocketState::LastAck,
        SocketState::Listen,      SocketState::Closing,
    };
    if (state == kernelNewSynRecv)
        return SocketState::SynRecv;
    if (state == kernelBoundInactive)
        return SocketState::Bound;
    if (state < 1 || state > states.size())
        return std::nullopt;
    return states[state - 1u];
}

DiagDecoder::DiagDecoder(const DiagRequest& request, std::uint32_t sequence,
                         std::vector<SocketRow>& rows)
    : m_request(request), m_sequence(sequence), m_rows(rows) {}

Result<DiagDecoder::Outcome> DiagDecoder::take(ByteView datagram) {
    while (const auto header = frontOf<nlmsghdr>(datagram)) {
        if (header->nlmsg_len < sizeof(nlmsghdr) || header->nlmsg_len > datagram.size())
            break;
        const ByteView payload =
            datagram.subspan(sizeof(nlmsghdr), header->nlmsg_len - sizeof(nlmsghdr));
        datagram = datagram.subspan(
            std::min<std::size_t>(datagram.size(), NLMSG_ALIGN(header->nlmsg_len)));
        if (header->nlmsg_seq != m_sequence)
            continue; // a late answer to an earlier request
        m_interrupted = m_interrupted || (header->nlmsg_flags & NLM_F_DUMP_INTR) != 0;
        if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR) {
            // Both carry an errno, negative; 0 is success.
            const std::int32_t outcome = frontOf<std::int32_t>(payload).value_or(0);
            if (outcome < 0 && outcome != std::numeric_limits<std::int32_t>::min())
                return Failure(
                    systemError(-outcome, "sock_diag", protocolText(m_request.protocol)));
            return Outcome::Done;
        }
        if (header->nlmsg_type == SOCK_DIAG_BY_FAMILY)
            takeRow(payload);
    }
    return Outcome::More;
}

void DiagDecoder::takeRow(ByteView payload) {
    switch (m_request.protocol) {
    case SocketProtocol::Unix:
        return takeUnix(payload);
    case SocketProtocol::Packet:
        return takePacket(payload);
    case SocketProtocol::Netlink:
        return takeNetlink(payload);
    default:
        return takeInet(payload);
    }
}

void DiagDecoder::takeInet(ByteView payload) {
    const auto message = frontOf<inet_diag_msg>(payload);
    const auto state = message ? inetState(m_request.protocol, *message) : std::nullopt;
    if (!state)
        return;
    const bool isIpv6 = message->idiag_family == AF_INET6;
    const bool ownerless = *state == SocketState::TimeWait || *state == SocketState::SynRecv;
    SocketRow& row = m_rows.emplace_back();
    row.cookie = cookieOf(message->id.idiag_cookie);
    row.inode = message->idiag_inode;
    row.protocol = m_request.protocol;
    row.type = inetType(m_request.protocol);
    row.state = *state;
    row.family = isIpv6 ? 6 : 4;
    row.receiveQueue = message->idiag_rqueue;
    row.sendQueue = message->idiag_wqueue;
    row.localAddress = addressOf(message->id.idiag_src, isIpv6);
    row.remoteAddress = addressOf(message->id.idiag_dst, isIpv6);
    row.localPort = ntohs(message->id.idiag_sport);
    row.remotePort = ntohs(message->id.idiag_dport);
    row.hasUid = !ownerless;
    row.uid = message->idiag_uid;
    row.interface = message->id.idiag_if;
    row.timer = timerOf(message->idiag_timer);
    row.timerRetransmits = message->idiag_retrans;
    row.timerExpiresMs = row.timer == TimerKind::None ? 0 : message->idiag_expires;
    if (row.protocol == SocketProtocol::Raw)
        row.number = row.localPort; // in the place of a port
    takeInetAttributes(payload.subspan(sizeof(inet_diag_msg)), row);
}

void DiagDecoder::takeInetAttributes(ByteView attributes, SocketRow& row) {
    std::shared_ptr<SocketDetails> details;
    if (m_request.details && !attributes.empty())
        details = std::make_shared<SocketDetails>();
    eachAttribute(attributes, [&](int type, ByteView value) {
        if (type == INET_DIAG_SKV6ONLY && !value.empty())
            row.v6Only = value.front() != std::byte{0};
        else if (type == INET_DIAG_PROTOCOL && !value.empty() &&
                 row.protocol == SocketProtocol::Raw)
            row.number = std::to_integer<std::uint8_t>(value.front());
        else if (details)
            takeInetDetail(type, value, *details);
    });
    row.details = std::move(details);
}

void DiagDecoder::takeUnix(ByteView payload) {
    const auto message = frontOf<unix_diag_msg>(payload);
    if (!message)
        return;
    SocketRow& row = m_rows.emplace_back();
    row.cookie = cookieOf(message->udiag_cookie);
    row.inode = message->udiag_ino;
    row.protocol = SocketProtocol::Unix;
    row.type = typeOf(message->udiag_type);
    row.state = unixState(message->udiag_state, row.type);
    row.family = 0;
    std::shared_ptr<SocketDetails> details;
    if (m_request.details)
        details = std::make_shared<SocketDetails>();
    eachAttribute(payload.subspan(sizeof(unix_diag_msg)), [&](int type, ByteView value) {
        if (type == UNIX_DIAG_NAME) {
            row.path = pathIn(value);
        } else if (type == UNIX_DIAG_PEER) {
            row.peerInode = frontOf<std::uint32_t>(value).value_or(0);
        } else if (type == UNIX_DIAG_RQLEN) {
            const auto queues = prefixOf<unix_diag_rqlen>(value);
            row.receiveQueue = queues.udiag_rqueue;
            row.sendQueue = queues.udiag_wqueue;
        } else if (type == UNIX_DIAG_UID) {
            row.hasUid = true;
            row.uid = prefixOf<std::uint32_t>(value);
        } else if (details) {
            takeUnixDetail(type, value, *details);
        }
    });
    row.details = std::move(details);
}

void DiagDecoder::takePacket(ByteView payload) {
    const auto message = frontOf<packet_diag_msg>(payload);
    if (!message)
        return;
    SocketRow& row = m_rows.emplace_back();
    row.cookie = cookieOf(message->pdiag_cookie);
    row.inode = message->pdiag_ino;
    row.protocol = SocketProtocol::Packet;
    row.type = typeOf(message->pdiag_type);
    row.state = SocketState::Unconnected;
    row.family = 0;
    row.number = message->pdiag_num;
    auto details = m_request.details ? std::make_shared<SocketDetails>() : nullptr;
    eachAttribute(payload.subspan(sizeof(packet_diag_msg)), [&](int type, ByteView value) {
        if (type == PACKET_DIAG_INFO) {
            row.interface = prefixOf<packet_diag_info>(value).pdi_index;
        } else if (type == PACKET_DIAG_UID) {
            row.hasUid = true;
            row.uid = prefixOf<std::uint32_t>(value);
        } else if (type == PACKET_DIAG_MEMINFO) {
            takeMemory(value, row, details);
        }
    });
    row.details = std::move(details);
}

void DiagDecoder::takeNetlink(ByteView payload) {
    const auto message = frontOf<netlink_diag_msg>(payload);
    if (!message)
        return;
    const bool isConnected = message->ndiag_state == netlinkConnected;
    SocketRow& row = m_rows.emplace_back();
    row.cookie = cookieOf(message->ndiag_cookie);
    row.inode = message->ndiag_ino;
    row.protocol = SocketProtocol::Netlink;
    row.type = typeOf(message->ndiag_type);
    row.state = isConnected ? SocketState::Established : SocketState::Unconnected;
    row.family = 0;
    row.number = message->ndiag_protocol;
    row.portId = message->ndiag_portid;
    row.remotePortId = isConnected ? message->ndiag_dst_portid : 0;
    auto details = m_request.details ? std::make_shared<SocketDetails>() : nullptr;
    eachAttribute(payload.subspan(sizeof(netlink_diag_msg)), [&](int type, ByteView value) {
        if (type == NETLINK_DIAG_MEMINFO)
            takeMemory(value, row, details);
    });
    row.details = std::move(details);
}

} // namespace sscope
