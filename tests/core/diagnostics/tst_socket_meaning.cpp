#include <algorithm>

#include <QtTest>

#include "core/diagnostics/socket_meaning.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

const TimePoint now = TimePoint{} + 1h;

SocketOwner python() {
    return {std::make_shared<ProcessInfo>(ProcessInfo{.pid = 812, .command = "python3"}), 17};
}

SocketRow tcpRow(SocketState state) {
    SocketRow row{.cookie = 7, .inode = 99, .state = state};
    row.localAddress.bytes = {127, 0, 0, 1};
    row.localPort = 8000;
    if (state != SocketState::Listen && state != SocketState::Bound) {
        row.remoteAddress.bytes = {127, 0, 0, 1};
        row.remotePort = 5000;
    }
    row.owners.push_back(python());
    return row;
}

SocketRow protocolRow(SocketProtocol protocol, SocketState state) {
    SocketRow row = tcpRow(state);
    row.protocol = protocol;
    return row;
}

SocketRow withInfo(SocketRow row, TcpInfo info) {
    SocketDetails details;
    details.tcpInfo = info;
    row.details = std::make_shared<SocketDetails>(details);
    return row;
}

std::vector<Meaning> meaningOfAlone(const SocketRow& row, Duration inState = 0s) {
    return meaningOf(row, nullptr, nullptr, now, inState);
}

Meaning first(const SocketRow& row, Duration inState = 0s) {
    return meaningOfAlone(row, inState).front();
}

bool has(const std::vector<Meaning>& meanings, MeaningKind kind) {
    return std::ranges::count(meanings, kind, &Meaning::kind) == 1;
}

/// A sample each second, up to now.
SocketSeries seriesOf(const SocketRow& row, std::uint32_t SocketRow::*queue,
                      const std::vector<std::uint32_t>& values) {
    SocketSeries series;
    for (std::size_t i = 0; i < values.size(); ++i) {
        SocketRow sampled = row;
        sampled.*queue = values[i];
        series.add({now - 1s * (values.size() - 1 - i), row.cookie, sampled});
    }
    return series;
}

} // namespace

class TestSocketMeaning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysThatNothingIsStuck() {
        const Meaning meaning = first(withInfo(tcpRow(SocketState::Established), {}));
        QVERIFY(meaning.kind == MeaningKind::Healthy);
        QVERIFY(meaning.weight == MeaningWeight::Normal);
    }

    void doesNotSayThatNothingWasSentTwiceWhereItWas() {
        const Meaning meaning =
            first(withInfo(tcpRow(SocketState::Established), {.retransmitsTotal = 3}));
        QVERIFY(meaning.kind == MeaningKind::Retransmitted);
        QCOMPARE(meaning.count, std::uint64_t{3});
    }

    void namesWhoHasNotClosed() {
        const Meaning meaning = first(tcpRow(SocketState::CloseWait), 3min);
        QVERIFY(meaning.kind == MeaningKind::PeerClosed);
        QVERIFY(meaning.weight == MeaningWeight::Trouble);
        QVERIFY(meaning.time == Duration(3min));
        QCOMPARE(meaning.process, std::string("python3"));
        QCOMPARE(meaning.pid, 812);
        QCOMPARE(meaning.fd, 17);
        QVERIFY(first(tcpRow(SocketState::CloseWait), 1s).weight == MeaningWeight::Notice);
        SocketRow foreign = tcpRow(SocketState::CloseWait);
        foreign.owners.clear();
        foreign.ownersKnown = false;
        const auto meanings = meaningOfAlone(foreign, 3min);
        QVERIFY(has(meanings, MeaningKind::PeerClosed));
        QVERIFY(has(meanings, MeaningKind::OwnerNotReadable));
    }

    void doesNotCountTheFinAsUnread() {
        SocketRow row = tcpRow(SocketState::CloseWait);
        row.receiveQueue = 1;
        QVERIFY(!has(meaningOfAlone(row), MeaningKind::UnreadData));
        row.receiveQueue = 6;
        const auto meanings = meaningOfAlone(row);
        const auto unread = std::ranges::find(meanings, MeaningKind::UnreadData, &Meaning::kind);
        QVERIFY(unread != meanings.end());
        QCOMPARE(unread->bytes, std::uint64_t{5});
    }

    void saysWhoIsNotReading() {
        SocketRow row = tcpRow(SocketState::Established);
        row.receiveQueue = 4096;
        QVERIFY(first(row).kind == MeaningKind::UnreadData);
        const SocketSeries growing =
            seriesOf(row, &SocketRow::receiveQueue, {0, 1024, 1024, 2048, 4096});
        const Meaning meaning = meaningOf(row, &growing, nullptr, now, 1min).front();
        QVERIFY(meaning.kind == MeaningKind::UnreadGrowing);
        QVERIFY(meaning.weight == MeaningWeight::Trouble);
        QCOMPARE(meaning.pid, 812);
        QCOMPARE(meaning.from, std::uint64_t{0});
        QCOMPARE(meaning.bytes, std::uint64_t{4096});
        QVERIFY(meaning.time == Duration(4s));
        const SocketSeries burst = seriesOf(row, &SocketRow::receiveQueue, {0, 0, 0, 0, 4096});
        QVERIFY(meaningOf(row, &burst, nullptr, now, 1min).front().kind == MeaningKind::UnreadData);
    }

    void tellsAClosedWindowFromLoss() {
        SocketRow row = withInfo(tcpRow(SocketState::Established), {.probes = 4});
        row.sendQueue = 65536;
        QVERIFY(first(row).kind == MeaningKind::InFlight);
        row.timer = TimerKind::Persist;
        const Meaning closed = first(row);
        QVERIFY(closed.kind == MeaningKind::PeerNotReading);
        QCOMPARE(closed.count, std::uint64_t{4});
        SocketRow peer = tcpRow(SocketState::Established);
        const Meaning named = meaningOf(row, nullptr, &peer, now, 1s).front();
        QVERIFY(named.kind == MeaningKind::PeerNotReading);
        QCOMPARE(named.pid, 812);

        SocketRow lossy = withInfo(tcpRow(SocketState::Established),
                                   {.retransmits = 3, .lastAckReceivedMs = 7000});
        lossy.sendQueue = 100;
        const Meaning lost = first(lossy);
        QVERIFY(lost.kind == MeaningKind::DataLost);
        QCOMPARE(lost.count, std::uint64_t{3});
        QVERIFY(lost.time == Duration(7s));
        SocketRow recovering =
            withInfo(tcpRow(SocketState::Established), {.caState = 3, .retransmitsTotal = 2});
        recovering.sendQueue = 100;
        QVERIFY(first(recovering).kind == MeaningKind::RepeatedLoss);
    }

    void seesASendQueueThatGrows() {
        SocketRow row = tcpRow(SocketState::Established);
        row.sendQueue = 900;
        const SocketSeries growing = seriesOf(row, &SocketRow::sendQueue, {1, 300, 600, 900});
        QVERIFY(meaningOf(row, &growing, nullptr, now, 1min).front().kind ==
                MeaningKind::UnsentGrowing);
        SocketRow full = tcpRow(SocketState::Established);
        full.receiveQueue = 1;
        QVERIFY(meaningOf(row, &growing, &full, now, 1min).front().kind ==
                MeaningKind::PeerNotReading);
    }

    void saysWhyTheWindowFell() {
        const SocketRow row =
            withInfo(tcpRow(SocketState::Established), {.rtoUs = 204'000, .congestionWindow = 20});
        SocketSeries series;
        series.add({now - 20s, 7, row});
        series.add({now, 7,
                    withInfo(tcpRow(SocketState::Established),
                             {.rtoUs = 204'000, .congestionWindow = 10})});
        const auto meanings = meaningOf(row, &series, nullptr, now, 1min);
        QVERIFY(meanings[0].kind == MeaningKind::Healthy);
        QVERIFY(meanings[1].kind == MeaningKind::WindowAfterIdle);
        QCOMPARE(meanings[1].from, std::uint64_t{20});
        QCOMPARE(meanings[1].count, std::uint64_t{10});
        QVERIFY(meanings[1].at == now);
    }

    void saysThatNobodyAnswers() {
        QVERIFY(first(tcpRow(SocketState::SynSent)).kind == MeaningKind::SynSent);
        SocketRow row = tcpRow(SocketState::SynSent);
        row.timer = TimerKind::Retransmit;
        row.timerRetransmits = 3;
        const Meaning meaning = first(row, 7s);
        QVERIFY(meaning.kind == MeaningKind::SynSentUnanswered);
        QVERIFY(meaning.weight == MeaningWeight::Trouble);
        QVERIFY(meaning.time == Duration(7s));
        QCOMPARE(meaning.count, std::uint64_t{3});
    }

    void namesTheListenerThatDoesNotAccept() {
        SocketRow row = tcpRow(SocketState::SynSent);
        row.timer = TimerKind::Retransmit;
        row.timerRetransmits = 3;
        SocketRow listener = tcpRow(SocketState::Listen);
        listener.receiveQueue = 6;
        listener.sendQueue = 5;
        Meaning meaning = meaningOf(row, nullptr, &listener, {}, 7s).front();
        QVERIFY(meaning.kind == MeaningKind::ListenerFull);
        QCOMPARE(meaning.count, 6u);
        QCOMPARE(meaning.limit, 5u);
        listener.receiveQueue = 5; // one more fits
        meaning = meaningOf(row, nullptr, &listener, {}, 7s).front();
        QVERIFY(meaning.kind == MeaningKind::SynSentUnanswered);
    }

    void saysWhoClosedFirst() {
        SocketRow row = tcpRow(SocketState::TimeWait);
        row.owners.clear();
        row.inode = 0;
        row.timerExpiresMs = 42'000;
        const Meaning meaning = first(row);
        QVERIFY(meaning.kind == MeaningKind::TimeWait);
        QVERIFY(meaning.time == Duration(42s)); // that are left
        SocketSeries series;
        series.add({now - 1s, 7, tcpRow(SocketState::Closing)});
        series.add({now, 7, row});
        QVERIFY(meaningOf(row, &series, nullptr, now, 0s).front().kind ==
                MeaningKind::TimeWaitTogether);
    }

    void saysThatTheQueueOfAListenerIsFull() {
        SocketRow row = tcpRow(SocketState::Listen);
        row.sendQueue = 5; // the backlog
        QVERIFY(first(row).kind == MeaningKind::ListenLoopback);
        row.receiveQueue = 5;
        QVERIFY(first(row).kind == MeaningKind::AcceptQueue);
        row.receiveQueue = 6;
        const Meaning meaning = first(row);
        QVERIFY(meaning.kind == MeaningKind::AcceptQueueFull);
        QVERIFY(meaning.weight == MeaningWeight::Trouble);
        QCOMPARE(meaning.limit, std::uint64_t{5});
    }

    void saysWhoCanReachAListener() {
        SocketRow row = tcpRow(SocketState::Listen);
        row.localAddress = {.isIpv6 = true};
        QVERIFY(first(row).kind == MeaningKind::ListenEverywhere);
        QVERIFY(first(row).weight == MeaningWeight::Notice);
        row.localAddress = {};
        row.localAddress.bytes = {10, 0, 0, 1};
        const Meaning meaning = first(row);
        QVERIFY(meaning.kind == MeaningKind::ListenAddress);
        QCOMPARE(meaning.address, std::string("10.0.0.1"));
        QCOMPARE(meaning.port, std::uint16_t{8000});
        QCOMPARE(meaning.pid, 812);
    }

    void followsTheCloseFromBothEnds() {
        SocketRow row = tcpRow(SocketState::FinWait2);
        row.inode = 0;
        row.owners.clear();
        const auto alone = meaningOfAlone(row);
        QVERIFY(has(alone, MeaningKind::WaitsForPeer));
        QVERIFY(has(alone, MeaningKind::Orphaned));
        const SocketRow peer = tcpRow(SocketState::CloseWait);
        const Meaning named = meaningOf(row, nullptr, &peer, now, 1s).front();
        QVERIFY(named.kind == MeaningKind::OtherEndHasNotClosed);
        QCOMPARE(named.fd, 17);
        QVERIFY(first(tcpRow(SocketState::FinWait1)).kind == MeaningKind::FinNotAcked);
        QVERIFY(first(tcpRow(SocketState::Closing)).kind == MeaningKind::ClosedTogether);
        QVERIFY(first(tcpRow(SocketState::LastAck)).kind == MeaningKind::LastAck);
        QVERIFY(first(tcpRow(SocketState::Bound)).kind == MeaningKind::BoundOnly);
        QVERIFY(first(tcpRow(SocketState::SynRecv)).kind == MeaningKind::SynReceived);
    }

    void explainsDatagrams() {
        SocketRow row = protocolRow(SocketProtocol::Udp, SocketState::Unconnected);
        row.remotePort = 0;
        row.remoteAddress = {};
        QVERIFY(first(row).kind == MeaningKind::DatagramsAnybody);
        SocketDetails details;
        details.memory = SocketMemory{.drops = 12};
        row.details = std::make_shared<SocketDetails>(details);
        const Meaning dropped = first(row);
        QVERIFY(dropped.kind == MeaningKind::DatagramsDropped);
        QCOMPARE(dropped.count, std::uint64_t{12});
        QVERIFY(first(protocolRow(SocketProtocol::Udp, SocketState::Established)).kind ==
                MeaningKind::DatagramsOnePeer);
    }

    void explainsUnixSockets() {
        SocketRow row = protocolRow(SocketProtocol::Unix, SocketState::Listen);
        row.sendQueue = 4;
        QVERIFY(first(row).kind == MeaningKind::UnixListen);
        row.receiveQueue = 5;
        QVERIFY(first(row).kind == MeaningKind::UnixQueueFull);
        row.state = SocketState::Established;
        QVERIFY(first(row).kind == MeaningKind::UnixUnread);
    }

    void saysThatItIsGone() {
        const SocketRow row = tcpRow(SocketState::Established);
        SocketSeries series;
        series.add({now - 1s, 7, row});
        series.add({now, 7, std::nullopt});
        const auto meanings = meaningOf(row, &series, nullptr, now, 0s);
        QCOMPARE(meanings.size(), std::size_t{1});
        QVERIFY(meanings[0].kind == MeaningKind::Gone);
    }

    void hasAMeaningForEveryStateOfEveryProtocol() {
        for (const SocketProtocol protocol : everyProtocol) {
            for (int state = 0; state <= int(SocketState::Unconnected); ++state)
                QVERIFY(!meaningOfAlone(protocolRow(protocol, static_cast<SocketState>(state)))
                             .empty());
        }
    }
};

QTEST_APPLESS_MAIN(TestSocketMeaning)
#include "tst_socket_meaning.moc"
