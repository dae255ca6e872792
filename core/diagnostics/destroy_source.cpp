#include "core/diagnostics/destroy_source.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <utility>

#include <linux/filter.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <poll.h>
#include <sys/socket.h>

namespace sscope {

namespace {

constexpr std::size_t mostShares = 16;

// A message has 380 bytes with the TCP_INFO of Linux 6.18; one longer than this is passed over.
constexpr std::size_t messageSize = 1024;
constexpr unsigned messagesAtOnce = 64;
// Of one socket before the others have their turn: the kernel may be faster than we are.
constexpr std::size_t mostInTurn = 16'384;

Result<UniqueFd> openSocket() {
    UniqueFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG));
    if (!fd.isOpen())
        return Failure(systemError(errno, "socket", "NETLINK_SOCK_DIAG"));
    return fd;
}

/// Returns what the kernel grants, which is twice what is asked for where that is allowed.
std::size_t setReceiveBuffer(int fd, std::size_t wanted) {
    const int half = static_cast<int>(wanted / 2);
    if (::setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &half, sizeof half) != 0)
        ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &half, sizeof half);
    int granted = 0;
    socklen_t size = sizeof granted;
    ::getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &granted, &size);
    return static_cast<std::size_t>(granted);
}

/// A power of two.
std::uint32_t sharesFor(std::size_t granted, std::size_t wanted) {
    const std::size_t shares = wanted / std::max<std::size_t>(granted, 1) + 1;
    return static_cast<std::uint32_t>(std::min(std::bit_ceil(shares), mostShares));
}

/// Lets through the messages whose cookie ends in share; shares is a power of two (bpf(4), which
/// needs no privilege). The kernel numbers cookies in order, so the shares are alike.
bool hearShare(int fd, std::uint32_t share, std::uint32_t shares) {
    constexpr std::uint32_t cookie = NLMSG_HDRLEN + offsetof(inet_diag_msg, id.idiag_cookie);
    constexpr std::uint32_t lowByte =
        std::endian::native == std::endian::little ? cookie : cookie + 3;
    std::array program{
        sock_filter BPF_STMT(BPF_LD | BPF_B | BPF_ABS, lowByte),
        sock_filter BPF_STMT(BPF_ALU | BPF_AND | BPF_K, shares - 1),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, share, 0, 1),
        sock_filter BPF_STMT(BPF_RET | BPF_K, ~0u),
        sock_filter BPF_STMT(BPF_RET | BPF_K, 0),
    };
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    return ::setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0;
}

Result<void> join(int fd, int group) {
    // With it the kernel goes on as soon as there is room, instead of waiting until all is read.
    const int on = 1;
    ::setsockopt(fd, SOL_NETLINK, NETLINK_NO_ENOBUFS, &on, sizeof on);
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = 1u << (group - 1);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return Failure(systemError(errno, "bind", "NETLINK_SOCK_DIAG"));
    return {};
}

/// SO_MEMINFO (Linux 4.12) has the count that /proc/net/netlink shows as Drops.
std::uint32_t dropsOf(int fd) {
    std::array<std::uint32_t, SK_MEMINFO_VARS> memory{};
    socklen_t size = sizeof memory;
    ::getsockopt(fd, SOL_SOCKET, SO_MEMINFO, memory.data(), &size);
    return memory[SK_MEMINFO_DROPS];
}

} // namespace

struct DestroySource::Group {
    int number;
    DiagRequest kind;
    std::size_t buffer;  // bytes that it should have where that is allowed
    std::size_t atLeast; // and by several sockets where it is not
};

struct DestroySource::Receive {
    Receive() {
        for (unsigned i = 0; i < messagesAtOnce; ++i) {
            parts[i] = {bytes[i].data(), messageSize};
            headers[i].msg_hdr.msg_iov = &parts[i];
            headers[i].msg_hdr.msg_iovlen = 1;
        }
    }
    std::array<mmsghdr, messagesAtOnce> headers{};
    std::array<iovec, messagesAtOnce> parts{};
    std::array<std::array<std::byte, messageSize>, messagesAtOnce> bytes{};
};

void DestroySource::ReceiveDeleter::operator()(Receive* receive) const {
    delete receive;
}

Result<void> DestroySource::open() {
    m_receive.reset(new Receive);
    // A second of 10 000 sockets a second takes 12.5 MiB.
    static constexpr std::array groups{
        Group{SKNLGRP_INET_TCP_DESTROY, {SocketProtocol::Tcp, AF_INET, true}, 64 << 20, 6 << 20},
        Group{SKNLGRP_INET6_TCP_DESTROY, {SocketProtocol::Tcp, AF_INET6, true}, 64 << 20, 6 << 20},
        Group{SKNLGRP_INET_UDP_DESTROY, {SocketProtocol::Udp, AF_INET}, 16 << 20, 1 << 20},
        Group{SKNLGRP_INET6_UDP_DESTROY, {SocketProtocol::Udp, AF_INET6}, 16 << 20, 1 << 20},
    };
    for (const Group& group : groups) {
        if (auto opened = openGroup(group); !opened) {
            m_sockets.clear();
            return opened;
        }
    }
    return {};
}

Result<void> DestroySource::openGroup(const Group& group) {
    std::uint32_t shares = 1;
    for (std::uint32_t share = 0; share < shares; ++share) {
        auto fd = openSocket();
        if (!fd)
            return Failure(fd.error());
        const std::size_t granted =
            setReceiveBuffer(fd->get(), std::min(group.buffer, m_mostBuffer));
        if (share == 0)
            shares = sharesFor(granted, group.atLeast);
        // Where the filter is refused one socket hears all.
        if (shares > 1 && !hearShare(fd->get(), share, shares))
            shares = 1;
        if (auto joined = join(fd->get(), group.number); !joined)
            return joined;
        m_bufferSize += granted;
        m_sockets.push_back({std::move(*fd), group.kind});
    }
    return {};
}

void DestroySource::wait(int otherFd, Duration most) {
    std::vector<pollfd> waits{{otherFd, POLLIN, 0}};
    for (const GroupSocket& socket : m_sockets)
        waits.push_back({socket.fd.get(), POLLIN, 0});
    timespec time{};
    time.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(most).count();
    time.tv_nsec = (most % std::chrono::seconds(1)).count();
    ::ppoll(waits.data(), waits.size(), &time, nullptr);
}

std::uint64_t DestroySource::read(std::vector<SocketRow>& rows) {
    std::uint64_t lost = 0;
    for (GroupSocket& socket : m_sockets) {
        readAll(socket, rows);
        // The kernel's count wraps around.
        const std::uint32_t drops = dropsOf(socket.fd.get());
        lost += drops - std::exchange(socket.drops, drops);
    }
    return lost;
}

void DestroySource::readAll(const GroupSocket& socket, std::vector<SocketRow>& rows) {
    const std::size_t before = rows.size();
    DiagDecoder decoder(socket.kind, 0, rows); // what is told unasked has no sequence number
    for (int count = messagesAtOnce;
         count == messagesAtOnce && rows.size() - before < mostInTurn;) {
        count = ::recvmmsg(socket.fd.get(), m_receive->headers.data(), messagesAtOnce, MSG_DONTWAIT,
                           nullptr);
        for (int i = 0; i < count; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const std::size_t size =
                std::min<std::size_t>(m_receive->headers[at].msg_len, messageSize);
            (void)decoder.take({m_receive->bytes[at].data(), size});
        }
    }
    const auto isUnused = [](const SocketRow& row) { return row.localPort == 0; };
    rows.erase(
        std::remove_if(rows.begin() + static_cast<std::ptrdiff_t>(before), rows.end(), isUnused),
        rows.end());
    for (std::size_t i = before; i < rows.size(); ++i) {
        rows[i].state = SocketState::Close;
        rows[i].hasUid = false;
        if (rows[i].protocol == SocketProtocol::Udp)
            rows[i].sendQueue = 0; // one less than what is allocated, so all ones
    }
}

} // namespace sscope
