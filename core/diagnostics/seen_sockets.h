#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/clock.h"
#include "core/diagnostics/closed_history.h"
#include "core/diagnostics/socket_table.h"

namespace sscope {

/// What the table knew of TCP and UDP sockets, for the history of closed ones: a socket that closes
/// has lost its inode, user and processes before the kernel tells of it. Used by one thread.
class SeenSockets {
public:
    void learn(const TableChange& change, TimePoint now);
    /// Fills in what was known of the socket: state, inode, user, owners, age.
    void complete(ClosedSocket& closed, TimePoint now) const;
    [[nodiscard]] std::size_t size() const { return m_seen.size(); }

private:
    struct Seen {
        std::uint32_t inode = 0;
        std::uint32_t interface = 0;
        std::uint32_t uid = 0;
        bool hasUid = false;
        bool ownersKnown = true;
        bool isGone = false; // from the table: it has closed, or its kind is not asked for
        SocketState state = SocketState::Close;
        std::string user;
        std::vector<SocketOwner> owners;
        TimePoint since;
    };
    struct Gone {
        TimePoint since;
        std::uint64_t cookie;
    };

    void keep(const SocketRow& row, TimePoint now);
    void forgetGone(TimePoint now);
    [[nodiscard]] std::vector<SocketOwner> ownersOfListener(const SocketRow& row) const;

    std::unordered_map<std::uint64_t, Seen> m_seen;                // by cookie
    std::unordered_multimap<std::uint16_t, SocketRow> m_listeners; // by port
    std::deque<Gone> m_gone;                                       // the oldest first
};

} // namespace sscope
