#include <atomic>
#include <thread>

#include <QtTest>

#include "core/trace/trace_outbox.h"

using namespace sscope;

namespace {

constexpr ConnectionId first{1, 1};

TraceEvent receivedEvent(ConnectionId connection, std::uint64_t bytes) {
    return {.connection = connection, .bytes = bytes, .kind = TraceKind::Received};
}

} // namespace

class TestTraceOutbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsEventsWithTheirHeads() {
        TraceOutbox outbox({}, {});
        TraceBatch batch(&outbox, TraceBatch::Detail::Log);
        batch.add(receivedEvent(first, 5), bytesOf("Hello"));
        batch.flush();
        batch.add(receivedEvent(first, 3), bytesOf("you"));
        batch.flush();
        TraceDrain drain;
        outbox.swap(drain);
        QCOMPARE(drain.newerLog.events.size(), std::size_t{2});
        QCOMPARE(textOf(drain.newerLog.head(drain.newerLog.events[0])), std::string_view("Hello"));
        QCOMPARE(textOf(drain.newerLog.head(drain.newerLog.events[1])), std::string_view("you"));
        QVERIFY(drain.newerLog.events[0].sequence < drain.newerLog.events[1].sequence);
    }

    void keepsNoMoreOfAPayloadThanItsHead() {
        TraceOutbox outbox({}, {});
        TraceBatch batch(&outbox, TraceBatch::Detail::Log);
        batch.add(receivedEvent(first, 100'000), bytesOf(std::string(100'000, 'x')));
        batch.flush();
        TraceDrain drain;
        outbox.swap(drain);
        QCOMPARE(drain.newerLog.events[0].bytes, std::uint64_t{100'000});
        QCOMPARE(drain.newerLog.heads.size(), traceHeadLimit);
    }

    void dropsTheOldestBeyondTheBoundAndCounts() {
        TraceOutbox outbox({.logEvents = 100, .headBytes = 1 << 20, .lifecycle = 10}, {});
        TraceBatch batch(&outbox, TraceBatch::Detail::Log);
        for (std::uint64_t i = 0; i < 1000; ++i) {
            batch.add(receivedEvent(first, i), {});
            batch.flush();
        }
        TraceDrain drain;
        outbox.swap(drain);
        const std::size_t kept = drain.olderLog.events.size() + drain.newerLog.events.size();
        QVERIFY(kept >= 50 && kept <= 100);
        QCOMPARE(drain.droppedEvents + kept, std::uint64_t{1000});
        // What is left is the end of it, without a gap.
        QCOMPARE(drain.newerLog.events.back().bytes, std::uint64_t{999});
        QCOMPARE(drain.olderLog.events.back().bytes + 1, drain.newerLog.events.front().bytes);
    }

    void lastValueOfAStateWins() {
        TraceOutbox outbox({}, {});
        TraceBatch batch(&outbox, TraceBatch::Detail::Lifecycle);
        TracedCounters one{.connection = first};
        TracedCounters two{.connection = {1, 2}};
        for (int i = 0; i < 5; ++i) {
            one.counters.receivedBytes += 10;
            batch.touch(one);
            batch.flush();
        }
        two.counters.sentBytes = 7;
        batch.touch(two);
        batch.flush();
        TraceDrain drain;
        outbox.swap(drain);
        QCOMPARE(drain.states.size(), std::size_t{2});
        QCOMPARE(drain.states[0].counters.receivedBytes, std::uint64_t{50});
        QCOMPARE(drain.states[1].counters.sentBytes, std::uint64_t{7});
        drain.clear();
        one.counters.receivedBytes = 60;
        batch.touch(one);
        batch.flush();
        outbox.swap(drain);
        QCOMPARE(drain.states.size(), std::size_t{1});
        QCOMPARE(drain.states[0].counters.receivedBytes, std::uint64_t{60});
    }

    void forgetsCountersThatAreGone() {
        TraceOutbox outbox({}, {});
        TraceBatch batch(&outbox, TraceBatch::Detail::Lifecycle);
        {
            TracedCounters gone{.connection = first};
            batch.touch(gone);
            batch.forget(gone);
        }
        batch.flush();
        TraceDrain drain;
        outbox.swap(drain);
        QVERIFY(drain.states.empty());
    }

    void acceptAndCloseThatAreFetchedTogetherAreOneRecord() {
        TraceOutbox outbox({}, {});
        TraceBatch batch(&outbox, TraceBatch::Detail::Lifecycle);
        {
            ConnectionTrace trace(batch, first);
            trace.accepted({"tcp://a:1", "tcp://b:2"});
            batch.flush(); // the turns of the loop do not matter
            trace.received(bytesOf("abc"));
            trace.closed(CloseReason::Peer, {}, Duration(5));
        }
        batch.flush();
        TraceDrain drain;
        outbox.swap(drain);
        QCOMPARE(drain.lifecycle.size(), std::size_t{1});
        const auto& finished = std::get<lifecycle::Finished>(drain.lifecycle[0].what);
        QCOMPARE(finished.accepted.peer, std::string("tcp://a:1"));
        QCOMPARE(finished.closed.counters.receivedBytes, std::uint64_t{3});
        QVERIFY(finished.acceptedAt <= drain.lifecycle[0].time);
    }

    void anAcceptThatWasFetchedStaysApartFromItsClose() {
        TraceOutbox outbox({}, {});
        TraceBatch batch(&outbox, TraceBatch::Detail::Lifecycle);
        ConnectionTrace trace(batch, first);
        trace.accepted({"tcp://a:1", "tcp://b:2"});
        batch.flush();
        TraceDrain drain;
        outbox.swap(drain);
        QVERIFY(std::holds_alternative<lifecycle::Accepted>(drain.lifecycle.at(0).what));
        drain.clear();
        trace.closed(CloseReason::Local, {}, Duration(5));
        batch.flush();
        outbox.swap(drain);
        QVERIFY(std::holds_alternative<lifecycle::Closed>(drain.lifecycle.at(0).what));
    }

    void connectionsThatAreOverAreCountedBeyondTheBound() {
        TraceOutbox outbox({.lifecycle = 10}, {});
        TraceBatch batch(&outbox, TraceBatch::Detail::Lifecycle);
        for (std::uint32_t i = 1; i <= 25; ++i) {
            ConnectionTrace trace(batch, {1, i});
            trace.accepted({});
            trace.received(bytesOf("x"));
            trace.closed(CloseReason::Peer, {}, {});
        }
        batch.flush();
        TraceDrain drain;
        outbox.swap(drain);
        QCOMPARE(drain.lifecycle.size(), std::size_t{10});
        QCOMPARE(drain.droppedLifecycle, std::uint64_t{15});
        // Totals are exact all the same.
        QCOMPARE(drain.totals.at(0).counters.receivedBytes, std::uint64_t{25});
        QCOMPARE(drain.totals.at(0).closed, std::uint64_t{25});
    }

    void wakesOnceForEachTimeThatItCeasesToBeEmpty() {
        int wakes = 0;
        TraceOutbox outbox({}, [&] { ++wakes; });
        TraceBatch batch(&outbox, TraceBatch::Detail::Lifecycle);
        const auto tell = [&] {
            batch.add(first, lifecycle::PeerFinished{});
            batch.flush();
        };
        tell();
        tell();
        QCOMPARE(wakes, 1);
        TraceDrain drain;
        outbox.swap(drain);
        tell();
        QCOMPARE(wakes, 2);
        batch.flush();
        QCOMPARE(wakes, 2);
    }

    void recordsNothingWithoutAnOutbox() {
        TraceBatch batch;
        ConnectionTrace trace(batch, first);
        trace.accepted({});
        trace.received(bytesOf("abc"));
        trace.closed(CloseReason::Peer, {}, {});
        batch.flush();
        QCOMPARE(trace.counters().receivedBytes, std::uint64_t{3});
    }

    void losesNothingBetweenThreads() {
        // Each producer's events come in their own order, and none is lost.
        TraceOutbox outbox({.logEvents = 1'000'000}, {});
        constexpr std::uint32_t producers = 4;
        constexpr std::uint32_t each = 5'000;
        std::vector<std::thread> threads;
        for (std::uint32_t owner = 1; owner <= producers; ++owner) {
            threads.emplace_back([&outbox, owner] {
                TraceBatch batch(&outbox, TraceBatch::Detail::Log);
                batch.totals().owner = owner;
                ConnectionTrace trace(batch, {owner, 1});
                for (std::uint32_t i = 0; i < each; ++i) {
                    trace.received(bytesOf("xy"));
                    if (i % 7 == 0)
                        batch.flush();
                }
                batch.flush();
            });
        }
        std::vector<std::uint64_t> next(producers + 1, 0);
        std::uint64_t seen = 0;
        TraceDrain drain;
        while (seen < producers * each) {
            outbox.swap(drain);
            for (const LogChunk* chunk : {&drain.olderLog, &drain.newerLog}) {
                for (const TraceEvent& event : chunk->events) {
                    QCOMPARE(event.plainOffset, next[event.connection.owner]);
                    next[event.connection.owner] += event.bytes;
                    ++seen;
                }
            }
            drain.clear();
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(seen, std::uint64_t{producers * each});
    }
};

QTEST_GUILESS_MAIN(TestTraceOutbox)
#include "tst_trace_outbox.moc"
