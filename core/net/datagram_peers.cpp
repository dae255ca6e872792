#include "core/net/datagram_peers.h"

#include <algorithm>

namespace sscope {

DatagramPeers::DatagramPeers(TraceBatch& batch, ConnectionId connection, Transport transport)
    : m_batch(batch), m_connection(connection), m_transport(transport) {}

DatagramPeers::~DatagramPeers() {
    for (Peer& peer : m_recent)
        m_batch.forget(peer.counters);
}

DatagramPeers::Peer& DatagramPeers::at(const SocketAddress& address) {
    if (!m_recent.empty() && m_recent.front().address == address)
        return m_recent.front();
    if (const auto it = m_byAddress.find(address); it != m_byAddress.end()) {
        m_recent.splice(m_recent.begin(), m_recent, it->second);
        return m_recent.front();
    }
    if (m_recent.size() >= capacity) {
        if (m_recent.back().counters.isDirty)
            m_batch.flush(); // what the log says of this peer needs its name
        m_byAddress.erase(m_recent.back().address);
        m_recent.pop_back();
    }
    TracedCounters counters{.connection = m_connection,
                            .peer = ++m_lastId,
                            .endpoint = endpointText(m_transport, address),
                            .counters = {}};
    m_recent.push_front({address, std::move(counters)});
    m_byAddress.emplace(address, m_recent.begin());
    return m_recent.front();
}

DatagramPeers::Peer* DatagramPeers::find(PeerId id) {
    const auto it =
        std::ranges::find_if(m_recent, [&](const Peer& peer) { return peer.counters.peer == id; });
    return it == m_recent.end() ? nullptr : &*it;
}

} // namespace sscope
