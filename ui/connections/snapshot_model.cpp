#include "ui/connections/snapshot_model.h"

#include "ui/common/formats.h"
#include "ui/connections/connection_text.h"

namespace sscope {

namespace {

using What = SnapshotModel::What;

bool isRight(int column) {
    return column == SnapshotModel::PidColumn || column == SnapshotModel::ReceiveQueueColumn ||
           column == SnapshotModel::SendQueueColumn;
}

QString processText(const SocketRow& row) {
    return row.owners.empty() ? ownerWords(row)
                              : toQString(displaySafe(row.owners.front().process->command));
}

QString plainCell(const SocketRow& row, int column) {
    switch (column) {
    case SnapshotModel::ProcessColumn:
        return processText(row);
    case SnapshotModel::PidColumn:
        return row.owners.empty() ? QString() : QString::number(row.owners.front().process->pid);
    case SnapshotModel::ProtocolColumn:
        return QString::fromLatin1(protocolText(row.protocol)) +
               (row.family == 6 ? QStringLiteral("6") : QString());
    case SnapshotModel::StateColumn:
        return QString::fromLatin1(stateText(row.state));
    case SnapshotModel::LocalColumn:
        return toQString(displaySafe(row.localText()));
    case SnapshotModel::RemoteColumn:
        return toQString(displaySafe(row.remoteText()));
    case SnapshotModel::ReceiveQueueColumn:
        return countText(row.receiveQueue);
    case SnapshotModel::SendQueueColumn:
        return countText(row.sendQueue);
    default:
        return row.user.empty() ? SnapshotModel::tr("unknown") : toQString(displaySafe(row.user));
    }
}

} // namespace

int SnapshotModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid()
               ? 0
               : static_cast<int>(m_difference.opened.size() + m_difference.closed.size() +
                                  m_difference.changed.size());
}

int SnapshotModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

void SnapshotModel::setDifference(SnapshotDifference difference) {
    beginResetModel();
    m_difference = std::move(difference);
    endResetModel();
}

What SnapshotModel::whatAt(int row) const {
    const auto at = static_cast<std::size_t>(row);
    if (at < m_difference.opened.size())
        return What::Opened;
    return at < m_difference.opened.size() + m_difference.closed.size() ? What::Closed
                                                                        : What::Changed;
}

const SocketRow& SnapshotModel::rowAt(int row) const {
    auto at = static_cast<std::size_t>(row);
    if (at < m_difference.opened.size())
        return m_difference.opened[at];
    at -= m_difference.opened.size();
    if (at < m_difference.closed.size())
        return m_difference.closed[at];
    return m_difference.changed[at - m_difference.closed.size()].after;
}

const SocketRow* SnapshotModel::beforeAt(int row) const {
    if (whatAt(row) != What::Changed)
        return nullptr;
    const auto at =
        static_cast<std::size_t>(row) - m_difference.opened.size() - m_difference.closed.size();
    return &m_difference.changed[at].before;
}

QString SnapshotModel::cellText(int row, int column) const {
    if (column == WhatColumn) {
        switch (whatAt(row)) {
        case What::Opened:
            return tr("opened");
        case What::Closed:
            return tr("closed");
        case What::Changed:
            return tr("changed");
        }
    }
    const QString now = plainCell(rowAt(row), column);
    const SocketRow* before = beforeAt(row);
    const QString then = before ? plainCell(*before, column) : now;
    return then == now ? now : tr("%1, was %2").arg(now, then);
}

QVariant SnapshotModel::data(const QModelIndex& index, int role) const {
    switch (role) {
    case Qt::DisplayRole:
        return cellText(index.row(), index.column());
    case Qt::ToolTipRole:
        return plainTip(cellText(index.row(), index.column()));
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case Qt::AccessibleTextRole:
        return lineText(index.row());
    default:
        return {};
    }
}

QVariant SnapshotModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isRight(section) ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Difference"),
                              tr("Process"),
                              tr("PID"),
                              tr("Proto"),
                              tr("State"),
                              tr("Local"),
                              tr("Remote"),
                              QStringLiteral("Recv-Q"),
                              QStringLiteral("Send-Q"),
                              tr("User")};
    return titles[section];
}

QString SnapshotModel::lineText(int row) const {
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells.append(cellText(row, column));
    return cells.join(QLatin1Char('\t'));
}

} // namespace sscope
