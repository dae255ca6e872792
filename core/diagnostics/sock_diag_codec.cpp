#include "core/diagnostics/sock_diag_codec.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>

namespace sscope {

namespace {

// include/net/tcp_states.h; the last is newer than this system's headers (Linux 6.8).
constexpr std::uint8_t kernelEstablished = 1;
constexpr std::uint8_t kernelClose = 7;
constexpr std::uint8_t kernelListen = 10;
constexpr std::uint8_t kernelBoundInactive = 13;

constexpr std::uint32_t everyState = (1u << (kernelBoundInactive + 1)) - 1;

IpAddress addressOf(const __be32 (&words)[4], bool isIpv6) {
    IpAddress address{.isIpv6 = isIpv6};
    std::memcpy(address.bytes.data(), words, isIpv6 ? 16 : 4);
    return address;
}

/// The struct at the front of the payload, copied, since netlink aligns to 4 bytes only.
template <typename T>
std::optional<T> frontOf(ByteView payload) {
    if (payload.size() < sizeof(T))
        return std::nullopt;
    T value;
    std::memcpy(&value, payload.data(), sizeof value);
    return value;
}

/// Calls visit(type, payload) for each attribute that lies within the bytes.
template <typename Visit>
void eachAttribute(ByteView attributes, Visit&& visit) {
    while (const auto header = frontOf<nlattr>(attributes)) {
        if (header->nla_len < sizeof(nlattr) || header->nla_len > attributes.size())
            return;
        visit(header->nla_type & NLA_TYPE_MASK,
              attributes.subspan(sizeof(nlattr), header->nla_len - sizeof(nlattr)));
        attributes = attributes.subspan(
            std::min<std::size_t>(attributes.size(), MNL_ALIGN(header->nla_len)));
    }
}

} // namespace

std::optional<SocketState> tcpState(std::uint8_t state) {
    constexpr std::array states{
        SocketState::Established, SocketState::SynSent,   SocketState::SynRecv,
        SocketState::FinWait1,    SocketState::FinWait2,  SocketState::TimeWait,
        SocketState::Close,       SocketState::CloseWait, SocketState::LastAck,
        SocketState::Listen,      SocketState::Closing,
    };
    if (state == 12) // TCP_NEW_SYN_RECV, the kernel's inner form
        return SocketState::SynRecv;
    if (state < 1 || state > states.size())
        return std::nullopt;
    return states[state - 1u];
}

std::vector<std::byte> encodeDiagRequest(const DiagRequest& request, std::uint32_t sequence) {
    std::vector<std::byte> buffer(256);
    nlmsghdr* header = ::mnl_nlmsg_put_header(buffer.data());
    header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
    header->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    header->nlmsg_seq = sequence;
    if (request.protocol == SocketProtocol::Unix) {
        auto* body = static_cast<unix_diag_req*>(
            ::mnl_nlmsg_put_extra_header(header, sizeof(unix_diag_req)));
        body->sdiag_family = AF_UNIX;
        body->udiag_states = everyState;
        body->udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN | UDIAG_SHOW_UID;
    } else {
        auto* body = static_cast<inet_diag_req_v2*>(
            ::mnl_nlmsg_put_extra_header(header, sizeof(inet_diag_req_v2)));
        body->sdiag_family = static_cast<std::uint8_t>(request.family);
        body->sdiag_protocol = request.protocol == SocketProtocol::Tcp ? IPPROTO_TCP : IPPROTO_UDP;
        body->idiag_states = everyState;
    }
    buffer.resize(header->nlmsg_len);
    return buffer;
}

std::vector<std::byte> encodeDiagRequest(const DiagEnds& ends, std::uint32_t sequence) {
    std::vector<std::byte> buffer(256);
    nlmsghdr* header = ::mnl_nlmsg_put_header(buffer.data());
    header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
    header->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
    header->nlmsg_seq = sequence;
    auto* body = static_cast<inet_diag_req_v2*>(
        ::mnl_nlmsg_put_extra_header(header, sizeof(inet_diag_req_v2)));
    body->sdiag_family = ends.local.isIpv6 ? AF_INET6 : AF_INET;
    body->sdiag_protocol = IPPROTO_TCP;
    body->idiag_states = everyState;
    body->id.idiag_sport = htons(ends.localPort);
    body->id.idiag_dport = htons(ends.remotePort);
    std::memcpy(body->id.idiag_src, ends.local.bytes.data(), sizeof body->id.idiag_src);
    std::memcpy(body->id.idiag_dst, ends.remote.bytes.data(), sizeof body->id.idiag_dst);
    body->id.idiag_cookie[0] = body->id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    buffer.resize(header->nlmsg_len);
    return buffer;
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
        datagram =
            datagram.subspan(std::min<std::size_t>(datagram.size(), MNL_ALIGN(header->nlmsg_len)));
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
        if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY)
            continue;
        if (m_request.protocol == SocketProtocol::Unix)
            takeUnix(payload);
        else
            takeInet(payload);
    }
    return Outcome::More;
}

void DiagDecoder::takeInet(ByteView payload) {
    const auto message = frontOf<inet_diag_msg>(payload);
    if (!message)
        return;
    const bool isTcp = m_request.protocol == SocketProtocol::Tcp;
    const bool isIpv6 = message->idiag_family == AF_INET6;
    std::optional<SocketState> state = tcpState(message->idiag_state);
    if (!isTcp)
        state = message->idiag_state == kernelEstablished ? SocketState::Established
                                                          : SocketState::Unconnected;
    if (!state)
        return;
    // The kernel gives a socket that is only bound as CLOSE, without a peer.
    if (isTcp && *state == SocketState::Close && message->id.idiag_dport == 0)
        state = SocketState::Bound;
    const bool ownerless = *state == SocketState::TimeWait || *state == SocketState::SynRecv;
    m_rows.push_back(
        {.cookie = std::uint64_t{message->id.idiag_cookie[1]} << 32 | message->id.idiag_cookie[0],
         .inode = message->idiag_inode,
         .protocol = m_request.protocol,
         .type = isTcp ? SocketType::Stream : SocketType::Dgram,
         .state = *state,
         .family = static_cast<std::uint8_t>(isIpv6 ? 6 : 4),
         .receiveQueue = message->idiag_rqueue,
         .sendQueue = message->idiag_wqueue,
         .localAddress = addressOf(message->id.idiag_src, isIpv6),
         .remoteAddress = addressOf(message->id.idiag_dst, isIpv6),
         .localPort = ntohs(message->id.idiag_sport),
         .remotePort = ntohs(message->id.idiag_dport),
         .hasUid = !ownerless,
         .uid = message->idiag_uid});
}

void DiagDecoder::takeUnix(ByteView payload) {
    const auto message = frontOf<unix_diag_msg>(payload);
    if (!message)
        return;
    SocketRow row{.cookie =
                      std::uint64_t{message->udiag_cookie[1]} << 32 | message->udiag_cookie[0],
                  .inode = message->udiag_ino,
                  .protocol = SocketProtocol::Unix,
                  .family = 0};
    row.type = message->udiag_type == SOCK_STREAM  ? SocketType::Stream
               : message->udiag_type == SOCK_DGRAM ? SocketType::Dgram
                                                   : SocketType::Seqpacket;
    row.state = message->udiag_state == kernelListen        ? SocketState::Listen
                : message->udiag_state == kernelEstablished ? SocketState::Established
                : row.type == SocketType::Dgram             ? SocketState::Unconnected
                                                            : SocketState::Close;
    eachAttribute(payload.subspan(sizeof(unix_diag_msg)), [&](int type, ByteView value) {
        if (type == UNIX_DIAG_NAME && !value.empty()) {
            row.path = textOf(value);
            if (row.path.front() == '\0')
                row.path.front() = '@';
            else if (row.path.back() == '\0')
                row.path.pop_back();
        } else if (type == UNIX_DIAG_RQLEN) {
            if (const auto queues = frontOf<unix_diag_rqlen>(value)) {
                row.receiveQueue = queues->udiag_rqueue;
                row.sendQueue = queues->udiag_wqueue;
            }
        } else if (type == UNIX_DIAG_UID) {
            if (const auto uid = frontOf<std::uint32_t>(value)) {
                row.hasUid = true;
                row.uid = *uid;
            }
        }
    });
    m_rows.push_back(std::move(row));
}

} // namespace sscope
