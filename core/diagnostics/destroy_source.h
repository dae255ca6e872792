#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "core/diagnostics/sock_diag_codec.h"

namespace sscope {

/// The kernel's word for each TCP and UDP socket when it is no more: the multicast groups
/// SKNLGRP_INET_TCP_DESTROY and so on of sock_diag(7). No privilege is needed. A closed connection
/// whose end stays in TIME_WAIT is told of when that begins, since TIME_WAIT is no socket of its
/// own. Used by one thread.
///
/// The kernel drops what does not fit in the receive buffer, at about 1.3 KB a message. With
/// CAP_NET_ADMIN the buffer can be large; without, it is that of net.core.rmem_max, and so a group
/// is heard by several sockets, each with a filter for its share of the cookies.
///
/// The rows are in state CLOSE, and without inode, user and owners: the kernel tells them no more.
/// Sockets that never had a port are left out.
class DestroySource {
public:
    static constexpr std::size_t noLimit = ~std::size_t{0};

    /// mostBuffer bounds what each socket asks for, in bytes: as a system with a low rmem_max does.
    explicit DestroySource(std::size_t mostBuffer = noLimit) : m_mostBuffer(mostBuffer) {}

    Result<void> open();

    /// Waits until there is something to read here or in otherFd, or the time is over.
    void wait(int otherFd, Duration most);
    /// Appends what is there now, without waiting; where more comes meanwhile than can be read, the
    /// rest is for the next call. Returns how many messages were lost since the last call, exactly.
    std::uint64_t read(std::vector<SocketRow>& rows);

    /// What waits to be read is bounded by this (bytes, as the kernel counts them).
    [[nodiscard]] std::size_t bufferSize() const { return m_bufferSize; }
    [[nodiscard]] std::size_t socketCount() const { return m_sockets.size(); }

private:
    struct GroupSocket {
        UniqueFd fd;
        DiagRequest kind;
        std::uint32_t drops = 0; // as of the last look
    };
    struct Group;
    struct Receive;
    struct ReceiveDeleter {
        void operator()(Receive* receive) const;
    };

    Result<void> openGroup(const Group& group);
    void readAll(const GroupSocket& socket, std::vector<SocketRow>& rows);

    const std::size_t m_mostBuffer;
    std::vector<GroupSocket> m_sockets;
    std::size_t m_bufferSize = 0;
    std::unique_ptr<Receive, ReceiveDeleter> m_receive;
};

} // namespace sscope
