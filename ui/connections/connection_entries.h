#pragma once

#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/base/clock.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

struct ConnectionGroup;

enum class RowChange : std::uint8_t { None, New, Changed, Gone };

/// How fast a socket moves its bytes, as of the last two readings of its TCP_INFO.
struct ConnectionRates {
    TimePoint time;
    std::uint64_t received = 0; // bytes since the connection was made
    std::uint64_t acked = 0;
    double receivedPerSecond = 0;
    double sentPerSecond = 0;
    bool isKnown = false; // there were two readings
};

/// One socket as the window shows it.
struct ConnectionEntry {
    SocketRow row;
    TimePoint changedAt;
    TimePoint firstSeen;
    TimePoint stateSince;                   // in its state, as far as it was seen
    ConnectionGroup* group = nullptr;       // where rows are grouped and it is shown
    std::unique_ptr<ConnectionRates> rates; // of those that were watched
    int line = -1;                          // its first one, where it is shown
    std::uint32_t lines = 0;                // how many it has now
    std::uint32_t place = 0;                // in ConnectionEntries::all()
    std::uint32_t mark = 0;                 // of the last arrangement that shows it
    RowChange change = RowChange::None;
    SocketState was = SocketState::Close; // before, where stateChanged
    bool stateChanged = false;
    bool receiveQueueChanged = false;
    bool sendQueueChanged = false;
    bool isOlder = false;                           // was there before the first refresh
    bool wasOurs = false;                           // when it was last read
    bool passesText = false;                        // all of the filter but its states
    bool isShown = false;                           // passes the filter, or has since it was set
    bool willPassText = false, willBeShown = false; // under a filter that is being applied
    bool isMoving = false;                          // is to be put where it belongs
};

/// Both ends of a connection, for finding the other one.
struct ConnectionEnds {
    SocketProtocol protocol;
    IpAddress local;
    IpAddress remote;
    std::uint16_t localPort;
    std::uint16_t remotePort;

    bool operator==(const ConnectionEnds&) const = default;
    static ConnectionEnds of(const SocketRow& row);
    [[nodiscard]] ConnectionEnds swapped() const;
};

struct ConnectionEndsHash {
    std::size_t operator()(const ConnectionEnds& ends) const;
};

/// Every socket of the last refresh, found by its cookie and by its ends. Owned by the model. An
/// entry stays where it is in memory until it is removed.
class ConnectionEntries {
public:
    ConnectionEntry& add(const SocketRow& row);
    /// What the table says of it now.
    void replace(ConnectionEntry& entry, const SocketRow& row);
    void remove(ConnectionEntry& entry);

    [[nodiscard]] ConnectionEntry* find(std::uint64_t cookie) const;
    [[nodiscard]] const ConnectionEntry* findEnds(const ConnectionEnds& ends) const;
    /// Of a connection within this machine, or of a Unix socket; null where it is not in the table.
    [[nodiscard]] const ConnectionEntry* otherEndOf(const ConnectionEntry& entry) const;
    /// In no particular order.
    [[nodiscard]] std::span<ConnectionEntry* const> all() const { return m_all; }

private:
    void index(ConnectionEntry& entry);
    void forget(const ConnectionEntry& entry);

    std::unordered_map<std::uint64_t, std::unique_ptr<ConnectionEntry>> m_byCookie;
    std::unordered_map<ConnectionEnds, ConnectionEntry*, ConnectionEndsHash> m_byEnds;
    std::unordered_map<std::uint32_t, ConnectionEntry*> m_byInode; // Unix sockets only
    std::vector<ConnectionEntry*> m_all;
};

} // namespace sscope
