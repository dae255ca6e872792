#include "ui/connections/closed_text.h"

#include <chrono>

#include "core/diagnostics/tcp_bytes.h"
#include "ui/common/formats.h"
#include "ui/connections/closed_model.h"
#include "ui/connections/connection_text.h"
#include "ui/inspector/socket_figures.h"

namespace sscope {

namespace {

using Model = ClosedModel;

const QString noFigure = QStringLiteral("-");

QString figure(const ClosedSocket& closed, int column) {
    const SocketRow& row = closed.row;
    if (!row.details || !row.details->tcpInfo)
        return noFigure;
    const TcpInfo& info = *row.details->tcpInfo;
    switch (column) {
    case Model::ReceivedColumn:
        return shortBytesText(receivedData(info, row.state));
    case Model::SentColumn:
        return shortBytesText(sentData(info));
    case Model::RttColumn:
        return latencyText(std::chrono::microseconds(info.rttUs));
    default:
        return countText(info.retransmitsTotal);
    }
}

QString protocolWord(const SocketRow& row) {
    return QString::fromLatin1(protocolText(row.protocol)) +
           (row.family == 6 ? QStringLiteral("6") : QString());
}

QString gapCell(const HistoryGap& gap, int column) {
    if (column == Model::TimeColumn)
        return clockText(wallTimeOf(gap.time));
    if (column != Model::ProcessColumn)
        return {};
    return gap.lost == 0
               ? ClosedModel::tr("Gap: sockets closed here faster than they could be read")
               : ClosedModel::tr("Gap: %1 sockets closed here faster than they could be read")
                     .arg(countText(gap.lost));
}

} // namespace

const std::vector<SocketOwner>& holdersOf(const ClosedSocket& closed) {
    return closed.row.owners.empty() ? closed.listenerOwners : closed.row.owners;
}

namespace closed_text {

QString processText(const ClosedSocket& closed) {
    const auto& owners = holdersOf(closed);
    if (owners.empty())
        return ClosedModel::tr("unknown");
    const QString name = toQString(displaySafe(owners.front().process->command));
    return closed.row.owners.empty() ? ClosedModel::tr("%1 (listener)").arg(name) : name;
}

bool isRight(int column) {
    return column == Model::PidColumn || column >= Model::LivedColumn;
}

QString headerOf(int column) {
    switch (column) {
    case Model::TimeColumn:
        return ClosedModel::tr("Closed");
    case Model::ProcessColumn:
        return ClosedModel::tr("Process");
    case Model::PidColumn:
        return ClosedModel::tr("PID");
    case Model::ProtocolColumn:
        return ClosedModel::tr("Proto");
    case Model::StateColumn:
        return ClosedModel::tr("State");
    case Model::LocalColumn:
        return ClosedModel::tr("Local");
    case Model::RemoteColumn:
        return ClosedModel::tr("Remote");
    case Model::LivedColumn:
        return ClosedModel::tr("Lived");
    case Model::ReceivedColumn:
        return ClosedModel::tr("Received");
    case Model::SentColumn:
        return ClosedModel::tr("Sent");
    case Model::RttColumn:
        return QStringLiteral("RTT");
    default:
        return ClosedModel::tr("Retransmits");
    }
}

QString headerTipOf(int column) {
    switch (column) {
    case Model::StateColumn:
        return ClosedModel::tr("The state that the table saw last");
    case Model::LivedColumn:
        return ClosedModel::tr(
            "Since the table saw it first; short: it lived between two refreshes");
    default:
        return {};
    }
}

QString cell(const HistoryEntry& entry, int column) {
    if (const auto* gap = std::get_if<HistoryGap>(&entry))
        return gapCell(*gap, column);
    const auto& closed = std::get<ClosedSocket>(entry);
    switch (column) {
    case Model::TimeColumn:
        return clockText(wallTimeOf(closed.closedAt));
    case Model::ProcessColumn:
        return processText(closed);
    case Model::PidColumn:
        return holdersOf(closed).empty() ? QString()
                                         : QString::number(holdersOf(closed).front().process->pid);
    case Model::ProtocolColumn:
        return protocolWord(closed.row);
    case Model::StateColumn:
        return QString::fromLatin1(stateText(closed.row.state));
    case Model::LocalColumn:
        return toQString(displaySafe(closed.row.localText()));
    case Model::RemoteColumn:
        return toQString(displaySafe(closed.row.remoteText()));
    case Model::LivedColumn:
        return closed.age ? columnAgeText(*closed.age) : ClosedModel::tr("short");
    default:
        return figure(closed, column);
    }
}

QString line(const HistoryEntry& entry) {
    QStringList cells;
    for (int column = 0; column < Model::ColumnCount; ++column)
        cells.append(cell(entry, column));
    return cells.join(QLatin1Char('\t'));
}

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

} // namespace closed_text

} // namespace sscope
