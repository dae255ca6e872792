#include "ui/connections/connection_order.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <string_view>
#include <tuple>

#include "ui/connections/connection_groups.h"

namespace sscope {

namespace {

using Columns = ConnectionColumns;

int firstPid(const SocketRow& row) {
    return row.owners.empty() ? 0 : row.owners.front().process->pid;
}

int firstDescriptor(const SocketRow& row) {
    return row.owners.empty() ? -1 : row.owners.front().fd;
}

std::string_view firstCommand(const SocketRow& row) {
    return row.owners.empty() ? std::string_view()
                              : std::string_view(row.owners.front().process->command);
}

std::string_view commandLine(const SocketRow& row) {
    return row.owners.empty() ? std::string_view()
                              : std::string_view(row.owners.front().process->commandLine);
}

const TcpInfo* tcpInfo(const SocketRow& row) {
    return row.details && row.details->tcpInfo ? &*row.details->tcpInfo : nullptr;
}

std::uint32_t roundTrip(const SocketRow& row) {
    return tcpInfo(row) ? tcpInfo(row)->rttUs : 0;
}

std::uint32_t retransmits(const SocketRow& row) {
    return tcpInfo(row) ? tcpInfo(row)->retransmitsTotal : 0;
}

// Whole bytes a second: a total order, unlike that of floating point.
std::int64_t receiveRate(const ConnectionEntry& entry) {
    return entry.rates && entry.rates->isKnown
               ? static_cast<std::int64_t>(entry.rates->receivedPerSecond)
               : -1;
}

std::int64_t sendRate(const ConnectionEntry& entry) {
    return entry.rates && entry.rates->isKnown
               ? static_cast<std::int64_t>(entry.rates->sentPerSecond)
               : -1;
}

auto endKey(const IpAddress& address, std::uint16_t port) {
    const IpAddress plain = address.unmapped();
    return std::tuple(plain.isIpv6, plain.bytes, port);
}

auto localKey(const SocketRow& row) {
    return std::tuple_cat(endKey(row.localAddress, row.localPort),
                          std::tuple(std::string_view(row.path)));
}

/// Of a Unix socket, as it is shown: those without a peer, those whose peer has no name, the names.
auto peerKey(const SocketRow& row, const ConnectionEntry* peer) {
    const std::string_view path = peer ? std::string_view(peer->row.path) : std::string_view();
    return std::tuple(path, row.peerInode);
}

// What only tools have a column for.
constexpr int familyKey = Columns::ColumnCount;
constexpr int uidKey = Columns::ColumnCount + 1;

/// What a tool's column is sorted by; -1 where all rows have the same in it.
int columnOf(std::string_view title) {
    struct Meaning {
        std::string_view start;
        int column;
    };
    static constexpr Meaning meanings[] = {
        {"Proto", Columns::ProtocolColumn},
        {"Netid", Columns::ProtocolColumn},
        {"State", Columns::StateColumn},
        {"Recv-Q", Columns::ReceiveQueueColumn},
        {"Send-Q", Columns::SendQueueColumn},
        {"Local", Columns::LocalColumn},
        {"Foreign", Columns::RemoteColumn},
        {"Peer", Columns::RemoteColumn},
        {"COMMAND", Columns::ProcessColumn},
        {"Process", Columns::ProcessColumn},
        {"PID/Program", Columns::PidColumn},
        {"PID", Columns::PidColumn},
        {"Inode", Columns::InodeColumn},
        {"FD", Columns::DescriptorColumn},
        {"DEVICE", Columns::InodeColumn},
        {"NAME", Columns::LocalColumn},
        {"NODE", Columns::ProtocolColumn},
        {"TYPE", familyKey},
        {"USER", uidKey},
        {"User", uidKey},
    };
    const auto* it = std::ranges::find_if(
        meanings, [&](const Meaning& meaning) { return title.starts_with(meaning.start); });
    return it == std::end(meanings) ? -1 : it->column;
}

std::strong_ordering compareBy(int column, const ConnectionEntry& a, const ConnectionEntry& b) {
    switch (column) {
    case Columns::ChangeColumn:
        return a.change <=> b.change;
    case Columns::ProcessColumn:
        // Sockets without a name to sort by come last.
        if (a.row.owners.empty() != b.row.owners.empty())
            return a.row.owners.empty() <=> b.row.owners.empty();
        return firstCommand(a.row) <=> firstCommand(b.row);
    case Columns::PidColumn:
        return firstPid(a.row) <=> firstPid(b.row);
    case Columns::ProtocolColumn:
        return std::tuple(a.row.protocol, a.row.family, a.row.type) <=>
               std::tuple(b.row.protocol, b.row.family, b.row.type);
    case Columns::StateColumn:
        return a.row.state <=> b.row.state;
    case Columns::LocalColumn:
        return localKey(a.row) <=> localKey(b.row);
    case Columns::RemoteColumn:
        return endKey(a.row.remoteAddress, a.row.remotePort) <=>
               endKey(b.row.remoteAddress, b.row.remotePort);
    case Columns::ReceiveQueueColumn:
        return a.row.receiveQueue <=> b.row.receiveQueue;
    case Columns::SendQueueColumn:
        return a.row.sendQueue <=> b.row.sendQueue;
    case Columns::AgeColumn:
        return b.firstSeen <=> a.firstSeen;
    case Columns::UserColumn:
        return a.row.user <=> b.row.user;
    case Columns::RttColumn:
        return roundTrip(a.row) <=> roundTrip(b.row);
    case Columns::RetransmitsColumn:
        return retransmits(a.row) <=> retransmits(b.row);
    case Columns::TimerColumn:
        return std::tuple(a.row.timer, a.row.timerExpiresMs) <=>
               std::tuple(b.row.timer, b.row.timerExpiresMs);
    case Columns::InodeColumn:
        return a.row.inode <=> b.row.inode;
    case Columns::DescriptorColumn:
        return firstDescriptor(a.row) <=> firstDescriptor(b.row);
    case Columns::CommandLineColumn:
        return commandLine(a.row) <=> commandLine(b.row);
    case Columns::ReceiveRateColumn:
        return receiveRate(a) <=> receiveRate(b);
    case Columns::SendRateColumn:
        return sendRate(a) <=> sendRate(b);
    case familyKey:
        return a.row.family <=> b.row.family;
    case uidKey:
        return std::tuple(a.row.hasUid, a.row.uid) <=> std::tuple(b.row.hasUid, b.row.uid);
    default:
        return std::strong_ordering::equal;
    }
}

/// The first eight bytes of a text, so that they compare as it does.
std::uint64_t prefixKey(std::string_view text) {
    unsigned char bytes[8] = {};
    std::memcpy(bytes, text.data(), std::min(text.size(), sizeof bytes));
    std::uint64_t key = 0;
    for (const unsigned char byte : bytes)
        key = key << 8 | byte;
    return key;
}

/// IPv4 whole, with its port; of IPv6 what fits.
std::uint64_t endPrefix(const IpAddress& address, std::uint16_t port) {
    const IpAddress plain = address.unmapped();
    const std::string_view bytes(reinterpret_cast<const char*>(plain.bytes.data()), 8);
    const std::uint64_t key = prefixKey(bytes);
    return plain.isIpv6 ? std::uint64_t{1} << 63 | key >> 1 : key >> 32 << 16 | port;
}

/// Where two keys differ, the column's order is theirs: spares most comparisons a walk through
/// memory.
struct SortKey {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    auto operator<=>(const SortKey&) const = default;
};

SortKey sortKey(int column, const ConnectionEntry& entry) {
    const SocketRow& row = entry.row;
    switch (column) {
    case Columns::ProcessColumn: {
        if (row.owners.empty())
            return {~std::uint64_t{0}, ~std::uint64_t{0}};
        const std::string_view command = firstCommand(row);
        return {prefixKey(command),
                prefixKey(command.substr(std::min<std::size_t>(8, command.size())))};
    }
    case Columns::PidColumn:
        return {static_cast<std::uint64_t>(firstPid(row))};
    case Columns::StateColumn:
        return {static_cast<std::uint64_t>(row.state)};
    case Columns::LocalColumn:
        return {endPrefix(row.localAddress, row.localPort)};
    case Columns::RemoteColumn:
        return {endPrefix(row.remoteAddress, row.remotePort)};
    case Columns::ReceiveQueueColumn:
        return {row.receiveQueue};
    case Columns::SendQueueColumn:
        return {row.sendQueue};
    case Columns::InodeColumn:
        return {row.inode};
    case Columns::UserColumn:
        return {prefixKey(row.user)};
    default:
        return {};
    }
}

} // namespace

void ConnectionOrder::set(TableStyle style, int column, Qt::SortOrder order) {
    m_column = column;
    m_direction = order;
    m_key = column;
    m_showsPaths = style == TableStyle::Full;
    if (style == TableStyle::Full || column < 1)
        return;
    const auto columns = styleColumns(style);
    const auto at = static_cast<std::size_t>(column - 1);
    m_key = at < columns.size() ? columnOf(columns[at].title) : -1;
}

bool ConnectionOrder::isByDetails() const {
    return m_key == Columns::RttColumn || m_key == Columns::RetransmitsColumn ||
           m_key == Columns::TimerColumn || m_key == Columns::ReceiveRateColumn ||
           m_key == Columns::SendRateColumn;
}

std::strong_ordering ConnectionOrder::compare(const ConnectionEntry& a,
                                              const ConnectionEntry& b) const {
    const auto order = compareBy(m_key, a, b);
    const bool isByPeer = m_key == Columns::RemoteColumn && order == 0 &&
                          a.row.protocol == SocketProtocol::Unix &&
                          b.row.protocol == SocketProtocol::Unix;
    if (!isByPeer)
        return order;
    if (!m_showsPaths)
        return a.row.peerInode <=> b.row.peerInode;
    return peerKey(a.row, m_entries.otherEndOf(a)) <=> peerKey(b.row, m_entries.otherEndOf(b));
}

bool ConnectionOrder::isBefore(const ConnectionEntry& a, const ConnectionEntry& b) const {
    if (a.group != b.group && a.group && b.group)
        return a.group->order < b.group->order;
    const auto order = compare(a, b);
    if (order != 0)
        return m_direction == Qt::AscendingOrder ? order < 0 : order > 0;
    const auto ends = std::tuple_cat(endKey(a.row.localAddress, a.row.localPort),
                                     endKey(a.row.remoteAddress, a.row.remotePort)) <=>
                      std::tuple_cat(endKey(b.row.localAddress, b.row.localPort),
                                     endKey(b.row.remoteAddress, b.row.remotePort));
    return ends != 0 ? ends < 0 : a.row.cookie < b.row.cookie;
}

void ConnectionOrder::sort(std::vector<ConnectionEntry*>& entries) const {
    struct Keyed {
        int group;
        SortKey key;
        ConnectionEntry* entry;
    };
    std::vector<Keyed> keyed;
    keyed.reserve(entries.size());
    for (ConnectionEntry* entry : entries)
        keyed.push_back({entry->group ? entry->group->order : 0, sortKey(m_key, *entry), entry});
    const bool isAscending = m_direction == Qt::AscendingOrder;
    std::ranges::sort(keyed, [&](const Keyed& a, const Keyed& b) {
        if (a.group != b.group)
            return a.group < b.group;
        if (a.key != b.key)
            return isAscending ? a.key < b.key : a.key > b.key;
        return isBefore(*a.entry, *b.entry);
    });
    std::ranges::transform(keyed, entries.begin(), &Keyed::entry);
}

void ConnectionOrder::merge(std::vector<ConnectionEntry*>& entries,
                            const std::vector<ConnectionEntry*>& added) const {
    std::vector<ConnectionEntry*> moving = added;
    std::vector<ConnectionEntry*> staying;
    staying.reserve(entries.size());
    for (ConnectionEntry* entry : entries)
        (entry->isMoving ? moving : staying).push_back(entry);
    sort(moving);
    entries.resize(staying.size() + moving.size());
    std::ranges::merge(
        staying, moving, entries.begin(),
        [this](const ConnectionEntry* a, const ConnectionEntry* b) { return isBefore(*a, *b); });
    for (ConnectionEntry* entry : entries)
        entry->isMoving = false;
}

} // namespace sscope
