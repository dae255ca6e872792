#include <atomic>
#include <cerrno>
#include <thread>

#include <sys/resource.h>

#include <QtTest>

#include "core/reactor/reactor.h"
#include "core/reactor/reactor_thread.h"
#include "tests/support/event_log.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

class Handler : public EventHandler {
public:
    explicit Handler(std::function<void(Readiness)> call) : m_call(std::move(call)) {}
    void handleEvents(Readiness ready) override { m_call(ready); }

private:
    std::function<void(Readiness)> m_call;
};

} // namespace

class TestReactor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addPollerRows(); }

    void callsTheHandlerOfAReadyDescriptor() {
        Loop loop;
        auto [a, b] = connectedPair();
        std::string got;
        Handler handler([&](Readiness) { got += a.receiveSome(); });
        auto watch = loop.reactor().watch(a.fd(), Interest::Read, handler);
        QVERIFY(watch.has_value());
        b.send("hello");
        QVERIFY(loop.runUntil([&] { return got == "hello"; }));
    }

    void skipsAnEventWhoseRegistrationHasGone() {
        // Both are ready in the same turn; whichever comes first ends the other's registration.
        Loop loop;
        auto [a, b] = connectedPair();
        auto [c, d] = connectedPair();
        int calls = 0;
        Watch first;
        Watch second;
        Handler handler([&](Readiness) {
            ++calls;
            first.stop();
            second.stop();
        });
        b.send("x");
        d.send("x");
        first = *loop.reactor().watch(a.fd(), Interest::Read, handler);
        second = *loop.reactor().watch(c.fd(), Interest::Read, handler);
        loop.runOnce();
        loop.runOnce();
        QCOMPARE(calls, 1);
    }

    void skipsAStaleEventForASlotThatIsUsedAgain() {
        Loop loop;
        auto [a, b] = connectedPair();
        auto [c, d] = connectedPair();
        auto [e, f] = connectedPair(); // silent
        int wrong = 0;
        Handler silent([&](Readiness) { ++wrong; });
        Watch first;
        Watch second;
        Watch third;
        Handler replacing([&](Readiness) {
            first.stop();
            second.stop();
            if (!third.isActive()) // takes the slot of one of them
                third = *loop.reactor().watch(e.fd(), Interest::Read, silent);
        });
        b.send("x");
        d.send("x");
        first = *loop.reactor().watch(a.fd(), Interest::Read, replacing);
        second = *loop.reactor().watch(c.fd(), Interest::Read, replacing);
        loop.runOnce();
        loop.runOnce();
        QVERIFY(third.isActive());
        QCOMPARE(wrong, 0);
    }

    void deferredObjectsLiveToTheEndOfTheTurn() {
        Loop loop;
        bool isGone = false;
        bool wasGoneInTurn = true;
        struct Object {
            explicit Object(bool& flag) : gone(flag) {}
            Object(const Object&) = delete;
            Object& operator=(const Object&) = delete;
            ~Object() { gone = true; }
            bool& gone;
        };
        loop.reactor().post([&] {
            loop.reactor().deferDelete(std::make_unique<Object>(isGone));
            wasGoneInTurn = isGone;
        });
        QVERIFY(loop.runUntil([&] { return isGone; }));
        QVERIFY(!wasGoneInTurn);
    }

    void runsTimersAndPostedTasks() {
        Loop loop;
        std::vector<int> order;
        Timer timer(loop.reactor().timers(), [&] { order.push_back(3); });
        timer.start(SteadyClock::now() + 20ms);
        loop.reactor().post([&] { order.push_back(1); });
        loop.reactor().post([&] { order.push_back(2); });
        QVERIFY(loop.runUntil([&] { return order.size() == 3; }));
        QVERIFY((order == std::vector<int>{1, 2, 3}));
    }

    void otherThreadsWakeIt() {
        ReactorThread thread("test", currentPoller(), {});
        QVERIFY(thread.start().has_value());
        std::atomic<int> calls = 0;
        std::vector<std::thread> posters;
        for (int i = 0; i < 4; ++i)
            posters.emplace_back([&] {
                for (int j = 0; j < 1000; ++j)
                    thread.reactor().post([&] { ++calls; });
            });
        for (std::thread& poster : posters)
            poster.join();
        QTRY_COMPARE(calls.load(), 4000);
        thread.stopAndJoin();
    }

    void tracesItsWakeUps() {
        EventLog log;
        TraceBatch batch(&log.outbox(), TraceBatch::Detail::WakeUps);
        batch.watchLoop(2);
        Loop loop(std::move(batch));
        auto [a, b] = connectedPair();
        Handler handler([&](Readiness) { (void)a.receiveSome(); });
        auto watch = loop.reactor().watch(a.fd(), Interest::Read, handler);
        b.send("x");
        QVERIFY(loop.runUntil([&] {
            const auto wakeUps = log.wakeUps();
            return std::ranges::any_of(wakeUps, [](const WakeUp& w) {
                return w.registered == 1 && w.readable == 1 && w.writable == 0 && !w.timedOut;
            });
        }));
        QVERIFY(loop.runUntil([&] {
            const auto wakeUps = log.wakeUps();
            return std::ranges::any_of(wakeUps, [](const WakeUp& w) { return w.timedOut; });
        }));
        const auto loops = log.loops();
        QVERIFY(!loops.empty());
        QCOMPARE(loops.back().loop, 2u);
        std::uint64_t wakeUps = 0;
        bool listed = false;
        for (const LoopActivity& loopActivity : loops) {
            wakeUps += loopActivity.wakeUps;
            const DescriptorLists lists = listsOf(loopActivity.last, loopActivity.descriptors);
            listed = listed || (lists.registered.size() == 1 && lists.registered[0] == a.fd() &&
                                lists.readable.size() == 1 && lists.readable[0] == a.fd() &&
                                lists.writable.empty());
        }
        QCOMPARE(wakeUps, std::uint64_t{log.wakeUps().size()});
        QVERIFY(listed);
    }

    void saysSoWhereThereAreNoDescriptors() {
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        const rlimit none{0, before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &none);
        ReactorThread thread("test", currentPoller(), {});
        const auto started = thread.start();
        ::setrlimit(RLIMIT_NOFILE, &before);
        QVERIFY(!started && started.error().isErrno(EMFILE));
    }
};

QTEST_GUILESS_MAIN(TestReactor)
#include "tst_reactor.moc"
