#include "core/diagnostics/seen_sockets.h"

#include <algorithm>

namespace sscope {

namespace {

// A socket leaves the table when it is unhashed and is told of when its last reference is gone: a
// queue of packets on their way can hold one.
constexpr Duration keptWhenGone = std::chrono::seconds(60);
constexpr std::size_t mostGone = 50'000;

bool isTold(const SocketRow& row) {
    return row.protocol == SocketProtocol::Tcp || row.protocol == SocketProtocol::Udp;
}

bool isListenerOf(const SocketRow& listener, const SocketRow& row) {
    const IpAddress address = listener.localAddress.unmapped();
    const IpAddress met = row.localAddress.unmapped();
    if (!address.isAny())
        return address == met;
    // [::] hears IPv4 too, unless IPV6_V6ONLY is set.
    return address.isIpv6 == met.isIpv6 || (address.isIpv6 && !listener.v6Only.value_or(false));
}

template <typename Map>
auto findListener(Map& listeners, const SocketRow& row) {
    auto [it, end] = listeners.equal_range(row.localPort);
    while (it != end && it->second.cookie != row.cookie)
        ++it;
    return it == end ? listeners.end() : it;
}

} // namespace

void SeenSockets::learn(const TableChange& change, TimePoint now) {
    for (const SocketRow& row : change.added)
        keep(row, now);
    for (const SocketRow& row : change.changed)
        keep(row, now);
    for (const SocketRow& row : change.gone) {
        if (const auto it = m_seen.find(row.cookie); it != m_seen.end()) {
            it->second.isGone = true;
            m_gone.push_back({now, row.cookie});
        }
        if (const auto it = findListener(m_listeners, row); it != m_listeners.end())
            m_listeners.erase(it);
    }
    forgetGone(now);
}

void SeenSockets::complete(ClosedSocket& closed, TimePoint now) const {
    SocketRow& row = closed.row;
    const auto it = m_seen.find(row.cookie);
    if (it == m_seen.end()) {
        closed.listenerOwners = ownersOfListener(row);
        return;
    }
    const Seen& seen = it->second;
    row.inode = seen.inode;
    row.interface = seen.interface;
    row.hasUid = seen.hasUid;
    row.uid = seen.uid;
    row.user = seen.user;
    row.state = seen.state;
    row.ownersKnown = seen.ownersKnown;
    row.owners = seen.owners;
    closed.age = std::max(now - seen.since, Duration::zero());
}

void SeenSockets::keep(const SocketRow& row, TimePoint now) {
    // TIME_WAIT and SYN_RECV have cookies that no closed socket has.
    if (!isTold(row) || row.state == SocketState::TimeWait || row.state == SocketState::SynRecv)
        return;
    const auto [it, isNew] = m_seen.try_emplace(row.cookie);
    Seen& seen = it->second;
    // An orphan has lost its process already; who held it is what is asked for.
    if (isNew || !row.owners.empty() || row.inode != 0) {
        seen.inode = row.inode;
        seen.hasUid = row.hasUid;
        seen.uid = row.uid;
        seen.user = row.user;
        seen.ownersKnown = row.ownersKnown;
        seen.owners = row.owners;
    }
    seen.interface = row.interface;
    seen.state = row.state;
    seen.isGone = false;
    if (isNew)
        seen.since = now;
    if (row.state != SocketState::Listen)
        return;
    if (const auto known = findListener(m_listeners, row); known != m_listeners.end())
        known->second = row;
    else
        m_listeners.emplace(row.localPort, row);
}

void SeenSockets::forgetGone(TimePoint now) {
    while (!m_gone.empty() &&
           (now - m_gone.front().since > keptWhenGone || m_gone.size() > mostGone)) {
        const auto it = m_seen.find(m_gone.front().cookie);
        if (it != m_seen.end() && it->second.isGone)
            m_seen.erase(it);
        m_gone.pop_front();
    }
}

std::vector<SocketOwner> SeenSockets::ownersOfListener(const SocketRow& row) const {
    if (row.protocol != SocketProtocol::Tcp || !row.hasPeer())
        return {};
    const auto [begin, end] = m_listeners.equal_range(row.localPort);
    const auto it = std::find_if(
        begin, end, [&](const auto& listener) { return isListenerOf(listener.second, row); });
    return it == end ? std::vector<SocketOwner>() : it->second.owners;
}

} // namespace sscope
