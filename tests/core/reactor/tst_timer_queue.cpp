#include <memory>
#include <random>

#include <QtTest>

#include "core/reactor/timer_queue.h"

using namespace sscope;

namespace {

TimePoint at(int tick) {
    return TimePoint(std::chrono::milliseconds(tick));
}

} // namespace

class TestTimerQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void callsInTheOrderOfDeadlines() {
        TimerQueue queue;
        std::vector<int> called;
        Timer a(queue, [&] { called.push_back(1); });
        Timer b(queue, [&] { called.push_back(2); });
        Timer c(queue, [&] { called.push_back(3); });
        a.start(at(30));
        b.start(at(10));
        c.start(at(20));
        QVERIFY(queue.nextDeadline() == at(10));
        queue.expire(at(9));
        QVERIFY(called.empty());
        queue.expire(at(25));
        QVERIFY((called == std::vector<int>{2, 3}));
        queue.expire(at(1000));
        QVERIFY((called == std::vector<int>{2, 3, 1}));
        QVERIFY(!queue.nextDeadline());
    }

    void startingAgainMovesTheDeadline() {
        TimerQueue queue;
        int calls = 0;
        Timer timer(queue, [&] { ++calls; });
        timer.start(at(10));
        timer.start(at(50));
        queue.expire(at(20));
        QCOMPARE(calls, 0);
        queue.expire(at(50));
        QCOMPARE(calls, 1);
    }

    void aStoppedOrDestroyedTimerIsSilent() {
        TimerQueue queue;
        int calls = 0;
        Timer stopped(queue, [&] { ++calls; });
        auto gone = std::make_unique<Timer>(queue, [&] { ++calls; });
        stopped.start(at(10));
        gone->start(at(10));
        stopped.stop();
        gone.reset();
        queue.expire(at(100));
        QCOMPARE(calls, 0);
        QVERIFY(!stopped.isActive());
    }

    void aTimerStoppedByAnotherOfTheSameTurnIsSilent() {
        TimerQueue queue;
        int calls = 0;
        Timer victim(queue, [&] { ++calls; });
        Timer killer(queue, [&] { victim.stop(); });
        killer.start(at(1));
        victim.start(at(2));
        queue.expire(at(10));
        QCOMPARE(calls, 0);
    }

    void aTimerMayStartItselfFromItsCall() {
        TimerQueue queue;
        int calls = 0;
        std::unique_ptr<Timer> timer;
        timer = std::make_unique<Timer>(queue, [&] {
            ++calls;
            timer->start(at(0)); // due at once, but not in this turn
        });
        timer->start(at(5));
        queue.expire(at(10));
        QCOMPARE(calls, 1);
        queue.expire(at(10));
        QCOMPARE(calls, 2);
    }

    void agreesWithASortedListUnderRandomUse() {
        std::mt19937 random(7);
        TimerQueue queue;
        struct Entry {
            std::unique_ptr<Timer> timer;
            int deadline = -1; // not running
        };
        std::vector<Entry> entries(50);
        std::vector<std::pair<int, std::size_t>> fired;
        for (std::size_t i = 0; i < entries.size(); ++i)
            entries[i].timer = std::make_unique<Timer>(
                queue, [&, i] { fired.emplace_back(std::exchange(entries[i].deadline, -1), i); });
        int now = 0;
        for (int step = 0; step < 5'000; ++step) {
            Entry& entry = entries[random() % entries.size()];
            switch (random() % 4) {
            case 0:
            case 1:
                entry.deadline = now + static_cast<int>(random() % 100);
                entry.timer->start(at(entry.deadline));
                break;
            case 2:
                entry.deadline = -1;
                entry.timer->stop();
                break;
            default:
                now += static_cast<int>(random() % 20);
                fired.clear();
                queue.expire(at(now));
                QVERIFY(std::ranges::is_sorted(fired, {}, &std::pair<int, std::size_t>::first));
                for (const Entry& other : entries)
                    QVERIFY(other.deadline == -1 || other.deadline > now);
            }
            int earliest = -1;
            for (const Entry& other : entries) {
                if (other.deadline >= 0 && (earliest < 0 || other.deadline < earliest))
                    earliest = other.deadline;
            }
            QCOMPARE(queue.nextDeadline().has_value(), earliest >= 0);
            if (earliest >= 0)
                QVERIFY(*queue.nextDeadline() == at(earliest));
        }
    }
};

QTEST_GUILESS_MAIN(TestTimerQueue)
#include "tst_timer_queue.moc"
