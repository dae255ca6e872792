#include "core/diagnostics/socket_table.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr Duration fullScanInterval = 30s;

bool hasChanged(const SocketRow& before, const SocketRow& after) {
    return before.state != after.state || before.receiveQueue != after.receiveQueue ||
           before.sendQueue != after.sendQueue || before.ownersKnown != after.ownersKnown ||
           before.owners != after.owners || before.localPort != after.localPort ||
           before.remotePort != after.remotePort || before.localAddress != after.localAddress ||
           before.remoteAddress != after.remoteAddress; // a datagram socket may connect anew
}

/// Only what a descriptor can refer to has an owner; the kernel itself keeps the rest.
bool canHaveOwner(const SocketRow& row) {
    return row.inode != 0;
}

} // namespace

TableKinds TableKinds::all() {
    return {true, true, true, true, true, true, true};
}

bool TableKinds::has(SocketProtocol protocol) const {
    switch (protocol) {
    case SocketProtocol::Tcp:
        return tcp;
    case SocketProtocol::Udp:
        return udp;
    case SocketProtocol::UdpLite:
        return udpLite;
    case SocketProtocol::Raw:
        return raw;
    case SocketProtocol::Unix:
        return unixSockets;
    case SocketProtocol::Packet:
        return packet;
    case SocketProtocol::Netlink:
        return netlink;
    }
    return false;
}

SocketTable::SocketTable(TableKinds kinds, DetailsFor details, std::string procRoot)
    : m_kinds(kinds), m_details(details), m_owners(std::move(procRoot)) {}

Result<std::vector<SocketRow>> SocketTable::readKernel() {
    std::vector<DiagRequest> requests;
    if (m_kinds.tcp)
        requests.insert(requests.end(),
                        {{SocketProtocol::Tcp, AF_INET}, {SocketProtocol::Tcp, AF_INET6}});
    if (m_kinds.udp)
        requests.insert(requests.end(),
                        {{SocketProtocol::Udp, AF_INET}, {SocketProtocol::Udp, AF_INET6}});
    if (m_kinds.unixSockets)
        requests.push_back({SocketProtocol::Unix, AF_UNIX});
    std::vector<SocketRow> rows;
    rows.reserve(m_kept.size() + m_kept.size() / 8 + 64);
    for (const DiagRequest& request : requests) {
        auto read = m_source.read(request, rows);
        // A kernel without the family has no such sockets.
        if (!read && !read.error().isErrno(ENOENT))
            return Failure(std::move(read.error()));
    }
    return rows;
}

void SocketTable::findOwners(std::vector<SocketRow>& rows, TimePoint now) {
    const auto isNew = [&](const SocketRow& row) {
        return canHaveOwner(row) && !m_owners.hasSeen(row.inode);
    };
    const bool due = !m_lastScan || now - *m_lastScan >= fullScanInterval;
    m_stats.scannedOwners = due || std::ranges::any_of(rows, isNew);
    if (!m_stats.scannedOwners)
        return;
    m_owners.scan();
    m_lastScan = now;
    for (const SocketRow& row : rows) {
        if (canHaveOwner(row))
            m_owners.rememberOwnerless(row.inode);
    }
}

void SocketTable::complete(SocketRow& row, const Kept* earlier) {
    if (canHaveOwner(row)) {
        row.owners = m_owners.ownersOf(row.inode);
        row.ownersKnown = !row.owners.empty() || m_owners.unreadableProcesses() == 0;
    }
    if (row.hasUid)
        row.user = userName(row.uid);
    else if (earlier) // TIME_WAIT: its earlier row knew
        row.user = earlier->row.user;
}

const std::string& SocketTable::userName(std::uint32_t uid) {
    const auto [it, isNew] = m_users.try_emplace(uid);
    if (isNew) {
        std::array<char, 4096> buffer;
        passwd entry{};
        passwd* found = nullptr;
        ::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
        it->second = found ? found->pw_name : std::to_string(uid);
    }
    return it->second;
}

Result<TableChange> SocketTable::refresh(TimePoint now) {
    const TimePoint before = SteadyClock::now();
    auto rows = readKernel();
    if (!rows)
        return Failure(std::move(rows.error()));
    findOwners(*rows, now);
    ++m_refresh;
    m_stats.ownersUnknown = 0;
    TableChange change;
    for (SocketRow& row : *rows) {
        const auto it = m_kept.find(row.cookie);
        complete(row, it == m_kept.end() ? nullptr : &it->second);
        m_stats.ownersUnknown += row.ownersKnown ? 0 : 1;
        if (it == m_kept.end()) {
            change.added.push_back(row);
            const std::uint64_t cookie = row.cookie;
            m_kept.emplace(cookie, Kept{std::move(row), m_refresh});
            continue;
        }
        it->second.seen = m_refresh;
        if (hasChanged(it->second.row, row)) {
            change.changed.push_back(row);
            it->second.row = std::move(row);
        }
    }
    for (auto it = m_kept.begin(); it != m_kept.end();) {
        if (it->second.seen == m_refresh) {
            ++it;
            continue;
        }
        change.gone.push_back(std::move(it->second.row));
        it = m_kept.erase(it);
    }
    readWatched(change);
    m_stats.sockets = m_kept.size();
    m_stats.sawEveryOwner = m_owners.unreadableProcesses() == 0;
    m_stats.took = SteadyClock::now() - before;
    return change;
}

void SocketTable::readWatched(TableChange& change) {
    if (m_details != DetailsFor::Watched)
        return;
    for (const std::uint64_t cookie : m_watched) {
        if (const auto it = m_kept.find(cookie); it != m_kept.end())
            change.detailed.push_back(it->second.row);
    }
}

std::optional<SocketRow> SocketTable::readNow(std::uint64_t cookie) {
    const auto it = m_kept.find(cookie);
    return it == m_kept.end() ? std::nullopt : std::optional(it->second.row);
}

std::vector<SocketRow> SocketTable::rows() const {
    std::vector<SocketRow> rows;
    rows.reserve(m_kept.size());
    for (const auto& [cookie, kept] : m_kept)
        rows.push_back(kept.row);
    return rows;
}

} // namespace sscope
