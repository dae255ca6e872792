#include "ui/connections/connection_text.h"

#include "core/diagnostics/socket_filter.h"
#include "ui/common/formats.h"
#include "ui/connections/connections_model.h"

namespace sscope {

namespace {

using Model = ConnectionsModel;

/// Where a kind of socket has no such figure.
const QString noFigure = QStringLiteral("-");

QString processText(const SocketRow& row) {
    if (row.owners.empty())
        return ownerWords(row);
    const QString name = toQString(displaySafe(row.owners.front().process->command));
    return row.owners.size() == 1 ? name
                                  : QStringLiteral("%1 +%2").arg(name).arg(row.owners.size() - 1);
}

QString protocolWord(const SocketRow& row) {
    return QString::fromLatin1(protocolText(row.protocol)) +
           (row.family == 6 ? QStringLiteral("6") : QString());
}

/// Exact as long as the column holds it.
QString queueText(std::uint32_t bytes) {
    constexpr std::uint32_t mostDigits = 99'999;
    return bytes <= mostDigits ? countText(bytes) : bytesText(bytes);
}

/// An end with the names that are known for it.
QString endText(const SocketRow& row, bool isLocal, const Names* names) {
    if (isLocal && row.protocol == SocketProtocol::Unix && row.path.empty())
        return ConnectionsModel::tr("unnamed");
    const bool isNamed = names && isInet(row.protocol) && (isLocal || row.hasPeer());
    if (!isNamed)
        return toQString(displaySafe(isLocal ? row.localText() : row.remoteText()));
    const IpAddress& address = isLocal ? row.localAddress : row.remoteAddress;
    const std::uint16_t port = isLocal ? row.localPort : row.remotePort;
    const std::string host = names->host(address);
    const std::string service = names->port(row.protocol, port);
    if (host.empty() && service.empty())
        return toQString(displaySafe(isLocal ? row.localText() : row.remoteText()));
    const QString number = toQString(address.unmapped().text());
    const QString plain = address.unmapped().isIpv6 ? QStringLiteral("[%1]").arg(number) : number;
    return QStringLiteral("%1:%2").arg(host.empty() ? plain : toQString(displaySafe(host)),
                                       service.empty() ? QString::number(port)
                                                       : toQString(displaySafe(service)));
}

QString rateCell(const ConnectionRates* rates, bool isReceived) {
    if (!rates || !rates->isKnown)
        return noFigure;
    const double rate = isReceived ? rates->receivedPerSecond : rates->sentPerSecond;
    return ConnectionsModel::tr("%1/s").arg(shortBytesText(static_cast<quint64>(rate)));
}

QString timerCell(const SocketRow& row) {
    if (row.timer == TimerKind::None)
        return noFigure;
    return QStringLiteral("%1 %2").arg(QString::fromLatin1(timerText(row.timer)),
                                       ageText(std::chrono::milliseconds(row.timerExpiresMs)));
}

QString tcpCell(int column, const SocketRow& row) {
    if (!row.details || !row.details->tcpInfo || row.state == SocketState::Listen)
        return noFigure;
    const TcpInfo& info = *row.details->tcpInfo;
    return column == Model::RttColumn ? latencyText(std::chrono::microseconds(info.rttUs))
                                      : countText(info.retransmitsTotal);
}

QString commandLineCell(const SocketRow& row) {
    if (row.owners.empty())
        return ownerWords(row);
    const ProcessInfo& process = *row.owners.front().process;
    return toQString(
        displaySafe(process.commandLine.empty() ? process.command : process.commandLine));
}

} // namespace

WallTime wallTimeOf(std::chrono::system_clock::time_point time) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

QString unixPeerText(const SocketRow& row, const SocketRow* peer) {
    if (row.peerInode == 0)
        return QStringLiteral("*");
    if (peer && !peer->path.empty())
        return toQString(displaySafe(peer->path));
    if (!peer || peer->owners.empty())
        return QStringLiteral("* %1").arg(row.peerInode); // as ss(8) has it
    const QString name = toQString(displaySafe(peer->owners.front().process->command));
    return QStringLiteral("%1 %2").arg(name).arg(row.peerInode);
}

QString ownerWords(const SocketRow& row) {
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
    return {};
}

namespace connection_text {

Qt::Alignment alignmentOf(int column) {
    switch (column) {
    case Model::PidColumn:
    case Model::ReceiveQueueColumn:
    case Model::SendQueueColumn:
    case Model::AgeColumn:
    case Model::ReceiveRateColumn:
    case Model::SendRateColumn:
    case Model::RttColumn:
    case Model::RetransmitsColumn:
    case Model::InodeColumn:
    case Model::DescriptorColumn:
        return Qt::AlignRight | Qt::AlignVCenter;
    default:
        return Qt::AlignLeft | Qt::AlignVCenter;
    }
}

QString headerOf(int column) {
    switch (column) {
    case Model::ProcessColumn:
        return ConnectionsModel::tr("Process");
    case Model::PidColumn:
        return ConnectionsModel::tr("PID");
    case Model::ProtocolColumn:
        return ConnectionsModel::tr("Proto");
    case Model::StateColumn:
        return ConnectionsModel::tr("State");
    case Model::LocalColumn:
        return ConnectionsModel::tr("Local");
    case Model::RemoteColumn:
        return ConnectionsModel::tr("Remote");
    case Model::ReceiveQueueColumn:
        return QStringLiteral("Recv-Q");
    case Model::SendQueueColumn:
        return QStringLiteral("Send-Q");
    case Model::AgeColumn:
        return ConnectionsModel::tr("Age");
    case Model::UserColumn:
        return ConnectionsModel::tr("User");
    case Model::ReceiveRateColumn:
        return ConnectionsModel::tr("Received");
    case Model::SendRateColumn:
        return ConnectionsModel::tr("Sent");
    case Model::RttColumn:
        return QStringLiteral("RTT");
    case Model::RetransmitsColumn:
        return ConnectionsModel::tr("Retransmits");
    case Model::TimerColumn:
        return ConnectionsModel::tr("Timer");
    case Model::InodeColumn:
        return QStringLiteral("Inode");
    case Model::DescriptorColumn:
        return ConnectionsModel::tr("FD");
    case Model::CommandLineColumn:
        return ConnectionsModel::tr("Command line");
    case Model::NotesColumn:
        return ConnectionsModel::tr("Notes");
    default:
        return {};
    }
}

QString headerTipOf(int column) {
    switch (column) {
    case Model::ReceiveQueueColumn:
        return ConnectionsModel::tr(
            "Bytes received and not yet read; of a listener, connections not yet "
            "accepted");
    case Model::SendQueueColumn:
        return ConnectionsModel::tr(
            "Bytes sent and not yet acknowledged; of a listener, its backlog");
    case Model::AgeColumn:
        return ConnectionsModel::tr("Since Socketscope saw it first");
    case Model::ReceiveRateColumn:
        return ConnectionsModel::tr(
            "Bytes received a second, by TCP_INFO, of the rows that are shown");
    case Model::SendRateColumn:
        return ConnectionsModel::tr(
            "Bytes sent and acknowledged a second, by TCP_INFO, of the rows that are "
            "shown");
    case Model::RttColumn:
        return ConnectionsModel::tr("Round trip time, smoothed, of the rows that are shown");
    case Model::RetransmitsColumn:
        return ConnectionsModel::tr("Segments that were sent again since the connection was made");
    default:
        return {};
    }
}

QString cell(int column, const ConnectionEntry& entry, const ConnectionEntry* other,
             const Names* names) {
    const SocketRow& row = entry.row;
    switch (column) {
    case Model::ProcessColumn:
        return processText(row);
    case Model::PidColumn:
        return row.owners.empty() ? QString() : QString::number(row.owners.front().process->pid);
    case Model::ProtocolColumn:
        return protocolWord(row);
    case Model::StateColumn:
        return QString::fromLatin1(stateText(row.state));
    case Model::LocalColumn:
        return endText(row, true, names);
    case Model::RemoteColumn:
        return row.protocol == SocketProtocol::Unix
                   ? unixPeerText(row, other ? &other->row : nullptr)
                   : endText(row, false, names);
    case Model::ReceiveQueueColumn:
        return queueText(row.receiveQueue);
    case Model::SendQueueColumn:
        return queueText(row.sendQueue);
    case Model::AgeColumn: {
        const QString age = columnAgeText(SteadyClock::now() - entry.firstSeen);
        return entry.isOlder ? ConnectionsModel::tr("> %1").arg(age) : age;
    }
    case Model::UserColumn:
        return row.user.empty() ? ConnectionsModel::tr("unknown")
                                : toQString(displaySafe(row.user));
    case Model::ReceiveRateColumn:
    case Model::SendRateColumn:
        return rateCell(entry.rates.get(), column == Model::ReceiveRateColumn);
    case Model::RttColumn:
    case Model::RetransmitsColumn:
        return tcpCell(column, row);
    case Model::TimerColumn:
        return timerCell(row);
    case Model::InodeColumn:
        return row.inode == 0 ? noFigure : QString::number(row.inode);
    case Model::DescriptorColumn:
        return row.owners.empty() ? noFigure : QString::number(row.owners.front().fd);
    case Model::CommandLineColumn:
        return commandLineCell(row);
    default:
        return {};
    }
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

} // namespace connection_text

} // namespace sscope
