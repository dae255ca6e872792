#include "core/diagnostics/socket_meaning.h"

#include <algorithm>

namespace sscope {

namespace {

using Kind = MeaningKind;
using Weight = MeaningWeight;

// A queue that grows for less may be one burst.
constexpr Duration growsForLong = std::chrono::seconds(2);
// A process that closes in its own time does so sooner.
constexpr Duration closesLate = std::chrono::seconds(10);
// The first repetition of a SYN comes after one second (RFC 6298).
constexpr Duration answersLate = std::chrono::seconds(1);

using Growth = std::optional<SocketSeries::Growth>;

/// All that is looked at, and what was found so far.
struct Look {
    const SocketRow& row;
    const SocketSeries* series;
    const SocketRow* otherEnd;
    TimePoint now;
    Duration inState;
    std::vector<Meaning> found{};

    [[nodiscard]] const TcpInfo* tcpInfo() const {
        return row.details && row.details->tcpInfo ? &*row.details->tcpInfo : nullptr;
    }
    [[nodiscard]] Growth receiveGrowth() const { return lasting(&SocketSeries::receiveGrowth); }
    [[nodiscard]] Growth sendGrowth() const { return lasting(&SocketSeries::sendGrowth); }
    [[nodiscard]] std::uint32_t retransmits() const {
        const std::uint32_t ofInfo = tcpInfo() ? tcpInfo()->retransmits : 0;
        return row.timer == TimerKind::Retransmit
                   ? std::max<std::uint32_t>(ofInfo, row.timerRetransmits)
                   : ofInfo;
    }
    Meaning& add(Kind kind, Weight weight) {
        return found.emplace_back(Meaning{.kind = kind, .weight = weight});
    }
    Meaning& addWho(Kind kind, Weight weight) { return name(add(kind, weight), row); }
    static Meaning& name(Meaning& meaning, const SocketRow& holder) {
        if (!holder.owners.empty()) {
            meaning.process = holder.owners.front().process->command;
            meaning.pid = holder.owners.front().process->pid;
            meaning.fd = holder.owners.front().fd;
        }
        return meaning;
    }

private:
    [[nodiscard]] Growth lasting(Growth (SocketSeries::*growth)() const) const {
        const Growth seen = series ? (series->*growth)() : std::nullopt;
        return seen && now - seen->since >= growsForLong ? seen : std::nullopt;
    }
};

void addGrowth(Look& look, Kind kind, const SocketSeries::Growth& growth) {
    Meaning& meaning = look.addWho(kind, Weight::Trouble);
    meaning.from = growth.from;
    meaning.bytes = growth.to;
    meaning.time = look.now - growth.since;
}

void lookAtReceiveQueue(Look& look) {
    // The peer's FIN counts as a byte until the process has read the end.
    const std::uint32_t fin =
        look.row.state == SocketState::CloseWait && look.row.receiveQueue > 0 ? 1 : 0;
    const std::uint32_t unread = look.row.receiveQueue - fin;
    if (unread == 0)
        return;
    if (const Growth growth = look.receiveGrowth())
        addGrowth(look, Kind::UnreadGrowing, *growth);
    else
        look.addWho(Kind::UnreadData, Weight::Notice).bytes = unread;
}

void addPeerNotReading(Look& look) {
    Meaning& meaning = look.add(Kind::PeerNotReading, Weight::Trouble);
    if (look.otherEnd)
        Look::name(meaning, *look.otherEnd);
    meaning.bytes = look.row.sendQueue;
    meaning.count = look.tcpInfo() ? look.tcpInfo()->probes : look.row.timerRetransmits;
}

void addLoss(Look& look, Kind kind, Weight weight, std::uint64_t count) {
    Meaning& meaning = look.add(kind, weight);
    meaning.bytes = look.row.sendQueue;
    meaning.count = count;
    if (look.tcpInfo())
        meaning.time = std::chrono::milliseconds(look.tcpInfo()->lastAckReceivedMs);
}

void lookAtSendQueue(Look& look) {
    const TcpInfo* info = look.tcpInfo();
    if (look.row.sendQueue == 0)
        return;
    if (look.row.timer == TimerKind::Persist)
        addPeerNotReading(look);
    else if (look.retransmits() > 0)
        addLoss(look, Kind::DataLost, Weight::Trouble, look.retransmits());
    else if (info && (info->lost > 0 || info->caState >= 3)) // TCP_CA_Recovery, TCP_CA_Loss
        addLoss(look, Kind::RepeatedLoss, Weight::Notice, info->retransmitsTotal);
    else if (const Growth growth = look.sendGrowth();
             growth && look.otherEnd && look.otherEnd->receiveQueue > 0)
        addPeerNotReading(look);
    else if (growth)
        addGrowth(look, Kind::UnsentGrowing, *growth);
    else
        look.add(Kind::InFlight, Weight::Normal).bytes = look.row.sendQueue;
}

void lookAtEstablished(Look& look) {
    lookAtReceiveQueue(look);
    lookAtSendQueue(look);
    if (look.row.timer == TimerKind::Keepalive && look.row.timerRetransmits > 0)
        look.add(Kind::KeepaliveNoAnswer, Weight::Trouble).count = look.row.timerRetransmits;
    const TcpInfo* info = look.tcpInfo();
    if (look.found.empty() && info && info->retransmitsTotal > 0)
        look.add(Kind::Retransmitted, Weight::Notice).count = info->retransmitsTotal;
    else if (look.found.empty())
        look.add(Kind::Healthy, Weight::Normal);
    if (look.series && look.series->idleRestart()) {
        const auto& restart = *look.series->idleRestart();
        Meaning& meaning = look.add(Kind::WindowAfterIdle, Weight::Normal);
        meaning.from = restart.from;
        meaning.count = restart.to;
        meaning.at = restart.time;
    }
}

/// One more than the backlog fits (sk_acceptq_is_full of include/net/sock.h).
bool isFull(const SocketRow& listener) {
    return listener.receiveQueue > listener.sendQueue;
}

void lookAtOpening(Look& look) {
    if (look.row.state == SocketState::SynRecv) {
        const auto repeated = look.row.timerRetransmits;
        look.add(Kind::SynReceived, repeated > 0 ? Weight::Notice : Weight::Normal).count =
            repeated;
        return;
    }
    const auto repeated = look.retransmits();
    if (look.otherEnd && look.otherEnd->state == SocketState::Listen && isFull(*look.otherEnd)) {
        Meaning& meaning = look.add(Kind::ListenerFull, Weight::Trouble);
        Look::name(meaning, *look.otherEnd).count = look.otherEnd->receiveQueue;
        meaning.limit = look.otherEnd->sendQueue;
        meaning.time = look.inState;
        return;
    }
    const bool isLate = look.inState >= answersLate;
    Meaning& meaning = repeated > 0
                           ? look.add(Kind::SynSentUnanswered, Weight::Trouble)
                           : look.add(Kind::SynSent, isLate ? Weight::Notice : Weight::Normal);
    meaning.count = repeated;
    meaning.time = look.inState;
}

void lookAtCloseWait(Look& look) {
    const bool isLate = look.inState >= closesLate;
    look.addWho(Kind::PeerClosed, isLate ? Weight::Trouble : Weight::Notice).time = look.inState;
    lookAtReceiveQueue(look);
    lookAtSendQueue(look);
}

void lookAtFinWait2(Look& look) {
    if (look.otherEnd && look.otherEnd->state == SocketState::CloseWait) {
        Meaning& meaning = look.add(Kind::OtherEndHasNotClosed, Weight::Notice);
        Look::name(meaning, *look.otherEnd).time = look.inState;
    } else {
        look.add(Kind::WaitsForPeer, Weight::Normal).time = look.inState;
    }
    lookAtReceiveQueue(look);
}

void lookAtTimeWait(Look& look) {
    const bool isTogether =
        look.series && std::ranges::any_of(look.series->states(), [](const StateVisit& visit) {
            return visit.state == SocketState::Closing;
        });
    look.add(isTogether ? Kind::TimeWaitTogether : Kind::TimeWait, Weight::Normal).time =
        std::chrono::milliseconds(look.row.timerExpiresMs);
}

void lookAtFinSent(Look& look, Kind kind) {
    const auto repeated = look.retransmits();
    Meaning& meaning = look.add(kind, repeated > 0 ? Weight::Trouble : Weight::Normal);
    meaning.count = repeated;
    meaning.bytes = look.row.sendQueue > 0 ? look.row.sendQueue - 1 : 0; // the FIN counts as one
    meaning.time = look.inState;
}

void lookAtListen(Look& look) {
    const SocketRow& row = look.row;
    const std::uint32_t waiting = row.receiveQueue;
    const std::uint32_t backlog = row.sendQueue;
    if (waiting > 0) {
        const bool isHalf = waiting * 2 >= backlog;
        Meaning& meaning = look.addWho(isFull(row) ? Kind::AcceptQueueFull : Kind::AcceptQueue,
                                       isFull(row) ? Weight::Trouble
                                       : isHalf    ? Weight::Notice
                                                   : Weight::Normal);
        meaning.count = waiting;
        meaning.limit = backlog;
    }
    const IpAddress address = row.localAddress.unmapped();
    const bool isLoopback = address.isLoopback();
    Meaning& meaning = look.addWho(isLoopback        ? Kind::ListenLoopback
                                   : address.isAny() ? Kind::ListenEverywhere
                                                     : Kind::ListenAddress,
                                   isLoopback ? Weight::Normal : Weight::Notice);
    meaning.port = row.localPort;
    meaning.address = address.text();
}

/// States in which a process may have let go of its socket, which the kernel then ends.
bool canBeOrphan(SocketState state) {
    return state == SocketState::FinWait1 || state == SocketState::FinWait2 ||
           state == SocketState::Closing || state == SocketState::LastAck;
}

void lookAtTcp(Look& look) {
    switch (look.row.state) {
    case SocketState::Listen:
        lookAtListen(look);
        break;
    case SocketState::SynSent:
    case SocketState::SynRecv:
        lookAtOpening(look);
        break;
    case SocketState::CloseWait:
        lookAtCloseWait(look);
        break;
    case SocketState::FinWait1:
        lookAtFinSent(look, Kind::FinNotAcked);
        break;
    case SocketState::FinWait2:
        lookAtFinWait2(look);
        break;
    case SocketState::Closing:
        lookAtFinSent(look, Kind::ClosedTogether);
        break;
    case SocketState::LastAck:
        lookAtFinSent(look, Kind::LastAck);
        break;
    case SocketState::TimeWait:
        lookAtTimeWait(look);
        break;
    case SocketState::Bound:
        look.addWho(Kind::BoundOnly, Weight::Notice).port = look.row.localPort;
        break;
    case SocketState::Close:
        look.addWho(Kind::Closed, Weight::Normal);
        break;
    default:
        lookAtEstablished(look);
    }
    if (canBeOrphan(look.row.state) && look.row.inode == 0)
        look.add(Kind::Orphaned, Weight::Normal).time =
            std::chrono::milliseconds(look.row.timerExpiresMs);
}

void lookAtDatagrams(Look& look) {
    const SocketRow& row = look.row;
    if (const Growth growth = look.receiveGrowth(); growth && row.receiveQueue > 0)
        addGrowth(look, Kind::DatagramsGrowing, *growth);
    else if (row.receiveQueue > 0)
        look.addWho(Kind::DatagramsWaiting, Weight::Notice).bytes = row.receiveQueue;
    if (row.details && row.details->memory && row.details->memory->drops > 0)
        look.addWho(Kind::DatagramsDropped, Weight::Trouble).count = row.details->memory->drops;
    look.addWho(row.hasPeer() ? Kind::DatagramsOnePeer : Kind::DatagramsAnybody, Weight::Normal)
        .port = row.localPort;
}

void lookAtUnix(Look& look) {
    const SocketRow& row = look.row;
    if (row.state == SocketState::Listen) {
        const bool isFull = row.receiveQueue > row.sendQueue; // unix_recvq_full of af_unix.c
        Meaning& meaning = isFull ? look.addWho(Kind::UnixQueueFull, Weight::Trouble)
                                  : look.addWho(Kind::UnixListen, Weight::Normal);
        meaning.count = row.receiveQueue;
        meaning.limit = row.sendQueue;
        return;
    }
    if (row.receiveQueue > 0)
        look.addWho(Kind::UnixUnread, Weight::Notice).bytes = row.receiveQueue;
    look.add(row.state == SocketState::Established ? Kind::UnixConnected : Kind::UnixUnconnected,
             Weight::Normal);
}

void lookAtProtocol(Look& look) {
    switch (look.row.protocol) {
    case SocketProtocol::Tcp:
        return lookAtTcp(look);
    case SocketProtocol::Udp:
    case SocketProtocol::UdpLite:
        return lookAtDatagrams(look);
    case SocketProtocol::Unix:
        return lookAtUnix(look);
    case SocketProtocol::Raw:
        look.addWho(Kind::RawSocket, Weight::Normal).count = look.row.number;
        return;
    case SocketProtocol::Packet:
        look.addWho(Kind::PacketSocket, Weight::Notice).count = look.row.number;
        return;
    case SocketProtocol::Netlink:
        look.addWho(Kind::NetlinkSocket, Weight::Normal).count = look.row.number;
        return;
    }
}

} // namespace

std::vector<Meaning> meaningOf(const SocketRow& row, const SocketSeries* series,
                               const SocketRow* otherEnd, TimePoint now, Duration inState) {
    Look look{row, series, otherEnd, now, inState};
    if (series && series->goneAt()) {
        look.add(Kind::Gone, Weight::Notice).at = *series->goneAt();
        return std::move(look.found);
    }
    lookAtProtocol(look);
    if (!row.ownersKnown && row.owners.empty())
        look.add(Kind::OwnerNotReadable, Weight::Notice);
    std::ranges::stable_sort(look.found, std::ranges::greater{}, &Meaning::weight);
    return std::move(look.found);
}

} // namespace sscope
