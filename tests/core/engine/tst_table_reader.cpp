#include <algorithm>
#include <atomic>

#include <unistd.h>

#include <QtTest>

#include "core/engine/table_reader.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

/// Of the new row with this local port, but what was there before, in TIME_WAIT; 0 where there is
/// none.
std::uint64_t cookieOf(const TableUpdate& update, std::uint16_t port) {
    const auto it = std::ranges::find_if(update.change->added, [&](const SocketRow& row) {
        return row.localPort == port && row.inode != 0;
    });
    return it == update.change->added.end() ? 0 : it->cookie;
}

/// Waits for it; empty where none comes.
std::optional<TableUpdate> nextUpdate(TableReader& reader) {
    std::optional<TableUpdate> update;
    (void)QTest::qWaitFor([&] { return (update = reader.take()).has_value(); }, 10'000);
    return update;
}

std::vector<SocketSample> nextSamples(TableReader& reader) {
    std::vector<SocketSample> samples;
    (void)QTest::qWaitFor([&] { return !(samples = reader.takeSamples()).empty(); }, 10'000);
    return samples;
}

} // namespace

class TestTableReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAgainAndAgain() {
        std::atomic<int> wakes = 0;
        TableReader reader({}, [&] { ++wakes; });
        QVERIFY(reader.start(20ms).has_value());
        const TestSocket listener = TestSocket::listenTcp();
        bool seen = false;
        const auto look = [&] {
            if (const auto update = reader.take()) {
                for (const SocketRow& row : update->change->added)
                    seen = seen || row.localPort == listener.port();
            }
            return seen;
        };
        QTRY_VERIFY(look());
        QTRY_VERIFY(wakes >= 1);
    }

    void waitsUntilTheUpdateIsTaken() {
        std::atomic<int> wakes = 0;
        TableReader reader({}, [&] { ++wakes; });
        QVERIFY(reader.start(1ms).has_value());
        QTRY_COMPARE(wakes.load(), 1);
        reader.refreshNow();
        QTest::qWait(50); // it would have read many times by now
        QCOMPARE(wakes.load(), 1);
        QVERIFY(reader.take().has_value());
        QVERIFY(!reader.take().has_value() || wakes >= 2);
        QTRY_VERIFY(wakes >= 2);
    }

    void restsWhilePausedButForOneAsked() {
        std::atomic<int> wakes = 0;
        TableReader reader({}, [&] { ++wakes; });
        reader.setPaused(true);
        QVERIFY(reader.start(1ms).has_value());
        QTest::qWait(30);
        QCOMPARE(wakes.load(), 0);
        reader.refreshNow();
        QTRY_COMPARE(wakes.load(), 1);
        QVERIFY(reader.take().has_value());
        QTest::qWait(30);
        QCOMPARE(wakes.load(), 1);
        reader.setPaused(false);
        QTRY_COMPARE(wakes.load(), 2);
    }

    void aShorterIntervalCountsAtOnce() {
        std::atomic<int> wakes = 0;
        TableReader reader({}, [&] { ++wakes; });
        QVERIFY(reader.start(1h).has_value());
        QTRY_COMPARE(wakes.load(), 1);
        QVERIFY(reader.take().has_value());
        reader.setInterval(1ms);
        QTRY_COMPARE(wakes.load(), 2);
    }

    void samplesTheInspectedSocketBetweenRefreshes() {
        auto [client, accepted] = connectedPair();
        TableReader reader({}, [] {});
        QVERIFY(reader.start(1h).has_value());
        std::optional<TableUpdate> update = nextUpdate(reader);
        QVERIFY(update);
        const std::uint64_t cookie = cookieOf(*update, client.port());
        reader.inspect(cookie);
        std::vector<SocketSample> samples;
        const auto more = [&] {
            for (SocketSample& sample : reader.takeSamples())
                samples.push_back(std::move(sample));
            return samples.size();
        };
        QTRY_VERIFY(more() >= 2);
        QVERIFY(samples[1].time - samples[0].time >= 250ms);
        for (const SocketSample& sample : samples) {
            QCOMPARE(sample.cookie, cookie);
            QVERIFY(sample.row && sample.row->details && sample.row->details->tcpInfo);
            QVERIFY(sample.row->state == SocketState::Established);
            QVERIFY(sample.row->isOwnedBy(::getpid()));
        }
        client.reset();
        const auto hasGone = [&] { return more() > 0 && !samples.back().row; };
        QTRY_VERIFY(hasGone());
        const std::size_t all = samples.size();
        QTest::qWait(300); // longer than it takes to the next
        QCOMPARE(more(), all);
        QVERIFY(!reader.take()); // it is an hour to the next refresh
    }

    void samplesOnceWhilePausedWhenAsked() {
        const auto [client, accepted] = connectedPair();
        std::atomic<int> wakes = 0;
        TableReader reader({}, [&] { ++wakes; });
        QVERIFY(reader.start(1h).has_value());
        std::optional<TableUpdate> update = nextUpdate(reader);
        QVERIFY(update);
        reader.setPaused(true);
        reader.inspect(cookieOf(*update, client.port()));
        QCOMPARE(nextSamples(reader).size(), std::size_t{1}); // the one that was chosen
        QTest::qWait(300);
        QVERIFY(reader.takeSamples().empty());
        reader.refreshNow();
        QCOMPARE(nextSamples(reader).size(), std::size_t{1});
    }

    void aSocketThatTheTableDoesNotKnowHasGone() {
        TableReader reader({}, [] {});
        QVERIFY(reader.start(1h).has_value());
        QVERIFY(nextUpdate(reader));
        reader.inspect(~std::uint64_t{0});
        const auto samples = nextSamples(reader);
        QVERIFY(samples.size() == 1 && !samples[0].row);
    }

    void readsTheDetailsOfWatchedRows() {
        const auto [client, accepted] = connectedPair();
        TableReader reader({}, [] {});
        QVERIFY(reader.start(1h).has_value());
        std::optional<TableUpdate> update = nextUpdate(reader);
        QVERIFY(update);
        const std::uint64_t cookie = cookieOf(*update, client.port());
        reader.watch({cookie});
        reader.refreshNow();
        update = nextUpdate(reader);
        QVERIFY(update);
        const auto& detailed = update->change->detailed;
        QCOMPARE(detailed.size(), std::size_t{1});
        QCOMPARE(detailed[0].cookie, cookie);
        QVERIFY(detailed[0].details->tcpInfo);
    }

    void takesOtherKindsAtOnce() {
        const TestSocket bound = TestSocket::bindUdp();
        TableReader reader({}, [] {});
        reader.setPaused(true);
        QVERIFY(reader.start(1h).has_value());
        reader.setKinds({.tcp = true, .udp = false});
        std::optional<TableUpdate> update = nextUpdate(reader);
        QVERIFY(update);
        QVERIFY(std::ranges::none_of(update->change->added, [](const SocketRow& row) {
            return row.protocol == SocketProtocol::Udp;
        }));
        reader.setKinds({.tcp = false});
        update = nextUpdate(reader);
        QVERIFY(update);
        QVERIFY(cookieOf(*update, bound.port()) != 0);
    }

    void stopsWhateverItDoes() {
        TableReader never({}, {});
        TableReader reader({}, [] {});
        QVERIFY(reader.start(1h).has_value());
        reader.stopAndJoin();
        reader.stopAndJoin();
    }
};

QTEST_GUILESS_MAIN(TestTableReader)
#include "tst_table_reader.moc"
