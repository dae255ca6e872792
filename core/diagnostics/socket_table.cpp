#include "core/diagnostics/socket_table.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <unordered_set>
#include <utility>

#include "core/diagnostics/ownership.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr Duration fullScanInterval = 30s;

bool hasChanged(const SocketRow& before, const SocketRow& after) {
    return before.state != after.state || before.receiveQueue != after.receiveQueue ||
           before.sendQueue != after.sendQueue || before.localPort != after.localPort ||
           before.remotePort != after.remotePort || before.localAddress != after.localAddress ||
           before.remoteAddress != after.remoteAddress || // a datagram socket may connect anew
           before.peerInode != after.peerInode || before.path != after.path ||
           before.interface != after.interface || before.number != after.number ||
           before.portId != after.portId;
}

bool hasOtherOwners(const SocketRow& before, const SocketRow& after) {
    return before.ownersKnown != after.ownersKnown || before.owners != after.owners;
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
    std::vector<SocketRow> rows;
    rows.reserve(m_kept.size() + m_kept.size() / 8 + 64);
    m_stats.notOffered.clear();
    for (const SocketProtocol protocol : everyProtocol) {
        if (!m_kinds.has(protocol))
            continue;
        bool isOffered = false;
        for (const DiagRequest& request : requestsFor(protocol, m_details == DetailsFor::All)) {
            auto read = m_source.read(request, rows);
            if (!read && !read.error().isErrno(ENOENT))
                return Failure(std::move(read.error()));
            isOffered = isOffered || read;
        }
        if (!isOffered)
            m_stats.notOffered.push_back(protocol);
    }
    return rows;
}

void SocketTable::findOwners(const std::vector<SocketRow>& rows, TimePoint now) {
    std::vector<std::uint32_t> newInodes;
    for (const SocketRow& row : rows) {
        if (canHaveOwner(row) && !m_owners.hasSeen(row.inode))
            newInodes.push_back(row.inode);
    }
    const bool due = !m_lastScan || now - *m_lastScan >= fullScanInterval;
    m_stats.scannedOwners = due || !newInodes.empty();
    if (!m_stats.scannedOwners)
        return;
    if (!due)
        scanForNew(rows);
    const auto hasOwner = [&](std::uint32_t inode) { return !m_owners.ownersOf(inode).empty(); };
    // Where one has none, it may be in the place of another that lives on elsewhere.
    if (due || !std::ranges::all_of(newInodes, hasOwner)) {
        m_owners.scan();
        m_names.forgetInterfaces();
        m_lastScan = now;
    }
    for (const SocketRow& row : rows) {
        if (canHaveOwner(row))
            m_owners.rememberOwnerless(row.inode);
    }
}

void SocketTable::scanForNew(const std::vector<SocketRow>& rows) {
    std::unordered_set<std::uint32_t> alive;
    alive.reserve(rows.size());
    for (const SocketRow& row : rows)
        alive.insert(row.inode);
    m_owners.scanForNew(alive);
}

void SocketTable::setOwners(SocketRow& row) {
    if (!canHaveOwner(row))
        return;
    row.owners = m_owners.ownersOf(row.inode);
    row.ownersKnown = !row.owners.empty() || m_owners.unreadableProcesses() == 0;
}

/// The names that the kernel gave as numbers.
void SocketTable::setNames(SocketRow& row) {
    if (row.hasUid)
        row.user = m_names.user(row.uid);
    if (row.interface != 0)
        row.interfaceName = m_names.interface(row.interface);
}

/// A row that was there before: keeps what is still known of it. True where it has changed.
bool SocketTable::update(SocketRow& before, SocketRow& row) {
    bool changed = hasChanged(before, row);
    if (m_stats.scannedOwners || before.inode != row.inode) {
        setOwners(row);
        changed = changed || hasOtherOwners(before, row);
    } else {
        row.owners = std::move(before.owners);
        row.ownersKnown = before.ownersKnown;
    }
    const bool sameNames = row.uid == before.uid && row.interface == before.interface;
    if (sameNames && row.hasUid == before.hasUid && !m_stats.scannedOwners) {
        row.user = std::move(before.user);
        row.interfaceName = std::move(before.interfaceName);
    } else {
        row.user = std::move(before.user); // TIME_WAIT: its earlier row knew
        setNames(row);
    }
    if (!row.details && canHaveOwner(row))
        row.details = std::move(before.details);
    before = std::move(row);
    return changed;
}

void SocketTable::merge(std::vector<SocketRow>& rows, TableChange& change) {
    std::vector<const SocketRow*> added;
    std::vector<const SocketRow*> changed;
    std::size_t seen = 0;
    for (SocketRow& row : rows) {
        const auto [it, isNew] = m_kept.try_emplace(row.cookie);
        Kept& kept = it->second;
        seen += kept.seen == m_refresh ? 0 : 1;
        kept.seen = m_refresh;
        if (isNew) {
            setOwners(row);
            setNames(row);
            kept.row = std::move(row);
            kept.told = m_refresh;
            added.push_back(&kept.row);
        } else if (update(kept.row, row) && kept.told != m_refresh) {
            kept.told = m_refresh;
            changed.push_back(&kept.row);
        }
        m_stats.ownersUnknown += kept.row.ownersKnown ? 0 : 1;
    }
    readWatched(change);
    const auto copy = [](const std::vector<const SocketRow*>& from, std::vector<SocketRow>& to) {
        to.reserve(from.size());
        for (const SocketRow* row : from)
            to.push_back(*row);
    };
    copy(added, change.added);
    copy(changed, change.changed);
    if (seen < m_kept.size())
        takeGone(change);
}

void SocketTable::takeGone(TableChange& change) {
    for (auto it = m_kept.begin(); it != m_kept.end();) {
        if (it->second.seen == m_refresh) {
            ++it;
            continue;
        }
        change.gone.push_back(std::move(it->second.row));
        it = m_kept.erase(it);
    }
}

void SocketTable::readWatched(TableChange& change) {
    if (m_details == DetailsFor::All) {
        for (const auto& [cookie, kept] : m_kept) {
            if (kept.seen == m_refresh && kept.told != m_refresh)
                change.detailed.push_back(kept.row);
        }
    }
    if (m_details != DetailsFor::Watched)
        return;
    for (const std::uint64_t cookie : m_watched) {
        const auto it = m_kept.find(cookie);
        if (it == m_kept.end() || it->second.seen != m_refresh)
            continue;
        Kept& kept = it->second;
        const auto now = m_source.readOne(kept.row);
        if (!now || !now->details)
            continue;
        // Its state and queues are those of the refresh, for all rows alike.
        kept.row.details = now->details;
        kept.row.timer = now->timer;
        kept.row.timerRetransmits = now->timerRetransmits;
        kept.row.timerExpiresMs = now->timerExpiresMs;
        if (kept.told != m_refresh)
            change.detailed.push_back(kept.row);
    }
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
    merge(*rows, change);
    m_stats.sockets = m_kept.size();
    m_stats.took = SteadyClock::now() - before;
    return change;
}

std::optional<SocketRow> SocketTable::readNow(std::uint64_t cookie) {
    const auto it = m_kept.find(cookie);
    if (it == m_kept.end())
        return std::nullopt;
    auto row = m_source.readOne(it->second.row);
    if (!row)
        return std::nullopt;
    row->user = it->second.row.user;
    setNames(*row);
    setOwners(*row);
    return row;
}

std::vector<SocketRow> SocketTable::rows() const {
    std::vector<SocketRow> rows;
    rows.reserve(m_kept.size());
    for (const auto& [cookie, kept] : m_kept)
        rows.push_back(kept.row);
    return rows;
}

} // namespace sscope
