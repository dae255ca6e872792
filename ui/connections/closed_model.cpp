#include "ui/connections/closed_model.h"

#include <algorithm>
#include <chrono>

#include <QElapsedTimer>

#include "core/diagnostics/tcp_bytes.h"
#include "ui/common/formats.h"
#include "ui/connections/connection_text.h"
#include "ui/inspector/socket_figures.h"

namespace sscope {

namespace {

constexpr qint64 sliceBudget = 5'000'000; // ns
constexpr std::size_t sliceRows = 256;    // between two looks at the clock
const QString noFigure = QStringLiteral("-");

bool isRight(int column) {
    return column == ClosedModel::PidColumn || column >= ClosedModel::LivedColumn;
}

const std::vector<SocketOwner>& holders(const ClosedSocket& closed) {
    return closed.row.owners.empty() ? closed.listenerOwners : closed.row.owners;
}

QString processText(const ClosedSocket& closed) {
    const auto& owners = holders(closed);
    if (owners.empty())
        return ClosedModel::tr("unknown");
    const QString name = toQString(displaySafe(owners.front().process->command));
    return closed.row.owners.empty() ? ClosedModel::tr("%1 (listener)").arg(name) : name;
}

QString figure(const ClosedSocket& closed, int column) {
    const SocketRow& row = closed.row;
    if (!row.details || !row.details->tcpInfo)
        return noFigure;
    const TcpInfo& info = *row.details->tcpInfo;
    switch (column) {
    case ClosedModel::ReceivedColumn:
        return bytesText(receivedData(info, row.state));
    case ClosedModel::SentColumn:
        return bytesText(sentData(info));
    case ClosedModel::RttColumn:
        return latencyText(std::chrono::microseconds(info.rttUs));
    default:
        return countText(info.retransmitsTotal);
    }
}

QString protocolWord(const SocketRow& row) {
    return QString::fromLatin1(protocolText(row.protocol)) +
           (row.family == 6 ? QStringLiteral("6") : QString());
}

/// The cell in full, and under it all that the kernel said of the socket at its end.
QString tipOf(const HistoryEntry& entry, const QString& cell) {
    const auto* closed = std::get_if<ClosedSocket>(&entry);
    if (!closed || !closed->row.details || !closed->row.details->tcpInfo)
        return plainTip(cell);
    QStringList lines{cell};
    for (const auto& figures : {socketFigures(closed->row), furtherFigures(closed->row)}) {
        for (const SocketFigure& figure : figures)
            lines.append(QStringLiteral("%1: %2").arg(figure.name, figure.value));
    }
    return plainTip(lines.join(QLatin1Char('\n')));
}

} // namespace

ClosedModel::ClosedModel(QObject* parent, std::size_t most)
    : QAbstractTableModel(parent), m_most(most), m_history(most) {
    m_workTimer.setSingleShot(true);
    connect(&m_workTimer, &QTimer::timeout, this, &ClosedModel::work);
}

int ClosedModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClosedModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const HistoryEntry& ClosedModel::at(int row) const {
    return m_history.at(m_rows[static_cast<std::size_t>(row)]);
}

const ClosedSocket* ClosedModel::socketAt(int row) const {
    return std::get_if<ClosedSocket>(&at(row));
}

QVariant ClosedModel::data(const QModelIndex& index, int role) const {
    switch (role) {
    case Qt::DisplayRole:
        return cellText(at(index.row()), index.column());
    case Qt::ToolTipRole:
        return tipOf(at(index.row()), cellText(at(index.row()), index.column()));
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case Qt::AccessibleTextRole:
        return lineText(index.row());
    default:
        return {};
    }
}

QString ClosedModel::cellText(const HistoryEntry& entry, int column) const {
    if (const auto* gap = std::get_if<HistoryGap>(&entry)) {
        if (column == TimeColumn)
            return clockText(wallTimeOf(gap->time));
        if (column != ProcessColumn)
            return {};
        return gap->lost == 0 ? tr("Gap: sockets closed here faster than they could be read")
                              : tr("Gap: %1 sockets closed here faster than they could be read")
                                    .arg(countText(gap->lost));
    }
    const auto& closed = std::get<ClosedSocket>(entry);
    switch (column) {
    case TimeColumn:
        return clockText(wallTimeOf(closed.closedAt));
    case ProcessColumn:
        return processText(closed);
    case PidColumn:
        return holders(closed).empty() ? QString()
                                       : QString::number(holders(closed).front().process->pid);
    case ProtocolColumn:
        return protocolWord(closed.row);
    case StateColumn:
        return QString::fromLatin1(stateText(closed.row.state));
    case LocalColumn:
        return toQString(displaySafe(closed.row.localText()));
    case RemoteColumn:
        return toQString(displaySafe(closed.row.remoteText()));
    case LivedColumn:
        return closed.age ? ageText(*closed.age) : tr("short");
    default:
        return figure(closed, column);
    }
}

QVariant ClosedModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isRight(section) ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == LivedColumn)
        return tr("Since the table saw it first; short: it lived between two refreshes");
    if (role == Qt::ToolTipRole && section == StateColumn)
        return tr("The state that the table saw last");
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Closed"), tr("Process"),         tr("PID"),
                              tr("Proto"),  tr("State"),           tr("Local"),
                              tr("Remote"), tr("Lived"),           tr("Received"),
                              tr("Sent"),   QStringLiteral("RTT"), tr("Retransmits")};
    return titles[section];
}

QString ClosedModel::lineText(int row) const {
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells.append(cellText(at(row), column));
    return cells.join(QLatin1Char('\t'));
}

bool ClosedModel::passes(const HistoryEntry& entry) const {
    const auto* closed = std::get_if<ClosedSocket>(&entry);
    if (!closed || m_filter.isEmpty())
        return true;
    if (!closed->row.owners.empty() || closed->listenerOwners.empty())
        return m_filter.matches({.row = closed->row, .age = closed->age});
    SocketRow held = closed->row;
    held.owners = closed->listenerOwners;
    return m_filter.matches({.row = held, .age = closed->age});
}

void ClosedModel::add(const std::vector<HistoryEntry>& entries) {
    m_waiting.insert(m_waiting.end(), entries.begin(), entries.end());
    if (!m_workTimer.isActive())
        work();
}

void ClosedModel::setFilter(const SocketFilter& filter) {
    m_filter = filter;
    m_filteredTo = m_history.end();
    m_filtered.clear();
    m_workTimer.stop();
    work();
}

void ClosedModel::clear() {
    beginResetModel();
    m_history.clear();
    m_rows.clear();
    m_waiting.clear();
    m_filteredTo.reset();
    endResetModel();
    Q_EMIT countChanged();
}

void ClosedModel::work() {
    if (m_filteredTo)
        filterSlice();
    else if (!m_waiting.empty())
        takeSlice();
    if (isBusy())
        m_workTimer.start();
}

/// As many as there is time for, as one range on top of the others.
void ClosedModel::takeSlice() {
    QElapsedTimer clock;
    clock.start();
    std::vector<std::uint64_t> shown;
    while (!m_waiting.empty() && clock.nsecsElapsed() < sliceBudget) {
        forgetFor(std::min(sliceRows, m_waiting.size()));
        for (std::size_t i = 0; i < sliceRows && !m_waiting.empty(); ++i) {
            m_history.add(std::move(m_waiting.front()));
            m_waiting.pop_front();
            // Gaps that follow each other become one.
            const std::uint64_t number = m_history.end() - 1;
            const bool isKnown = shown.empty() ? !m_rows.empty() && m_rows.front() == number
                                               : shown.back() == number;
            if (!isKnown && passes(m_history.at(number)))
                shown.push_back(number);
        }
    }
    std::erase_if(shown, [this](std::uint64_t number) { return number < m_history.begin(); });
    if (!shown.empty()) {
        beginInsertRows({}, 0, static_cast<int>(shown.size()) - 1);
        m_rows.insert(m_rows.begin(), shown.rbegin(), shown.rend());
        endInsertRows();
    }
    Q_EMIT countChanged();
}

/// So many come: the rows of those that the history then forgets go first, from the back.
void ClosedModel::forgetFor(std::size_t coming) {
    if (m_history.size() + coming <= m_most)
        return;
    const std::uint64_t first = m_history.begin() + (m_history.size() + coming - m_most);
    int kept = rowCount();
    while (kept > 0 && m_rows[static_cast<std::size_t>(kept - 1)] < first)
        --kept;
    if (kept == rowCount())
        return;
    beginRemoveRows({}, kept, rowCount() - 1);
    m_rows.resize(static_cast<std::size_t>(kept));
    endRemoveRows();
}

void ClosedModel::filterSlice() {
    QElapsedTimer clock;
    clock.start();
    while (*m_filteredTo > m_history.begin()) {
        if (*m_filteredTo % sliceRows == 0 && clock.nsecsElapsed() > sliceBudget)
            return;
        const std::uint64_t number = --*m_filteredTo;
        if (passes(m_history.at(number)))
            m_filtered.push_back(number);
    }
    m_filteredTo.reset();
    beginResetModel();
    m_rows.swap(m_filtered);
    endResetModel();
    m_filtered.clear();
    Q_EMIT countChanged();
}

} // namespace sscope
