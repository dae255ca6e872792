#include <QtTest>

#include "core/diagnostics/socket_samples.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

const TimePoint start{};

struct Numbers {
    std::uint32_t receiveQueue = 0;
    std::uint32_t sendQueue = 0;
    std::uint32_t window = 10;
    std::uint32_t lastSentMs = 0;
    std::uint32_t retransmitsTotal = 0;
    SocketState state = SocketState::Established;
};

SocketSample sampleAt(Duration time, Numbers numbers = {}) {
    SocketRow row{.cookie = 7, .state = numbers.state};
    row.receiveQueue = numbers.receiveQueue;
    row.sendQueue = numbers.sendQueue;
    SocketDetails details;
    details.tcpInfo = TcpInfo{};
    details.tcpInfo->rttUs = 200;
    details.tcpInfo->rtoUs = 204'000;
    details.tcpInfo->congestionWindow = numbers.window;
    details.tcpInfo->lastDataSentMs = numbers.lastSentMs;
    details.tcpInfo->retransmitsTotal = numbers.retransmitsTotal;
    row.details = std::make_shared<SocketDetails>(details);
    return {start + time, 7, row};
}

} // namespace

class TestSocketSamples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsPointsWithinABound() {
        SocketSeries series(3);
        for (int i = 0; i < 5; ++i)
            series.add(sampleAt(i * 250ms, {.sendQueue = static_cast<std::uint32_t>(i)}));
        QCOMPARE(series.points().size(), std::size_t{3});
        QCOMPARE(series.points().front().sendQueue, 2u);
        QCOMPARE(series.points().back().rttUs, 200u);
        QVERIFY(series.points().back().hasTcpInfo);
        QCOMPARE(series.cookie(), std::uint64_t{7});
    }

    void remembersThePathOfStates() {
        SocketSeries series;
        series.add(sampleAt(0s, {.state = SocketState::SynSent}));
        series.add(sampleAt(1s));
        series.add(sampleAt(2s));
        series.add(sampleAt(3s, {.state = SocketState::CloseWait}));
        QCOMPARE(series.states().size(), std::size_t{3});
        QVERIFY(series.states()[1].state == SocketState::Established);
        QVERIFY(series.states()[1].since == start + 1s);
        QVERIFY(series.states()[2].state == SocketState::CloseWait);
    }

    void endsWhenTheSocketIsGone() {
        SocketSeries series;
        series.add(sampleAt(0s));
        series.add({start + 1s, 7, std::nullopt});
        series.add(sampleAt(2s));
        QVERIFY(series.goneAt() == start + 1s);
        QCOMPARE(series.points().size(), std::size_t{1});
        QVERIFY(series.lastRow().has_value());
    }

    void passesOverOtherSocketsAndThePast() {
        SocketSeries series;
        series.add(sampleAt(1s));
        SocketSample other = sampleAt(2s);
        other.cookie = 8;
        series.add(other);
        series.add(sampleAt(0s));
        QCOMPARE(series.points().size(), std::size_t{1});
    }

    void keepsDetailsThatAnOnlyRowLacks() {
        SocketSeries series;
        series.add(sampleAt(0s));
        SocketSample bare = sampleAt(1s);
        bare.row->details.reset();
        series.add(bare);
        QVERIFY(series.lastRow()->details);
        QVERIFY(!series.points().back().hasTcpInfo);
    }

    void findsAQueueThatOnlyGrows() {
        SocketSeries series;
        for (const std::uint32_t bytes : {500u, 0u, 0u, 0u, 10u, 10u, 40u})
            series.add(sampleAt(series.points().size() * 1s, {.receiveQueue = bytes}));
        const auto growth = series.receiveGrowth();
        QVERIFY(growth.has_value());
        QVERIFY(growth->since == start + 3s); // the last moment before it grew
        QCOMPARE(growth->from, 0u);
        QCOMPARE(growth->to, 40u);
        QVERIFY(!series.sendGrowth());
        series.add(sampleAt(8s, {.receiveQueue = 39}));
        QVERIFY(!series.receiveGrowth());
    }

    void seesThatTheWindowFellAfterAPause() {
        SocketSeries series;
        series.add(sampleAt(0s, {.window = 20, .lastSentMs = 0}));
        series.add(sampleAt(5s, {.window = 20, .lastSentMs = 5000}));
        QVERIFY(!series.idleRestart());
        series.add(sampleAt(6s, {.window = 10, .lastSentMs = 100}));
        QVERIFY(series.idleRestart().has_value());
        QCOMPARE(series.idleRestart()->from, 20u);
        QCOMPARE(series.idleRestart()->to, 10u);
        QVERIFY(series.idleRestart()->time == start + 6s);
    }

    void doesNotTakeALossForAPause() {
        SocketSeries series;
        series.add(sampleAt(0s, {.window = 20}));
        series.add(sampleAt(5s, {.window = 10, .retransmitsTotal = 1}));
        QVERIFY(!series.idleRestart());
        SocketSeries busy;
        busy.add(sampleAt(0s, {.window = 20}));
        busy.add(sampleAt(250ms, {.window = 10, .lastSentMs = 240}));
        QVERIFY(!busy.idleRestart());
    }
};

QTEST_APPLESS_MAIN(TestSocketSamples)
#include "tst_socket_samples.moc"
