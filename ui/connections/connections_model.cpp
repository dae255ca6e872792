#include "ui/connections/connections_model.h"

#include <algorithm>
#include <compare>

#include <arpa/inet.h>

#include <QCoreApplication>
#include <QKeySequence>

#include "core/net/endpoint.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

// So many separate removals are worth doing one by one; more are gathered at the end first.
constexpr int fewRanges = 32;

QVariant alignment(int column) {
    using Model = ConnectionsModel;
    const bool isRight = column == Model::PidColumn || column == Model::ReceiveQueueColumn ||
                         column == Model::SendQueueColumn || column == Model::AgeColumn;
    return QVariant::fromValue((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

/// A numeric address; without its zone, which the table does not have.
IpAddress addressOf(const std::string& host) {
    IpAddress address{.isIpv6 = host.find(':') != std::string::npos};
    ::inet_pton(address.isIpv6 ? AF_INET6 : AF_INET, host.substr(0, host.find('%')).c_str(),
                address.bytes.data());
    return address;
}

int firstPid(const SocketRow& row) {
    return row.owners.empty() ? 0 : row.owners.front().process->pid;
}

const std::string& firstCommand(const SocketRow& row) {
    static const std::string none;
    return row.owners.empty() ? none : row.owners.front().process->command;
}

QString processText(const SocketRow& row) {
    switch (ownerWord(row)) {
    case OwnerWord::NoPermission:
        return ConnectionsModel::tr("no permission");
    case OwnerWord::Kernel:
        return ConnectionsModel::tr("kernel");
    case OwnerWord::None:
        return ConnectionsModel::tr("none");
    case OwnerWord::Named:
        break;
    }
    const QString name = toQString(displaySafe(firstCommand(row)));
    return row.owners.size() == 1 ? name
                                  : QStringLiteral("%1 +%2").arg(name).arg(row.owners.size() - 1);
}

QString ownersTip(const SocketRow& row) {
    if (ownerWord(row) == OwnerWord::NoPermission)
        return ConnectionsModel::tr(
            "The owner belongs to another user. Run Socketscope as root to see it.");
    QStringList lines;
    for (const SocketOwner& owner : row.owners)
        lines.append(ConnectionsModel::tr("%1, pid %2, descriptor %3")
                         .arg(toQString(displaySafe(owner.process->command)))
                         .arg(owner.process->pid)
                         .arg(owner.fd));
    return lines.join(QLatin1Char('\n'));
}

auto endKey(const IpAddress& address, std::uint16_t port) {
    const IpAddress plain = address.unmapped();
    return std::tuple(plain.isIpv6, plain.bytes, port);
}

std::strong_ordering compareBy(int column, const ConnectionEntry& a, const ConnectionEntry& b) {
    using Model = ConnectionsModel;
    switch (column) {
    case Model::ChangeColumn:
        return a.change <=> b.change;
    case Model::ProcessColumn:
        // Sockets without a name to sort by come last.
        if (a.row.owners.empty() != b.row.owners.empty())
            return a.row.owners.empty() <=> b.row.owners.empty();
        return firstCommand(a.row) <=> firstCommand(b.row);
    case Model::PidColumn:
        return firstPid(a.row) <=> firstPid(b.row);
    case Model::ProtocolColumn:
        return a.row.protocol <=> b.row.protocol;
    case Model::StateColumn:
        return a.row.state <=> b.row.state;
    case Model::LocalColumn:
        return endKey(a.row.localAddress, a.row.localPort) <=>
               endKey(b.row.localAddress, b.row.localPort);
    case Model::RemoteColumn:
        return endKey(a.row.remoteAddress, a.row.remotePort) <=>
               endKey(b.row.remoteAddress, b.row.remotePort);
    case Model::ReceiveQueueColumn:
        return a.row.receiveQueue <=> b.row.receiveQueue;
    case Model::SendQueueColumn:
        return a.row.sendQueue <=> b.row.sendQueue;
    case Model::AgeColumn:
        return b.firstSeen <=> a.firstSeen;
    case Model::UserColumn:
        return a.row.user <=> b.row.user;
    default:
        return std::strong_ordering::equal;
    }
}

} // namespace

std::size_t ConnectionsModel::EndsHash::operator()(const Ends& ends) const {
    std::uint64_t hash = 0xcbf29ce484222325u; // FNV-1a
    const auto mix = [&](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3u; };
    for (const std::uint8_t byte : ends.local.bytes)
        mix(byte);
    for (const std::uint8_t byte : ends.remote.bytes)
        mix(byte);
    mix(std::uint64_t{ends.localPort} << 16 | ends.remotePort);
    return hash;
}

ConnectionsModel::Ends ConnectionsModel::endsOf(const SocketRow& row) {
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

ConnectionsModel::Ends ConnectionsModel::swapped(const Ends& ends) {
    return {ends.protocol, ends.remote, ends.local, ends.remotePort, ends.localPort};
}

ConnectionsModel::ConnectionsModel(QObject* parent) : QAbstractTableModel(parent) {}

ConnectionsModel::~ConnectionsModel() = default;

int ConnectionsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ConnectionsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ConnectionsModel::data(const QModelIndex& index, int role) const {
    const ConnectionEntry& entry = at(index.row());
    const SocketRow& row = entry.row;
    if (role == Qt::TextAlignmentRole)
        return alignment(index.column());
    if (role == CookieRole)
        return static_cast<quint64>(row.cookie);
    if (role == Qt::AccessibleTextRole)
        return lineText(index.row());
    if (role == Qt::ToolTipRole) {
        if (index.column() == ProcessColumn || index.column() == PidColumn)
            return plainTip(ownersTip(row));
        if (index.column() == PairColumn && hasPeer(index.row()))
            return tr("Both ends are on this machine. A click, or %1, goes to the other one.")
                .arg(QKeySequence(Qt::CTRL | Qt::Key_J).toString(QKeySequence::NativeText));
        return plainTip(index.data(Qt::DisplayRole).toString());
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case ProcessColumn:
        return processText(row);
    case PidColumn:
        return row.owners.empty() ? QString() : QString::number(firstPid(row));
    case ProtocolColumn:
        return QString::fromLatin1(protocolText(row.protocol)) +
               (row.family == 6 ? QStringLiteral("6") : QString());
    case StateColumn:
        return QString::fromLatin1(stateText(row.state));
    case LocalColumn:
        return toQString(row.localText());
    case RemoteColumn:
        return toQString(row.remoteText());
    case ReceiveQueueColumn:
        return countText(row.receiveQueue);
    case SendQueueColumn:
        return countText(row.sendQueue);
    case AgeColumn: {
        const QString age = ageText(SteadyClock::now() - entry.firstSeen);
        return entry.isOlder ? tr("> %1").arg(age) : age;
    }
    case UserColumn:
        return row.user.empty() ? tr("unknown") : toQString(displaySafe(row.user));
    case NotesColumn:
        if (entry.change == RowChange::Gone)
            return tr("gone");
        if (!entry.was.isEmpty())
            return tr("was %1").arg(entry.was);
        return linkOf(index.row()).text;
    default:
        return {};
    }
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section);
    if (role == Qt::ToolTipRole && section == ReceiveQueueColumn)
        return tr("Bytes received and not yet read; of a listener, connections not yet accepted");
    if (role == Qt::ToolTipRole && section == SendQueueColumn)
        return tr("Bytes sent and not yet acknowledged; of a listener, its backlog");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ProcessColumn:
        return tr("Process");
    case PidColumn:
        return tr("PID");
    case ProtocolColumn:
        return tr("Proto");
    case StateColumn:
        return tr("State");
    case LocalColumn:
        return tr("Local");
    case RemoteColumn:
        return tr("Remote");
    case ReceiveQueueColumn:
        return QStringLiteral("Recv-Q");
    case SendQueueColumn:
        return QStringLiteral("Send-Q");
    case AgeColumn:
        return tr("Age");
    case UserColumn:
        return tr("User");
    case NotesColumn:
        return tr("Notes");
    default:
        return {};
    }
}

bool ConnectionsModel::isBefore(const ConnectionEntry* a, const ConnectionEntry* b) const {
    const auto order = compareBy(m_sortColumn, *a, *b);
    if (order != 0)
        return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
    // A total order, so that equal rows keep their places.
    const auto ends = std::tuple_cat(endKey(a->row.localAddress, a->row.localPort),
                                     endKey(a->row.remoteAddress, a->row.remotePort)) <=>
                      std::tuple_cat(endKey(b->row.localAddress, b->row.localPort),
                                     endKey(b->row.remoteAddress, b->row.remotePort));
    return ends != 0 ? ends < 0 : a->row.cookie < b->row.cookie;
}

void ConnectionsModel::sort(int column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_sortOrder = order;
    restoreOrder();
}

void ConnectionsModel::restoreOrder() {
    const auto before = [this](const ConnectionEntry* a, const ConnectionEntry* b) {
        return isBefore(a, b);
    };
    if (!std::ranges::is_sorted(m_shown, before))
        rearrange([&](std::vector<ConnectionEntry*>& rows) { std::ranges::sort(rows, before); });
}

void ConnectionsModel::rearrange(const std::function<void(std::vector<ConnectionEntry*>&)>& order) {
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<const ConnectionEntry*> entries;
    for (const QModelIndex& index : before)
        entries.push_back(&at(index.row()));
    order(m_shown);
    if (!before.isEmpty()) {
        std::unordered_map<const ConnectionEntry*, int> rows;
        for (std::size_t i = 0; i < m_shown.size(); ++i)
            rows[m_shown[i]] = static_cast<int>(i);
        QModelIndexList after;
        for (qsizetype i = 0; i < before.size(); ++i)
            after.append(index(rows[entries[static_cast<std::size_t>(i)]], before[i].column()));
        changePersistentIndexList(before, after);
    }
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

bool ConnectionsModel::passes(const ConnectionEntry& entry) const {
    const SocketRow& row = entry.row;
    if (m_filter.oursOnly && !isOurs(entry))
        return false;
    if (m_filter.listeningOnly && row.state != SocketState::Listen)
        return false;
    if (m_filter.hideLoopback && row.localAddress.isLoopback() &&
        (!row.hasPeer() || row.remoteAddress.isLoopback()))
        return false;
    return m_filter.text.matches(row);
}

void ConnectionsModel::setFilter(const ConnectionFilter& filter) {
    m_filter = filter;
    beginResetModel();
    m_shown.clear();
    for (const auto& [cookie, entry] : m_entries) {
        entry->isShown = passes(*entry);
        if (entry->isShown)
            m_shown.push_back(entry.get());
    }
    std::ranges::sort(m_shown, [this](const ConnectionEntry* a, const ConnectionEntry* b) {
        return isBefore(a, b);
    });
    endResetModel();
}

bool ConnectionsModel::isOurs(const SocketRow& row) const {
    const int self = static_cast<int>(QCoreApplication::applicationPid());
    return row.isOwnedBy(self) ||
           (m_isOwnProcess && std::ranges::any_of(row.owners, [&](const SocketOwner& owner) {
                return m_isOwnProcess(owner.process->pid);
            }));
}

void ConnectionsModel::setLinkSource(std::function<RowLink(const SocketRow&)> source) {
    m_linkSource = std::move(source);
}

void ConnectionsModel::apply(const TableUpdate& update) {
    if (!update.change)
        return;
    removeGone();
    for (const auto& [cookie, entry] : m_entries) {
        entry->change = RowChange::None;
        entry->was.clear();
        entry->stateChanged = entry->queuesChanged = false;
    }
    markGone(update.change->gone, update.time);
    takeChanged(update.change->changed, update.time);
    insertNew(update.change->added, update.time);
    restoreOrder();
    announceShown();
    m_isFirst = false;
}

void ConnectionsModel::removeGone() {
    const auto isGone = [](const ConnectionEntry* entry) {
        return entry->change == RowChange::Gone;
    };
    int ranges = 0;
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        ranges += isGone(m_shown[i]) && (i == 0 || !isGone(m_shown[i - 1])) ? 1 : 0;
    if (ranges > fewRanges)
        rearrange([&](std::vector<ConnectionEntry*>& rows) {
            std::stable_partition(rows.begin(), rows.end(), std::not_fn(isGone));
        });
    const auto isGoneAt = [&](int row) { return isGone(m_shown[static_cast<std::size_t>(row)]); };
    for (int last = rowCount() - 1; last >= 0; --last) {
        if (!isGoneAt(last))
            continue;
        int first = last;
        while (first > 0 && isGoneAt(first - 1))
            --first;
        beginRemoveRows({}, first, last);
        m_shown.erase(m_shown.begin() + first, m_shown.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
    std::erase_if(m_entries, [&](const auto& item) {
        const ConnectionEntry& entry = *item.second;
        if (entry.change != RowChange::Gone)
            return false;
        forgetEnds(entry.row);
        return true;
    });
}

void ConnectionsModel::forgetEnds(const SocketRow& row) {
    const auto it = m_byEnds.find(endsOf(row));
    if (it != m_byEnds.end() && it->second == row.cookie)
        m_byEnds.erase(it);
}

void ConnectionsModel::markGone(const std::vector<SocketRow>& rows, TimePoint now) {
    for (const SocketRow& row : rows) {
        if (const auto it = m_entries.find(row.cookie); it != m_entries.end()) {
            it->second->change = RowChange::Gone;
            it->second->changedAt = now;
        }
    }
}

void ConnectionsModel::takeChanged(const std::vector<SocketRow>& rows, TimePoint now) {
    for (const SocketRow& row : rows) {
        const auto it = m_entries.find(row.cookie);
        if (it == m_entries.end())
            continue;
        ConnectionEntry& entry = *it->second;
        entry.change = RowChange::Changed;
        entry.changedAt = now;
        entry.stateChanged = entry.row.state != row.state;
        entry.queuesChanged =
            entry.row.receiveQueue != row.receiveQueue || entry.row.sendQueue != row.sendQueue;
        if (entry.stateChanged)
            entry.stateSince = now;
        if (entry.stateChanged)
            entry.was = QString::fromLatin1(stateText(entry.row.state));
        forgetEnds(entry.row);
        entry.row = row;
        if (row.hasPeer() || row.state == SocketState::Listen)
            m_byEnds[endsOf(row)] = row.cookie;
        entry.wasOurs = isOurs(entry);
        // One that no longer passes the filter stays until it is gone or the filter changes, so
        // that nothing vanishes under a person's eyes.
        if (!entry.isShown && passes(entry))
            m_fresh.push_back(&entry);
    }
}

void ConnectionsModel::insertNew(const std::vector<SocketRow>& rows, TimePoint now) {
    for (const SocketRow& row : rows) {
        auto entry = std::make_unique<ConnectionEntry>();
        entry->row = row;
        entry->change = m_isFirst ? RowChange::None : RowChange::New;
        entry->changedAt = entry->firstSeen = entry->stateSince = now;
        entry->isOlder = m_isFirst;
        entry->wasOurs = isOurs(row);
        if (row.hasPeer() || row.state == SocketState::Listen)
            m_byEnds[endsOf(row)] = row.cookie;
        if (passes(*entry))
            m_fresh.push_back(entry.get());
        m_entries[row.cookie] = std::move(entry);
    }
    if (m_fresh.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(m_fresh.size()) - 1);
    for (ConnectionEntry* entry : m_fresh)
        entry->isShown = true;
    m_shown.insert(m_shown.end(), m_fresh.begin(), m_fresh.end());
    m_fresh.clear();
    endInsertRows();
}

void ConnectionsModel::announceShown() {
    // Colours fade and ages grow in most rows; the view repaints those that it shows.
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

RowLink ConnectionsModel::linkOf(int row) const {
    return m_linkSource ? m_linkSource(at(row).row) : RowLink();
}

const ConnectionEntry* ConnectionsModel::peerOf(const ConnectionEntry& entry) const {
    if (!entry.row.hasPeer())
        return nullptr;
    const auto it = m_byEnds.find(swapped(endsOf(entry.row)));
    if (it == m_byEnds.end() || it->second == entry.row.cookie)
        return nullptr;
    const auto found = m_entries.find(it->second);
    return found == m_entries.end() ? nullptr : found->second.get();
}

bool ConnectionsModel::hasPeer(int row) const {
    return peerOf(at(row)) != nullptr;
}

int ConnectionsModel::peerRow(int row) const {
    const ConnectionEntry* peer = peerOf(at(row));
    return peer ? rowOfCookie(peer->row.cookie) : -1;
}

int ConnectionsModel::rowOfCookie(quint64 cookie) const {
    const auto it = std::ranges::find_if(
        m_shown, [&](const ConnectionEntry* entry) { return entry->row.cookie == cookie; });
    return it == m_shown.end() ? -1 : static_cast<int>(it - m_shown.begin());
}

int ConnectionsModel::rowOfListener(std::uint16_t port) const {
    const auto it = std::ranges::find_if(m_shown, [&](const ConnectionEntry* entry) {
        return entry->row.localPort == port && !entry->row.hasPeer();
    });
    return it == m_shown.end() ? -1 : static_cast<int>(it - m_shown.begin());
}

std::optional<SocketState> ConnectionsModel::stateOf(const QString& local,
                                                     const QString& remote) const {
    const auto localEnd = parseEndpoint(local.toStdString());
    const auto remoteEnd = parseEndpoint(remote.toStdString());
    if (!localEnd || !remoteEnd || localEnd->transport != Transport::Tcp)
        return std::nullopt;
    const auto it = m_byEnds.find({SocketProtocol::Tcp, addressOf(localEnd->host),
                                   addressOf(remoteEnd->host), localEnd->port, remoteEnd->port});
    if (it == m_byEnds.end())
        return std::nullopt;
    const auto found = m_entries.find(it->second);
    return found == m_entries.end() ? std::nullopt : std::optional(found->second->row.state);
}

const SocketRow* ConnectionsModel::listenerAt(const QString& endpoint) const {
    const auto end = parseEndpoint(endpoint.toStdString());
    if (!end || end->transport != Transport::Tcp)
        return nullptr;
    const IpAddress local = addressOf(end->host);
    const auto it = m_byEnds.find(
        {SocketProtocol::Tcp, local, IpAddress{.isIpv6 = local.isIpv6}, end->port, 0});
    const auto found = it == m_byEnds.end() ? m_entries.end() : m_entries.find(it->second);
    const bool listens =
        found != m_entries.end() && found->second->row.state == SocketState::Listen;
    return listens ? &found->second->row : nullptr;
}

const ConnectionEntry* ConnectionsModel::entryOf(quint64 cookie) const {
    const auto it = m_entries.find(cookie);
    return it == m_entries.end() ? nullptr : it->second.get();
}

const ConnectionEntry* ConnectionsModel::otherEndOf(quint64 cookie) const {
    const ConnectionEntry* entry = entryOf(cookie);
    return entry ? peerOf(*entry) : nullptr;
}

const SocketRow* ConnectionsModel::listenerOf(const SocketRow& row) const {
    const Ends ends = endsOf(row);
    for (const IpAddress& local : {ends.local, IpAddress{}, IpAddress{.isIpv6 = true}}) {
        const auto it = m_byEnds.find(
            {row.protocol, local, IpAddress{.isIpv6 = local.isIpv6}, row.localPort, 0});
        const ConnectionEntry* found = it == m_byEnds.end() ? nullptr : entryOf(it->second);
        if (found && found->row.state == SocketState::Listen)
            return &found->row;
    }
    return nullptr;
}

QString ConnectionsModel::lineText(int row) const {
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column) {
        if (column != ChangeColumn && column != PairColumn)
            cells.append(index(row, column).data().toString());
    }
    return cells.join(QLatin1Char('\t'));
}

} // namespace sscope
