#include <atomic>
#include <future>

#include <QtTest>

#include "core/engine/engine.h"
#include "tests/support/connection_churn.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

/// Of the end with this port, as it is taken from the reader; entries are kept.
struct Taken {
    ClosedReader& reader;
    ClosedHistory history{};

    const ClosedSocket* find(std::uint16_t localPort, std::uint16_t remotePort) {
        for (HistoryEntry& entry : reader.take())
            history.add(std::move(entry));
        for (std::uint64_t i = history.end(); i > history.begin(); --i) {
            const auto* closed = std::get_if<ClosedSocket>(&history.at(i - 1));
            if (closed && closed->row.localPort == localPort &&
                closed->row.remotePort == remotePort)
                return closed;
        }
        return nullptr;
    }
};

} // namespace

class TestClosedReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Where that is allowed: what stays in TIME_WAIT goes with it.
    void initTestCase() { enterOwnNetwork(); }

    void wakesOnceUntilItIsTaken() {
        std::atomic<int> wakes = 0;
        ClosedReader reader([&] { ++wakes; });
        QVERIFY(reader.start().has_value());
        TestSocket first = TestSocket::listenTcp();
        first.close();
        QTRY_COMPARE(wakes.load(), 1);
        TestSocket second = TestSocket::listenTcp();
        const std::uint16_t port = second.port();
        second.close();
        Taken taken{reader};
        QTRY_VERIFY(taken.find(port, 0));
    }

    void knowsTheOwnersThatTheTableSaw() {
        std::atomic<bool> isWoken = false;
        Engine engine({[] {}, [] {}, [&] { isWoken = true; }});
        QVERIFY(engine.start(5ms).has_value());
        QVERIFY(engine.closedStart().has_value());
        const TestSocket listener = TestSocket::listenTcp();
        TestSocket client = TestSocket::connectTcp(listener.port());
        TestSocket accepted = listener.accept();
        const std::uint16_t port = client.port();
        bool isSeen = false;
        const auto isInTable = [&] {
            const auto update = engine.table().take();
            if (update && update->change)
                isSeen = isSeen || std::ranges::any_of(update->change->added, [&](const auto& row) {
                             return row.localPort == port;
                         });
            return isSeen;
        };
        QTRY_VERIFY(isInTable());
        client.close();
        accepted.close();
        Taken taken{engine.closed()};
        QTRY_VERIFY(taken.find(port, listener.port()));
        QTRY_VERIFY(taken.find(listener.port(), port));
        QVERIFY(isWoken);
        const ClosedSocket& closed = *taken.find(port, listener.port());
        QVERIFY(closed.row.isOwnedBy(::getpid()));
        QVERIFY(closed.row.hasUid && closed.row.uid == ::getuid());
        QVERIFY(closed.age.has_value());
        engine.stop();
    }

    void tellsAGapWhereTheKernelsQueueWasFull() {
        std::promise<void> churned;
        ClosedReader reader([over = churned.get_future().share()] { over.wait(); }, 8 << 10);
        QVERIFY(reader.start().has_value());
        const ChurnResult churn = churnConnections(5000, 300ms); // the reader waits meanwhile
        churned.set_value();
        ClosedHistory history;
        const auto isAllAccountedFor = [&] {
            for (HistoryEntry& entry : reader.take())
                history.add(std::move(entry));
            return history.counters().closed + history.counters().lost >= churn.cookies.size();
        };
        QTRY_VERIFY(isAllAccountedFor());
        QVERIFY(history.counters().gaps > 0 && history.counters().lost > 0);
    }

    void stopsWhateverItDoes() {
        ClosedReader never({});
        ClosedReader reader({});
        QVERIFY(reader.start().has_value());
        reader.stopAndJoin();
        reader.stopAndJoin();
    }
};

QTEST_GUILESS_MAIN(TestClosedReader)
#include "tst_closed_reader.moc"
