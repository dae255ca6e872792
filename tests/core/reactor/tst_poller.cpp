#include <set>

#include <fcntl.h>
#include <sys/select.h>
#include <sys/socket.h>

#include <QtTest>

#include "core/base/unique_fd.h"
#include "core/reactor/poller.h"
#include "tests/support/loop.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

std::pair<UniqueFd, UniqueFd> socketPair() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        qFatal("socketpair");
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

} // namespace

class TestPoller : public QObject {
    Q_OBJECT

private:
    std::vector<PollEvent> wait(Poller& poller, Duration timeout = 0ns) {
        std::vector<PollEvent> events;
        if (!poller.wait(timeout, events))
            qFatal("wait");
        return events;
    }

private Q_SLOTS:
    void initTestCase_data() { addPollerRows(); }

    void tellsWhatIsReadyAndWanted() {
        const auto poller = makePoller(currentPoller());
        auto [a, b] = socketPair();
        QVERIFY(poller->add(a.get(), Interest::Read, {3, 1}).has_value());
        QVERIFY(wait(*poller).empty());
        QCOMPARE(::write(b.get(), "x", 1), ssize_t{1});
        auto events = wait(*poller);
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events[0].key.slot, 3u);
        QVERIFY(events[0].ready.readable && !events[0].ready.writable);
        poller->modify(a.get(), Interest::Both, {3, 2});
        events = wait(*poller);
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events[0].key.generation, 2u);
        QVERIFY(events[0].ready.readable && events[0].ready.writable);
        poller->modify(a.get(), Interest::None, {3, 2});
        QVERIFY(wait(*poller).empty());
        poller->remove(a.get());
    }

    void isLevelTriggered() {
        const auto poller = makePoller(currentPoller());
        auto [a, b] = socketPair();
        QVERIFY(poller->add(a.get(), Interest::Read, {}).has_value());
        QCOMPARE(::write(b.get(), "x", 1), ssize_t{1});
        QCOMPARE(wait(*poller).size(), std::size_t{1});
        QCOMPARE(wait(*poller).size(), std::size_t{1});
        char byte = 0;
        QCOMPARE(::read(a.get(), &byte, 1), ssize_t{1});
        QVERIFY(wait(*poller).empty());
        poller->remove(a.get());
    }

    void tellsTheEndOfTheOtherSide() {
        const auto poller = makePoller(currentPoller());
        auto [a, b] = socketPair();
        QVERIFY(poller->add(a.get(), Interest::Read, {}).has_value());
        b.reset();
        const auto events = wait(*poller);
        QCOMPARE(events.size(), std::size_t{1});
        QVERIFY(events[0].ready.readable || events[0].ready.failed);
        poller->remove(a.get());
    }

    void aRemovedDescriptorIsSilentAndItsNumberCanComeBack() {
        const auto poller = makePoller(currentPoller());
        auto [a, b] = socketPair();
        auto [c, d] = socketPair();
        QVERIFY(poller->add(a.get(), Interest::Read, {1, 0}).has_value());
        QVERIFY(poller->add(c.get(), Interest::Read, {2, 0}).has_value());
        QCOMPARE(::write(b.get(), "x", 1), ssize_t{1});
        poller->remove(a.get());
        QVERIFY(wait(*poller).empty());
        QVERIFY(poller->add(a.get(), Interest::Read, {9, 5}).has_value());
        const auto events = wait(*poller);
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events[0].key.slot, 9u);
        poller->remove(a.get());
        poller->remove(c.get());
    }

    void waitsNoLongerThanItsTimeout() {
        const auto poller = makePoller(currentPoller());
        auto [a, b] = socketPair();
        QVERIFY(poller->add(a.get(), Interest::Read, {}).has_value());
        const TimePoint before = SteadyClock::now();
        QVERIFY(wait(*poller, 20ms).empty());
        QVERIFY(SteadyClock::now() - before >= 20ms); // and not earlier
        poller->remove(a.get());
    }

    void watchesManyAtOnce() {
        const auto poller = makePoller(currentPoller());
        std::vector<std::pair<UniqueFd, UniqueFd>> pairs;
        for (std::uint32_t i = 0; i < 300; ++i) {
            pairs.push_back(socketPair());
            QVERIFY(poller->add(pairs.back().first.get(), Interest::Read, {i, 0}).has_value());
        }
        for (std::size_t i = 0; i < pairs.size(); i += 3)
            QCOMPARE(::write(pairs[i].second.get(), "x", 1), ssize_t{1});
        std::set<std::uint32_t> ready;
        // epoll gives so many at a time; all come in a few waits.
        for (int round = 0; round < 4; ++round) {
            for (const PollEvent& event : wait(*poller))
                ready.insert(event.key.slot);
        }
        QCOMPARE(ready.size(), std::size_t{100});
        for (const auto& [mine, other] : pairs)
            poller->remove(mine.get());
    }

    void selectRefusesADescriptorItCannotHold() {
        auto [a, b] = socketPair();
        const UniqueFd high(::fcntl(a.get(), F_DUPFD_CLOEXEC, FD_SETSIZE));
        if (!high.isOpen())
            QSKIP("the limit of descriptors is too low for this");
        const auto poller = makePoller(currentPoller());
        const auto added = poller->add(high.get(), Interest::Read, {});
        if (currentPoller() != PollerKind::Select) {
            QVERIFY(added.has_value());
            poller->remove(high.get());
            return;
        }
        QVERIFY(!added && added.error().is(Fault::SelectLimit));
        QCOMPARE(added.error().detail, std::to_string(FD_SETSIZE));
        QVERIFY(wait(*poller).empty());
    }
};

QTEST_GUILESS_MAIN(TestPoller)
#include "tst_poller.moc"
