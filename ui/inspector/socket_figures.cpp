#include "ui/inspector/socket_figures.h"

#include <array>
#include <utility>

#include <QCoreApplication>

#include "core/base/display_text.h"
#include "core/diagnostics/tcp_bytes.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using Figures = std::vector<SocketFigure>;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::SocketFigures)
};

// TCPI_OPT_* (linux/tcp.h), by the names of ss(8).
constexpr std::array<std::pair<int, const char*>, 5> optionNames{
    {{1, "ts"}, {2, "sack"}, {8, "ecn"}, {16, "ecnseen"}, {32, "fastopen"}}};
constexpr int windowScaleOption = 4;
constexpr std::uint64_t noRate = ~std::uint64_t{0};

QString safe(const std::string& text) {
    return toQString(displaySafe(text));
}

QString microsecondsText(quint64 us) {
    return latencyText(std::chrono::microseconds(us));
}

QString agoText(std::uint32_t ms) {
    return Words::tr("%1 ago").arg(ageText(std::chrono::milliseconds(ms)));
}

QString timerValue(const SocketRow& row) {
    if (row.timer == TimerKind::None)
        return Words::tr("none");
    return QStringLiteral("%1 %2").arg(QLatin1String(timerText(row.timer)),
                                       ageText(std::chrono::milliseconds(row.timerExpiresMs)));
}

QString optionsText(const TcpInfo& info) {
    QStringList names;
    for (const auto& [bit, name] : optionNames) {
        if (info.options & bit)
            names.append(QLatin1String(name));
    }
    if (info.options & windowScaleOption)
        names.append(
            QStringLiteral("wscale:%1,%2").arg(info.sendWindowScale).arg(info.receiveWindowScale));
    return names.isEmpty() ? Words::tr("none") : names.join(QLatin1Char(' '));
}

QString congestionState(int state) {
    switch (state) {
    case 0:
        return QStringLiteral("open");
    case 1:
        return QStringLiteral("disorder");
    case 2:
        return QStringLiteral("cwr");
    case 3:
        return QStringLiteral("recovery");
    default:
        return QStringLiteral("loss");
    }
}

QString rateValue(std::uint64_t rate) {
    return rate == noRate || rate == 0 ? Words::tr("none") : Words::tr("%1/s").arg(bytesText(rate));
}

Figures connectionFigures(const SocketRow& row) {
    const TcpInfo& info = *row.details->tcpInfo;
    return {
        {Words::tr("Retransmits"), countText(info.retransmitsTotal),
         Words::tr("Segments that were sent again, of all")},
        {Words::tr("Timer"), timerValue(row),
         Words::tr("Which of the kernel's timers runs, and when it expires")},
        {QStringLiteral("RTO"), microsecondsText(info.rtoUs),
         Words::tr("Retransmission time-out: after so long without an ACK data are sent again")},
        {QStringLiteral("MSS"), countText(info.sendMss),
         Words::tr("Bytes of data in the largest segment that is sent")},
        {Words::tr("Sent"), bytesText(sentData(info)),
         Words::tr("What was sent again counts once")},
        {Words::tr("Received"), bytesText(receivedData(info, row.state)), {}},
        {Words::tr("In flight"), countText(info.unacked),
         Words::tr("Segments that were sent and are not acknowledged")},
        {Words::tr("Congestion"),
         row.details->congestion.empty() ? Words::tr("none") : safe(row.details->congestion),
         Words::tr("The algorithm that sets the congestion window")},
    };
}

Figures listenerFigures(const SocketRow& row) {
    Figures figures{
        {Words::tr("Not accepted"), countText(row.receiveQueue),
         Words::tr("Connections that wait for accept(2)")},
        {Words::tr("Backlog"), countText(row.sendQueue),
         Words::tr("How many may wait, as it was asked of listen(2)")},
    };
    if (row.details && !row.details->congestion.empty())
        figures.push_back({Words::tr("Congestion"), safe(row.details->congestion), {}});
    return figures;
}

void addMemory(Figures& figures, const SocketMemory& memory) {
    figures.push_back({Words::tr("Recv buffer"), bytesText(memory.receiveBuffer), {}});
    figures.push_back({Words::tr("Send buffer"), bytesText(memory.sendBuffer), {}});
    figures.push_back({Words::tr("Drops"), countText(memory.drops),
                       Words::tr("Packets that found the receive buffer full")});
}

Figures otherFigures(const SocketRow& row) {
    Figures figures;
    if (row.protocol == SocketProtocol::Unix)
        figures.push_back({Words::tr("Type"), QLatin1String(typeText(row.type)), {}});
    if (row.timer != TimerKind::None)
        figures.push_back({Words::tr("Timer"), timerValue(row), {}});
    if (row.state == SocketState::TimeWait)
        return figures;
    figures.push_back({QStringLiteral("Recv-Q"), bytesText(row.receiveQueue), {}});
    figures.push_back({QStringLiteral("Send-Q"), bytesText(row.sendQueue), {}});
    if (row.details && row.details->memory)
        addMemory(figures, *row.details->memory);
    return figures;
}

void addTimes(Figures& figures, const TcpInfo& info) {
    figures.push_back({Words::tr("Least RTT"), microsecondsText(info.minRttUs), {}});
    figures.push_back({Words::tr("RTT of receipts"), microsecondsText(info.receiveRttUs), {}});
    figures.push_back({QStringLiteral("ATO"), microsecondsText(info.atoUs),
                       Words::tr("How long an ACK may be put off")});
    figures.push_back({Words::tr("Backoff"), countText(info.backoff),
                       Words::tr("How often the RTO was doubled")});
    figures.push_back({Words::tr("Data sent"), agoText(info.lastDataSentMs), {}});
    figures.push_back({Words::tr("Data received"), agoText(info.lastDataReceivedMs), {}});
    figures.push_back({Words::tr("ACK received"), agoText(info.lastAckReceivedMs), {}});
    figures.push_back({Words::tr("Busy"), ageText(std::chrono::microseconds(info.busyTimeUs)),
                       Words::tr("How long there was something to send")});
    figures.push_back({Words::tr("Held by peer"),
                       ageText(std::chrono::microseconds(info.receiveWindowLimitedUs)),
                       Words::tr("How long the peer's window held it up")});
    figures.push_back({Words::tr("Held by buffer"),
                       ageText(std::chrono::microseconds(info.sendBufferLimitedUs)),
                       Words::tr("How long its own send buffer held it up")});
}

void addWindows(Figures& figures, const TcpInfo& info) {
    figures.push_back({Words::tr("cwnd"), countText(info.congestionWindow),
                       Words::tr("Congestion window, in segments")});
    constexpr std::uint32_t noThreshold = 0x7fffffff;
    figures.push_back({Words::tr("ssthresh"),
                       info.sendSlowStartThreshold >= noThreshold
                           ? Words::tr("none")
                           : countText(info.sendSlowStartThreshold),
                       Words::tr("Where slow start ends, in segments")});
    figures.push_back({Words::tr("Peer's window"), bytesText(info.sendWindow), {}});
    figures.push_back({Words::tr("Receive space"), bytesText(info.receiveSpace), {}});
    figures.push_back({Words::tr("Recv ssthresh"), bytesText(info.receiveSlowStartThreshold), {}});
    figures.push_back({Words::tr("Not sent yet"), bytesText(info.notSentBytes), {}});
    figures.push_back({Words::tr("Path MTU"), countText(info.pathMtu), {}});
    figures.push_back({Words::tr("Peer's MSS"), countText(info.receiveMss), {}});
    figures.push_back({Words::tr("Offered MSS"), countText(info.advertisedMss), {}});
    figures.push_back({Words::tr("Pacing"), rateValue(info.pacingRate), {}});
    figures.push_back({Words::tr("Delivery"), rateValue(info.deliveryRate),
                       info.isAppLimited ? Words::tr("As fast as the program wrote") : QString()});
}

void addCounts(Figures& figures, const TcpInfo& info) {
    const auto add = [&](const QString& name, quint64 count) {
        figures.push_back({name, countText(count), {}});
    };
    add(Words::tr("Segments out"), info.segmentsOut);
    add(Words::tr("Segments in"), info.segmentsIn);
    add(Words::tr("With data out"), info.dataSegmentsOut);
    add(Words::tr("With data in"), info.dataSegmentsIn);
    figures.push_back({Words::tr("Acknowledged"), bytesText(info.bytesAcked), {}});
    figures.push_back({Words::tr("Sent again"), bytesText(info.bytesRetransmitted), {}});
    add(Words::tr("Delivered"), info.delivered);
    add(Words::tr("With ECN mark"), info.deliveredCe);
    add(Words::tr("Lost"), info.lost);
    add(Words::tr("SACKed"), info.sacked);
    add(Words::tr("Probes"), info.probes);
    add(Words::tr("Reordering"), info.reordering);
    add(Words::tr("Out of order"), info.outOfOrderIn);
    add(Words::tr("DSACK"), info.dsackDuplicates);
    figures.push_back({Words::tr("State of cwnd"), congestionState(info.caState), {}});
}

void addMoreMemory(Figures& figures, const SocketRow& row) {
    const SocketMemory& memory = *row.details->memory;
    figures.push_back({Words::tr("Recv memory"), bytesText(memory.receiveAllocated), {}});
    figures.push_back({Words::tr("Send memory"), bytesText(memory.sendAllocated), {}});
    figures.push_back({Words::tr("Queued"), bytesText(memory.sendQueued), {}});
    figures.push_back({Words::tr("In backlog"), bytesText(memory.backlog), {}});
    if (row.protocol == SocketProtocol::Tcp)
        addMemory(figures, memory);
}

QString flagsText(const SocketFlags& flags) {
    QStringList names;
    const auto add = [&](bool isOn, const char* name) {
        if (isOn)
            names.append(QLatin1String(name));
    };
    add(flags.receiveError, "IP_RECVERR");
    add(flags.freeBind, "IP_FREEBIND");
    add(flags.headerIncluded, "IP_HDRINCL");
    add(flags.transparent, "IP_TRANSPARENT");
    add(flags.noDefragment, "IP_NODEFRAG");
    add(flags.bindAddressNoPort, "IP_BIND_ADDRESS_NO_PORT");
    add(flags.deferConnect, "TCP_FASTOPEN_CONNECT");
    return names.isEmpty() ? Words::tr("none") : names.join(QLatin1Char(' '));
}

void addMarks(Figures& figures, const SocketRow& row) {
    const SocketDetails& details = *row.details;
    if (details.mark)
        figures.push_back(
            {Words::tr("Mark"), QStringLiteral("0x%1").arg(*details.mark, 0, 16), {}});
    if (details.typeOfService)
        figures.push_back(
            {QStringLiteral("TOS"), QStringLiteral("0x%1").arg(*details.typeOfService, 0, 16), {}});
    if (details.trafficClass)
        figures.push_back({QStringLiteral("TCLASS"),
                           QStringLiteral("0x%1").arg(*details.trafficClass, 0, 16),
                           {}});
    if (row.v6Only)
        figures.push_back(
            {QStringLiteral("V6ONLY"), *row.v6Only ? Words::tr("on") : Words::tr("off"), {}});
    if (details.cgroupId)
        figures.push_back({Words::tr("Cgroup id"), QString::number(*details.cgroupId), {}});
    if (details.fileInode)
        figures.push_back({Words::tr("File inode"), QString::number(*details.fileInode), {}});
    if (details.tcpInfo && row.state != SocketState::Listen)
        figures.push_back({Words::tr("Options"), optionsText(*details.tcpInfo), {}, true});
    if (details.flags)
        figures.push_back({Words::tr("Set"), flagsText(*details.flags), {}, true});
}

void addSocket(Figures& figures, const SocketRow& row) {
    figures.push_back({Words::tr("Inode"), QString::number(row.inode), {}});
    figures.push_back({Words::tr("Cookie"), QString::number(row.cookie, 16), {}});
    figures.push_back(
        {Words::tr("User"), row.user.empty() ? Words::tr("unknown") : safe(row.user), {}});
    if (row.interface != 0)
        figures.push_back({Words::tr("Interface"), QString::number(row.interface), {}});
    if (row.peerInode != 0)
        figures.push_back({Words::tr("Peer's inode"), QString::number(row.peerInode), {}});
    if (!row.path.empty())
        figures.push_back({Words::tr("Path"), safe(row.path), {}, true});
}

void addOwner(Figures& figures, const SocketOwner& owner) {
    const ProcessInfo& process = *owner.process;
    figures.push_back(
        {Words::tr("Process"),
         Words::tr("%1, pid %2, fd %3").arg(safe(process.command)).arg(process.pid).arg(owner.fd),
         {},
         true});
    const auto add = [&](const QString& name, const std::string& text) {
        if (!text.empty())
            figures.push_back({name, safe(text), {}, true});
    };
    add(Words::tr("Command"), process.commandLine);
    add(Words::tr("Program"), process.executable);
    add(Words::tr("Cgroup"), process.cgroup);
    add(Words::tr("Container"), process.container());
}

} // namespace

std::vector<SocketFigure> socketFigures(const SocketRow& row) {
    const bool isTcp = row.protocol == SocketProtocol::Tcp;
    if (row.state == SocketState::Listen && row.type != SocketType::Dgram)
        return listenerFigures(row);
    if (isTcp && row.details && row.details->tcpInfo)
        return connectionFigures(row);
    return otherFigures(row);
}

std::vector<SocketFigure> furtherFigures(const SocketRow& row) {
    Figures figures;
    const bool isConnection = row.protocol == SocketProtocol::Tcp && row.details &&
                              row.details->tcpInfo && row.state != SocketState::Listen;
    if (isConnection) {
        addTimes(figures, *row.details->tcpInfo);
        addWindows(figures, *row.details->tcpInfo);
        addCounts(figures, *row.details->tcpInfo);
    }
    if (row.details && row.details->memory)
        addMoreMemory(figures, row);
    addSocket(figures, row);
    if (row.details)
        addMarks(figures, row);
    for (const SocketOwner& owner : row.owners)
        addOwner(figures, owner);
    return figures;
}

} // namespace sscope
