#pragma once

#include <list>
#include <unordered_map>

#include "core/net/endpoint.h"
#include "core/net/socket_address.h"
#include "core/trace/trace_batch.h"

namespace sscope {

/// The peers that a datagram socket heard of last, with their counters. Bounded: a peer that has
/// been silent the longest is forgotten first, and gets a new id when it comes again.
class DatagramPeers {
public:
    static constexpr std::size_t capacity = 1000;

    struct Peer {
        SocketAddress address;
        TracedCounters counters;
    };

    DatagramPeers(TraceBatch& batch, ConnectionId connection, Transport transport);
    DatagramPeers(const DatagramPeers&) = delete;
    DatagramPeers& operator=(const DatagramPeers&) = delete;
    ~DatagramPeers();

    /// The peer with this address, which becomes the one heard of last. Valid until the next call.
    Peer& at(const SocketAddress& address);
    /// Null where it has been forgotten.
    Peer* find(PeerId id);

private:
    struct Hash {
        std::size_t operator()(const SocketAddress& address) const { return address.hash(); }
    };
    using Recent = std::list<Peer>; // heard of last first

    TraceBatch& m_batch;
    const ConnectionId m_connection;
    const Transport m_transport;
    Recent m_recent;
    std::unordered_map<SocketAddress, Recent::iterator, Hash> m_byAddress;
    PeerId m_lastId = 0;
};

} // namespace sscope
