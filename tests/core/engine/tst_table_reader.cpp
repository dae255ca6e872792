#include <atomic>

#include <QtTest>

#include "core/engine/table_reader.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

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
