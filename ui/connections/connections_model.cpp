#include "ui/connections/connections_model.h"

#include <algorithm>
#include <set>

#include <arpa/inet.h>

#include <QCoreApplication>
#include <QKeySequence>

#include "core/net/endpoint.h"
#include "ui/common/formats.h"
#include "ui/connections/connection_text.h"

namespace sscope {

namespace {

/// A numeric address; without its zone, which the table does not have.
IpAddress addressOf(const std::string& host) {
    IpAddress address{.isIpv6 = host.find(':') != std::string::npos};
    ::inet_pton(address.isIpv6 ? AF_INET6 : AF_INET, host.substr(0, host.find('%')).c_str(),
                address.bytes.data());
    return address;
}

QVariant alignmentVariant(Qt::Alignment alignment) {
    return QVariant::fromValue(alignment);
}

} // namespace

ConnectionsModel::ConnectionsModel(QObject* parent) : QAbstractTableModel(parent) {
    m_workTimer.setSingleShot(true);
    connect(&m_workTimer, &QTimer::timeout, this, &ConnectionsModel::work);
}

ConnectionsModel::~ConnectionsModel() = default;

int ConnectionsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int ConnectionsModel::columnCount(const QModelIndex& parent) const {
    if (parent.isValid())
        return 0;
    return m_style == TableStyle::Full ? int{ColumnCount}
                                       : 1 + static_cast<int>(styleColumns(m_style).size());
}

QVariant ConnectionsModel::data(const QModelIndex& index, int role) const {
    if (const ConnectionGroup* group = headingAt(index.row()))
        return headingData(*group, index.column(), role);
    switch (role) {
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case CookieRole:
        return static_cast<quint64>(at(index.row()).row.cookie);
    case Qt::AccessibleTextRole:
        return lineText(index.row());
    case Qt::ToolTipRole:
        return cellTip(index.row(), index.column());
    case Qt::DisplayRole:
        return cellText(index.row(), index.column());
    default:
        return {};
    }
}

QVariant ConnectionsModel::headingData(const ConnectionGroup& group, int column, int role) const {
    const QString text =
        QStringLiteral("%1 (%2)").arg(group.title, countText(static_cast<quint64>(group.count)));
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
        return role == Qt::ToolTipRole ? plainTip(text)
               : group.isCollapsed     ? tr("%1, folded").arg(text)
                                       : text;
    if (role == Qt::DisplayRole && column == 0)
        return text;
    return {};
}

QString ConnectionsModel::cellText(int row, int column) const {
    const TableLine& line = m_lines[static_cast<std::size_t>(row)];
    const ConnectionEntry& entry = *line.entry;
    if (m_style != TableStyle::Full) {
        if (column == ChangeColumn)
            return {};
        const auto cells = styleCells(m_style, entry.row, line.owner, m_names);
        return toQString(cells.at(static_cast<std::size_t>(column - 1)));
    }
    if (column != NotesColumn)
        return connection_text::cell(column, entry,
                                     column == RemoteColumn ? peerOf(entry) : nullptr, m_names);
    if (entry.change == RowChange::Gone)
        return tr("gone");
    if (entry.stateChanged)
        return tr("was %1").arg(QString::fromLatin1(stateText(entry.was)));
    return linkOf(row).text;
}

QVariant ConnectionsModel::cellTip(int row, int column) const {
    const QString text = cellText(row, column);
    if (m_style != TableStyle::Full)
        return plainTip(text);
    if (column == ProtocolColumn && at(row).row.protocol == SocketProtocol::Unix)
        return QStringLiteral("%1 %2").arg(text, QString::fromLatin1(typeText(at(row).row.type)));
    if (column == ProcessColumn || column == PidColumn)
        return plainTip(connection_text::ownersTip(at(row).row));
    if (column == ReceiveQueueColumn)
        return countText(at(row).row.receiveQueue);
    if (column == SendQueueColumn)
        return countText(at(row).row.sendQueue);
    if (column == PairColumn && hasPeer(row))
        return tr("Both ends are on this machine. A click, or %1, goes to the other one.")
            .arg(QKeySequence(Qt::CTRL | Qt::Key_J).toString(QKeySequence::NativeText));
    return plainTip(text);
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (m_style == TableStyle::Full) {
        if (role == Qt::TextAlignmentRole)
            return alignmentVariant(connection_text::alignmentOf(section));
        if (role == Qt::ToolTipRole)
            return connection_text::headerTipOf(section);
        return role == Qt::DisplayRole ? connection_text::headerOf(section) : QVariant();
    }
    if (section == ChangeColumn)
        return {};
    const StyleColumn& column = styleColumns(m_style)[static_cast<std::size_t>(section - 1)];
    if (role == Qt::TextAlignmentRole)
        return alignmentVariant((column.isRight ? Qt::AlignRight : Qt::AlignLeft) |
                                Qt::AlignVCenter);
    return role == Qt::DisplayRole ? QString::fromLatin1(column.title) : QVariant();
}

void ConnectionsModel::setStyle(TableStyle style) {
    if (style == m_style)
        return;
    beginResetModel();
    m_style = style;
    m_lines.clear();
    m_ordered.clear();
    for (ConnectionEntry* entry : m_entries.all()) {
        entry->group = nullptr;
        entry->line = -1;
        entry->lines = 0;
        entry->isShown = entry->isMoving = false;
    }
    m_groups.setGrouping(m_groups.grouping());
    endResetModel();
    // Rows come in the next turn: until then a person's order of this style can be set for nothing.
    m_filteredTo = 0;
    m_workTimer.start();
}

void ConnectionsModel::setNames(const Names* names) {
    m_names = names;
    if (!m_lines.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
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

RowLink ConnectionsModel::linkOf(int row) const {
    const ConnectionEntry* entry = entryAt(row);
    return m_linkSource && entry ? m_linkSource(entry->row) : RowLink();
}

const ConnectionEntry* ConnectionsModel::peerOf(const ConnectionEntry& entry) const {
    return m_entries.otherEndOf(entry);
}

bool ConnectionsModel::hasPeer(int row) const {
    const ConnectionEntry* entry = entryAt(row);
    return entry && peerOf(*entry) != nullptr;
}

int ConnectionsModel::peerRow(int row) const {
    const ConnectionEntry* entry = entryAt(row);
    const ConnectionEntry* peer = entry ? peerOf(*entry) : nullptr;
    return peer ? peer->line : -1;
}

const ConnectionEntry* ConnectionsModel::find(quint64 cookie) const {
    return m_entries.find(cookie);
}

int ConnectionsModel::rowOfCookie(quint64 cookie) const {
    const ConnectionEntry* entry = m_entries.find(cookie);
    return entry ? entry->line : -1;
}

quint64 ConnectionsModel::holderOf(SocketProtocol protocol, std::uint16_t port) const {
    const auto all = m_entries.all();
    const auto holds = [&](SocketState state) {
        return std::ranges::find_if(all, [&](const ConnectionEntry* entry) {
            const SocketRow& row = entry->row;
            return row.protocol == protocol && row.localPort == port && row.state == state &&
                   entry->change != RowChange::Gone;
        });
    };
    // A listener holds it before all others; a connection may hold it too (bind(2) without
    // SO_REUSEADDR).
    for (const SocketState state :
         {SocketState::Listen, SocketState::Bound, SocketState::Unconnected,
          SocketState::Established, SocketState::TimeWait, SocketState::FinWait2,
          SocketState::CloseWait}) {
        if (const auto it = holds(state); it != all.end())
            return (*it)->row.cookie;
    }
    return 0;
}

int ConnectionsModel::rowOfListener(std::uint16_t port) const {
    const auto it = std::ranges::find_if(m_ordered, [&](const ConnectionEntry* entry) {
        return entry->row.localPort == port && !entry->row.hasPeer();
    });
    return it == m_ordered.end() ? -1 : (*it)->line;
}

std::optional<SocketState> ConnectionsModel::stateOf(const QString& local,
                                                     const QString& remote) const {
    const auto localEnd = parseEndpoint(local.toStdString());
    const auto remoteEnd = parseEndpoint(remote.toStdString());
    if (!localEnd || !remoteEnd || localEnd->transport != Transport::Tcp)
        return std::nullopt;
    const ConnectionEntry* entry =
        m_entries.findEnds({SocketProtocol::Tcp, addressOf(localEnd->host),
                            addressOf(remoteEnd->host), localEnd->port, remoteEnd->port});
    return entry ? std::optional(entry->row.state) : std::nullopt;
}

const SocketRow* ConnectionsModel::listenerAt(const QString& endpoint) const {
    const auto end = parseEndpoint(endpoint.toStdString());
    if (!end || end->transport != Transport::Tcp)
        return nullptr;
    const IpAddress local = addressOf(end->host);
    const ConnectionEntry* entry = m_entries.findEnds(
        {SocketProtocol::Tcp, local, IpAddress{.isIpv6 = local.isIpv6}, end->port, 0});
    return entry && entry->row.state == SocketState::Listen ? &entry->row : nullptr;
}

const SocketRow* ConnectionsModel::listenerOf(const SocketRow& row) const {
    const IpAddress own = ConnectionEnds::of(row).local;
    for (const IpAddress& local : {own, IpAddress{}, IpAddress{.isIpv6 = true}}) {
        const ConnectionEntry* entry = m_entries.findEnds(
            {row.protocol, local, IpAddress{.isIpv6 = local.isIpv6}, row.localPort, 0});
        if (entry && (entry->row.state == SocketState::Listen ||
                      entry->row.state == SocketState::Unconnected))
            return &entry->row;
    }
    return nullptr;
}

QStringList ConnectionsModel::cells(int row) const {
    QStringList cells;
    if (headingAt(row))
        return {index(row, 0).data().toString()};
    const int count = columnCount();
    for (int column = 0; column < count; ++column) {
        const bool isText = column != ChangeColumn &&
                            (m_style != TableStyle::Full || column != PairColumn) &&
                            (m_style != TableStyle::Full || !isHiddenAtFirst(column));
        if (isText)
            cells.append(cellText(row, column));
    }
    return cells;
}

std::size_t ConnectionsModel::total() const {
    const auto gone = std::ranges::count(m_marked, RowChange::Gone, &ConnectionEntry::change);
    return m_entries.all().size() - m_leaving.size() - static_cast<std::size_t>(gone);
}

std::size_t ConnectionsModel::passing() const {
    const auto gone = std::ranges::count_if(m_marked, [](const ConnectionEntry* entry) {
        return entry->change == RowChange::Gone && entry->isShown;
    });
    return m_ordered.size() - std::min(m_ordered.size(), static_cast<std::size_t>(gone));
}

QString ConnectionsModel::lineText(int row) const {
    return cells(row).join(QLatin1Char('\t'));
}

std::vector<SocketRow> ConnectionsModel::shownRows() const {
    std::vector<SocketRow> rows;
    rows.reserve(m_ordered.size());
    for (const ConnectionEntry* entry : m_ordered)
        rows.push_back(entry->row);
    return rows;
}

std::vector<SocketRow> ConnectionsModel::allRows() const {
    std::vector<SocketRow> rows;
    rows.reserve(m_entries.all().size());
    for (const ConnectionEntry* entry : m_entries.all()) {
        if (entry->change != RowChange::Gone)
            rows.push_back(entry->row);
    }
    return rows;
}

FilterVocabulary ConnectionsModel::vocabulary() const {
    std::set<std::string> processes;
    std::set<std::string> users;
    std::uint32_t states = 0;
    const ProcessInfo* last = nullptr;
    for (const ConnectionEntry* entry : m_entries.all()) {
        const SocketRow& row = entry->row;
        states |= 1u << static_cast<unsigned>(row.state);
        if (!row.user.empty() && !users.contains(row.user))
            users.insert(row.user);
        for (const SocketOwner& owner : row.owners) {
            if (owner.process.get() != std::exchange(last, owner.process.get()))
                processes.insert(owner.process->command);
        }
    }
    FilterVocabulary words{{processes.begin(), processes.end()}, {users.begin(), users.end()}, {}};
    for (std::size_t state = 0; state < socketStates; ++state) {
        if (states >> state & 1u)
            words.states.push_back(static_cast<SocketState>(state));
    }
    return words;
}

} // namespace sscope
