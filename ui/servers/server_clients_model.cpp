#include "ui/servers/server_clients_model.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/display_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

// As many peers of a datagram socket as core keeps.
constexpr std::size_t mostPeers = 1000;

/// As it may be shown: a Unix peer names itself as it likes.
QString shownText(const std::string& endpoint) {
    return toQString(displaySafe(endpoint));
}

} // namespace

ServerClientsModel::ServerClientsModel(QObject* parent) : QAbstractTableModel(parent) {}

int ServerClientsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_clients.size());
}

int ServerClientsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

void ServerClientsModel::Chunks::add(std::uint64_t bytes) {
    last = bytes;
    least = any ? std::min(least, bytes) : bytes;
    most = std::max(most, bytes);
    any = true;
}

void ServerClientsModel::setPeople(std::shared_ptr<const ChatOverview> overview) {
    std::unordered_map<std::uint32_t, const ChatPerson*> people;
    for (std::size_t i = 0; overview && i < overview->people.size(); ++i)
        people.insert_or_assign(overview->people[i].connection, &overview->people[i]);
    const auto find = [](const auto& all, std::uint32_t number) -> const ChatPerson* {
        const auto it = all.find(number);
        return it == all.end() ? nullptr : it->second;
    };
    const auto isOther = [](const ChatPerson* before, const ChatPerson* after) {
        return !before || !after ? before != after
                                 : before->name != after->name || before->rooms != after->rooms;
    };
    int first = -1;
    int last = -1;
    for (int row = 0; row < rowCount(); ++row) {
        const std::uint32_t number = at(row).connection.number;
        if (!isOther(find(m_people, number), find(people, number)))
            continue;
        first = first < 0 ? row : first;
        last = row;
    }
    m_people = std::move(people);
    m_overview = std::move(overview);
    if (first >= 0)
        Q_EMIT dataChanged(index(first, NameColumn), index(last, NameColumn));
}

const ChatPerson* ServerClientsModel::personOf(const Client& client) const {
    const auto it = m_people.find(client.connection.number);
    return it == m_people.end() ? nullptr : it->second;
}

/// Who it is and where, of a chat.
QString ServerClientsModel::nameText(const Client& client) const {
    const ChatPerson* const person = personOf(client);
    if (!person)
        return tr("has not said hello");
    QStringList rooms;
    for (const std::string& room : person->rooms)
        rooms.append(toQString(displaySafe(room)));
    const QString name = toQString(displaySafe(person->name));
    return rooms.isEmpty() ? tr("%1, in no room").arg(name)
                           : tr("%1, in %2").arg(name, rooms.join(QStringLiteral(", ")));
}

QString ServerClientsModel::tipText(const Client& client) const {
    QStringList lines;
    if (m_overview) {
        lines.append(nameText(client));
        if (const ChatPerson* const person = personOf(client); person && person->usesLines)
            lines.append(tr("line by line, as ncat does"));
    }
    lines.append(
        tr("%1 to %2")
            .arg(client.endpoint, client.local.isEmpty() ? tr("the socket") : client.local));
    lines.append(tr("received %1 in %2 messages")
                     .arg(bytesText(client.counters.receivedBytes),
                          countText(client.counters.receivedMessages)));
    lines.append(
        tr("sent %1 in %2 messages")
            .arg(bytesText(client.counters.sentBytes), countText(client.counters.sentMessages)));
    if (client.chunks.any)
        lines.append(tr("last receive %1, smallest %2, largest %3")
                         .arg(bytesText(client.chunks.last), bytesText(client.chunks.least),
                              bytesText(client.chunks.most)));
    if (!client.worker.isEmpty())
        lines.append(tr("served by %1").arg(client.worker));
    return lines.join(QLatin1Char('\n'));
}

/// Of the busier direction: an echo counts once, and what only sends is not idle.
QVariant ServerClientsModel::cellText(const Client& client, int column) const {
    const Counters& counters = client.counters;
    switch (column) {
    case PeerColumn:
        return withoutScheme(client.endpoint);
    case NameColumn:
        if (const ChatPerson* const person = personOf(client))
            return toQString(displaySafe(person->name));
        return tr("no hello yet");
    case MessagesColumn:
        return shortCountText(std::max(counters.receivedMessages, counters.sentMessages));
    case BytesColumn:
        return shortBytesText(std::max(counters.receivedBytes, counters.sentBytes));
    case AgeColumn:
        return shortAgeText(SteadyClock::now() - client.since);
    default:
        return {};
    }
}

QVariant ServerClientsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Client& client = at(index.row());
    const bool isPeer = index.column() == PeerColumn;
    const bool isText = isPeer || index.column() == NameColumn;
    switch (role) {
    case Qt::DisplayRole:
        return cellText(client, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::FontRole:
        return monoFont();
    case Qt::ToolTipRole:
        return plainTip(tipText(client));
    case Qt::AccessibleTextRole:
        return isPeer ? tipText(client) : cellText(client, index.column());
    case WorkerRole:
        return isPeer ? client.worker : QString();
    default:
        return {};
    }
}

QVariant ServerClientsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section <= NameColumn ? QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter)
                                     : QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && (section == MessagesColumn || section == BytesColumn))
        return tr("Of the busier direction; a client's tooltip has both");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PeerColumn:
        return tr("Peer");
    case NameColumn:
        return tr("Name");
    case MessagesColumn:
        return tr("Msg");
    case BytesColumn:
        return tr("Bytes");
    case AgeColumn:
        return tr("Age");
    default:
        return {};
    }
}

const ServerClientsModel::Client* ServerClientsModel::find(ConnectionId connection,
                                                           PeerId peer) const {
    const auto it = m_rows.find({connection.number, peer});
    if (it == m_rows.end() || it->second >= rowCount())
        return nullptr;
    const Client& client = at(it->second);
    return client.connection == connection && client.peer == peer ? &client : nullptr;
}

void ServerClientsModel::accepted(ConnectionId connection, TimePoint time,
                                  const lifecycle::Accepted& what) {
    m_addedRows[{connection.number, 0}] = m_added.size();
    Client client{connection, 0, shownText(what.peer), shownText(what.local), time, {}};
    client.worker = shownText(what.worker);
    const QString process = tr("pid %1").arg(what.pid);
    if (what.pid > 0 && client.worker.isEmpty())
        client.worker = process;
    else if (what.pid > 0 && !client.worker.contains(QString::number(what.pid)))
        client.worker += QStringLiteral(", ") + process;
    m_added.push_back(std::move(client));
}

void ServerClientsModel::closed(ConnectionId connection) {
    m_gone.push_back({connection.number, 0}); // also where it is among the added
}

void ServerClientsModel::counted(const ConnectionState& state, TimePoint now) {
    const auto it = m_rows.find({state.connection.number, state.peer});
    if (it != m_rows.end()) {
        m_clients[static_cast<std::size_t>(it->second)].counters = state.counters;
        m_firstChanged = m_firstChanged < 0 ? it->second : qMin(m_firstChanged, it->second);
        m_lastChanged = qMax(m_lastChanged, it->second);
        return;
    }
    const Key key{state.connection.number, state.peer};
    if (const auto added = m_addedRows.find(key); added != m_addedRows.end()) {
        m_added[added->second].counters = state.counters;
    } else if (state.peer != 0) {
        m_addedRows[key] = m_added.size();
        m_added.push_back({state.connection,
                           state.peer,
                           shownText(state.endpoint),
                           {},
                           now,
                           state.counters,
                           {},
                           {}});
    }
}

void ServerClientsModel::received(const TraceEvent& event) {
    const Key key{event.connection.number, event.peer};
    if (const auto it = m_rows.find(key); it != m_rows.end())
        m_clients[static_cast<std::size_t>(it->second)].chunks.add(event.bytes);
    else if (const auto added = m_addedRows.find(key); added != m_addedRows.end())
        m_added[added->second].chunks.add(event.bytes);
}

void ServerClientsModel::commit() {
    if (m_firstChanged >= 0)
        Q_EMIT dataChanged(index(m_firstChanged, MessagesColumn),
                           index(m_lastChanged, BytesColumn));
    m_firstChanged = m_lastChanged = -1;
    m_addedRows.clear();
    std::vector<int> rows = takeGone();
    makeRoomForPeers(rows);
    removeRows(std::move(rows));
    if (m_added.empty())
        return;
    const std::size_t first = m_clients.size();
    beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + m_added.size()) - 1);
    std::ranges::move(m_added, std::back_inserter(m_clients));
    m_added.clear();
    reindex(first);
    endInsertRows();
}

/// The rows of what is gone; what came and went since the last commit() is not added at all.
std::vector<int> ServerClientsModel::takeGone() {
    std::vector<int> rows;
    std::unordered_set<std::uint32_t> neverSeen;
    for (const Key& key : m_gone) {
        if (const auto it = m_rows.find(key); it != m_rows.end())
            rows.push_back(it->second);
        else
            neverSeen.insert(key.number);
    }
    m_gone.clear();
    if (!neverSeen.empty())
        std::erase_if(m_added, [&](const Client& client) {
            return client.peer == 0 && neverSeen.contains(client.connection.number);
        });
    return rows;
}

/// Datagram peers have no end: the oldest make room.
void ServerClientsModel::makeRoomForPeers(std::vector<int>& rows) {
    const auto isPeer = [](const Client& client) { return client.peer != 0; };
    const auto added = static_cast<std::size_t>(std::ranges::count_if(m_added, isPeer));
    if (added == 0)
        return;
    const auto kept = static_cast<std::size_t>(std::ranges::count_if(m_clients, isPeer));
    std::size_t excess = kept + added > mostPeers ? kept + added - mostPeers : 0;
    for (std::size_t i = 0; excess > 0 && i < m_clients.size(); ++i) {
        if (isPeer(m_clients[i])) {
            rows.push_back(static_cast<int>(i));
            --excess;
        }
    }
    std::erase_if(m_added, [&](const Client& client) {
        return isPeer(client) && excess > 0 && excess-- > 0;
    });
}

void ServerClientsModel::removeAll() {
    m_added.clear();
    m_addedRows.clear();
    m_gone.clear();
    if (m_clients.empty())
        return;
    beginRemoveRows({}, 0, static_cast<int>(m_clients.size()) - 1);
    m_clients.clear();
    m_rows.clear();
    endRemoveRows();
}

void ServerClientsModel::removeRows(std::vector<int> rows) {
    if (rows.empty())
        return;
    std::ranges::sort(rows, std::greater());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    // From the back, neighbours together, so that no row that is still to go changes its place.
    for (std::size_t i = 0; i < rows.size();) {
        const int last = rows[i];
        int first = last;
        for (++i; i < rows.size() && rows[i] == first - 1; ++i)
            first = rows[i];
        beginRemoveRows({}, first, last);
        for (int row = first; row <= last; ++row)
            m_rows.erase({at(row).connection.number, at(row).peer});
        m_clients.erase(m_clients.begin() + first, m_clients.begin() + last + 1);
        endRemoveRows();
    }
    reindex(static_cast<std::size_t>(rows.back()));
}

void ServerClientsModel::reindex(std::size_t from) {
    for (std::size_t i = from; i < m_clients.size(); ++i)
        m_rows[{m_clients[i].connection.number, m_clients[i].peer}] = static_cast<int>(i);
}

} // namespace sscope
