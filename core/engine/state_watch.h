#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/diagnostics/netlink_source.h"
#include "core/net/socket_address.h"
#include "core/reactor/reactor.h"
#include "core/trace/trace_event.h"

namespace sscope {

/// The kernel's state of one TCP socket: written on the clients' loop, read on any thread.
class WatchedState {
public:
    void store(std::optional<SocketState> state) {
        m_state.store(state ? static_cast<int>(*state) : unknown, std::memory_order_relaxed);
    }
    /// Empty before there is a socket, and when the kernel has forgotten it.
    [[nodiscard]] std::optional<SocketState> load() const {
        const int state = m_state.load(std::memory_order_relaxed);
        return state == unknown ? std::nullopt : std::optional(static_cast<SocketState>(state));
    }

private:
    static constexpr int unknown = -1;
    std::atomic<int> m_state = unknown;
};

/// Looks four times a second at the sockets that somebody watches: by descriptor while it is ours,
/// afterwards by its two ends (sock_diag(7)), until the kernel forgets it. ClientManager owns it,
/// on its loop's thread.
class StateWatch {
public:
    /// fdOf gives a client's descriptor, or -1 where it has none, or no more.
    StateWatch(Reactor& reactor, std::function<int(ConnectionId)> fdOf);

    /// Watches until the caller has dropped state.
    void add(ConnectionId id, std::shared_ptr<WatchedState> state);

private:
    struct Watched {
        ConnectionId id;
        std::shared_ptr<WatchedState> state;
        SocketAddress local;
        SocketAddress remote;
        bool isOver = false;
    };
    void look();
    void look(Watched& watched);

    Reactor& m_reactor;
    const std::function<int(ConnectionId)> m_fdOf;
    std::vector<Watched> m_watched;
    NetlinkSource m_source;
    Timer m_timer;
};

} // namespace sscope
