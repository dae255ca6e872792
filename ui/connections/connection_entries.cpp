#include "ui/connections/connection_entries.h"

#include <algorithm>
#include <cstring>

namespace sscope {

std::size_t ConnectionEndsHash::operator()(const ConnectionEnds& ends) const {
    std::uint64_t hash = 0xcbf29ce484222325u;
    const auto mix = [&](std::uint64_t value) {
        hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
    };
    const auto mixAddress = [&](const IpAddress& address) {
        std::uint64_t halves[2];
        std::memcpy(halves, address.bytes.data(), sizeof halves);
        mix(halves[0]);
        mix(halves[1]);
    };
    mixAddress(ends.local);
    mixAddress(ends.remote);
    mix(std::uint64_t{ends.localPort} << 16 | ends.remotePort);
    return hash;
}

ConnectionEnds ConnectionEnds::of(const SocketRow& row) {
    // An IPv4 connection of a dual-stack socket has IPv4 at its other end.
    const auto plain = [](IpAddress address) {
        if (address.isMapped()) {
            std::copy_n(address.bytes.begin() + 12, 4, address.bytes.begin());
            std::fill(address.bytes.begin() + 4, address.bytes.end(), std::uint8_t{0});
            address.isIpv6 = false;
        }
        return address;
    };
    return {row.protocol, plain(row.localAddress), plain(row.remoteAddress), row.localPort,
            row.remotePort};
}

ConnectionEnds ConnectionEnds::swapped() const {
    return {protocol, remote, local, remotePort, localPort};
}

ConnectionEntry& ConnectionEntries::add(const SocketRow& row) {
    auto made = std::make_unique<ConnectionEntry>();
    ConnectionEntry& entry = *made;
    entry.row = row;
    entry.place = static_cast<std::uint32_t>(m_all.size());
    m_all.push_back(&entry);
    m_byCookie[row.cookie] = std::move(made);
    index(entry);
    return entry;
}

void ConnectionEntries::replace(ConnectionEntry& entry, const SocketRow& row) {
    forget(entry);
    entry.row = row;
    index(entry);
}

void ConnectionEntries::remove(ConnectionEntry& entry) {
    forget(entry);
    m_all.back()->place = entry.place;
    m_all[entry.place] = m_all.back();
    m_all.pop_back();
    m_byCookie.erase(entry.row.cookie);
}

void ConnectionEntries::index(ConnectionEntry& entry) {
    const SocketRow& row = entry.row;
    if (row.protocol == SocketProtocol::Unix)
        m_byInode[row.inode] = &entry;
    else if (row.hasPeer() || row.state == SocketState::Listen ||
             row.protocol == SocketProtocol::Udp)
        m_byEnds[ConnectionEnds::of(row)] = &entry;
}

void ConnectionEntries::forget(const ConnectionEntry& entry) {
    // Another one may have taken its place.
    if (entry.row.protocol == SocketProtocol::Unix) {
        const auto it = m_byInode.find(entry.row.inode);
        if (it != m_byInode.end() && it->second == &entry)
            m_byInode.erase(it);
        return;
    }
    const auto it = m_byEnds.find(ConnectionEnds::of(entry.row));
    if (it != m_byEnds.end() && it->second == &entry)
        m_byEnds.erase(it);
}

ConnectionEntry* ConnectionEntries::find(std::uint64_t cookie) const {
    const auto it = m_byCookie.find(cookie);
    return it == m_byCookie.end() ? nullptr : it->second.get();
}

const ConnectionEntry* ConnectionEntries::findEnds(const ConnectionEnds& ends) const {
    const auto it = m_byEnds.find(ends);
    return it == m_byEnds.end() ? nullptr : it->second;
}

const ConnectionEntry* ConnectionEntries::otherEndOf(const ConnectionEntry& entry) const {
    const SocketRow& row = entry.row;
    const ConnectionEntry* other = nullptr;
    if (row.protocol == SocketProtocol::Unix) {
        const auto it = row.peerInode == 0 ? m_byInode.end() : m_byInode.find(row.peerInode);
        other = it == m_byInode.end() ? nullptr : it->second;
    } else if (isInet(row.protocol) && row.hasPeer()) {
        other = findEnds(ConnectionEnds::of(row).swapped());
    }
    return other == &entry ? nullptr : other;
}

} // namespace sscope
