#pragma once

#include <span>
#include <vector>

#include <sys/epoll.h>

#include "core/load/load_connection.h"
#include "core/net/socket_address.h"

namespace sscope {

/// The descriptors of a load under epoll(7): connects them to one address and waits for them. A key
/// is a connection's index. Used on the load's thread.
class LoadSockets {
public:
    static constexpr std::uint32_t cancelKey = UINT32_MAX;

    LoadSockets(const LoadConfig& config, SocketAddress address);

    /// Events of cancelFd have cancelKey.
    Result<void> open(int cancelFd);
    /// What is ready until then; valid until the next call.
    std::span<const epoll_event> wait(TimePoint until);

    // These return an errno, 0 for success.

    /// Of a connection that has been made.
    int adopt(LoadConnection& connection, UniqueFd fd, std::uint32_t key);
    /// EINPROGRESS: finishConnect is to be called once the connection is ready.
    int connect(LoadConnection& connection, std::uint32_t key);
    int finishConnect(LoadConnection& connection, std::uint32_t key);

    void watchWrites(LoadConnection& connection, std::uint32_t key, bool on);
    [[nodiscard]] const SocketAddress& address() const { return m_address; }

private:
    int control(int operation, const LoadConnection& connection, std::uint32_t key,
                std::uint32_t events);

    const Transport m_transport;
    const SocketOptions m_options;
    const SocketAddress m_address;
    UniqueFd m_epoll;
    std::vector<epoll_event> m_events;
};

} // namespace sscope
