#include <QtTest>

#include "core/client/datagram_tally.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

/// A tally of datagrams that are texts, with a clock of its own.
struct Fixture {
    explicit Fixture(std::size_t receiveSize = 65536) : tally(receiveSize) {}

    void send(const std::string& text) { tally.sent(bytesOf(text), now); }
    void receive(const std::string& text, std::size_t realSize = 0) {
        tally.received(bytesOf(text), std::max(realSize, text.size()));
    }
    const DatagramFigures& figures() { return tally.figures(); }

    DatagramTally tally;
    TimePoint now{};
};

} // namespace

class TestDatagramTally : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEchoOfAllLosesNothing() {
        Fixture f;
        for (int i = 0; i < 100; ++i)
            f.send(std::to_string(i));
        for (int i = 0; i < 100; ++i)
            f.receive(std::to_string(i));
        f.tally.finish();
        QCOMPARE(f.figures(), (DatagramFigures{.sent = 100, .received = 100, .echoed = 100}));
        QVERIFY(f.figures().areOfAnEcho());
    }

    void whatDoesNotComeBackInTimeIsLost() {
        Fixture f;
        f.send("a");
        f.send("b");
        f.receive("a");
        f.tally.age(f.now + 1999ms);
        QCOMPARE(f.figures().lost, 0ULL);
        QVERIFY(f.tally.isWaiting());
        f.tally.age(f.now + 2s);
        QCOMPARE(f.figures().lost, 1ULL);
        QVERIFY(!f.tally.isWaiting());
        f.receive("b"); // only late
        QCOMPARE(f.figures().lost, 0ULL);
        QCOMPARE(f.figures().echoed, 2ULL);
    }

    void theEndLosesAllThatIsOut() {
        Fixture f;
        for (const char* text : {"a", "b", "c"})
            f.send(text);
        f.receive("b");
        f.tally.finish();
        QCOMPARE(f.figures().lost, 2ULL);
        f.tally.finish();
        QCOMPARE(f.figures().lost, 2ULL);
    }

    void whatIsOvertakenIsReordered() {
        Fixture f;
        for (const char* text : {"1", "2", "3", "4", "5"})
            f.send(text);
        for (const char* text : {"1", "4", "2", "3", "5"}) // RFC 4737: 2 and 3 are
            f.receive(text);
        QCOMPARE(f.figures().reordered, 2ULL);
        QCOMPARE(f.figures().duplicated, 0ULL);
    }

    void whatComesMoreOftenThanItWasSentIsDoubled() {
        Fixture f;
        f.send("a");
        f.send("a");
        for (int i = 0; i < 4; ++i)
            f.receive("a");
        QCOMPARE(f.figures().echoed, 2ULL);
        QCOMPARE(f.figures().duplicated, 2ULL);
        QCOMPARE(f.figures().foreign, 0ULL);
    }

    void ofThoseThatAreAlikeNoneHasOvertaken() {
        Fixture f;
        for (const char* text : {"x", "1", "x", "2"})
            f.send(text);
        for (const char* text : {"1", "x", "2"}) // the first x is lost, or the second
            f.receive(text);
        f.tally.finish();
        QCOMPARE(f.figures().reordered, 0ULL);
        QCOMPARE(f.figures().lost, 1ULL);
    }

    void whatWasNeverSentIsForeign() {
        Fixture f;
        f.send("ping");
        f.receive("pong");
        f.tally.finish();
        QCOMPARE(f.figures().foreign, 1ULL);
        QVERIFY(!f.figures().areOfAnEcho()); // what it has lost nobody can know
    }

    void emptyDatagramsCount() {
        Fixture f;
        f.send("");
        f.receive("");
        QCOMPARE(f.figures().echoed, 1ULL);
        QCOMPARE(f.figures().truncated, 0ULL);
    }

    void whatIsCutIsStillKnown() {
        Fixture f(4);
        f.send("abcdefgh");
        f.send("abcdxyz");
        f.receive("abcd", 7);
        QCOMPARE(f.figures().truncated, 1ULL);
        QCOMPARE(f.figures().echoed, 1ULL);
        f.receive("abcd", 9);
        QCOMPARE(f.figures().foreign, 1ULL);
    }

    void remembersNoMoreThanItsWindow() {
        Fixture f;
        const std::size_t count = DatagramTally::window + 10;
        for (std::size_t i = 0; i < count; ++i)
            f.send(std::to_string(i));
        QCOMPARE(f.figures().lost, 10ULL); // nothing more is known of them
        f.receive("0");
        QCOMPARE(f.figures().foreign, 1ULL);
        f.receive(std::to_string(count - 1));
        QCOMPARE(f.figures().echoed, 1ULL);
        f.tally.finish();
        QCOMPARE(f.figures().lost, count - 1);
    }

    void agreesWithACountOfAllChances() {
        // A channel that loses, doubles and delays, in ways that are known.
        Fixture f;
        std::uint64_t state = 42;
        const auto chance = [&](int percent) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            return (state >> 33) % 100 < static_cast<std::uint64_t>(percent);
        };
        DatagramFigures expected;
        std::vector<std::uint64_t> arrivals;
        for (std::uint64_t i = 0; i < 5000; ++i) {
            f.send("seq " + std::to_string(i));
            ++expected.sent;
            if (chance(10)) {
                ++expected.lost;
                continue;
            }
            arrivals.push_back(i);
            if (arrivals.size() > 1 && chance(5))
                std::swap(arrivals.back(), arrivals[arrivals.size() - 2]);
            if (chance(5))
                arrivals.push_back(arrivals.back());
        }
        std::set<std::uint64_t> seen;
        std::uint64_t next = 0;
        for (const std::uint64_t number : arrivals) {
            f.receive("seq " + std::to_string(number));
            ++expected.received;
            if (!seen.insert(number).second) {
                ++expected.duplicated;
                continue;
            }
            ++expected.echoed;
            expected.reordered += number < next ? 1 : 0;
            next = std::max(next, number + 1);
        }
        f.tally.finish();
        QVERIFY(expected.reordered > 50 && expected.duplicated > 50 && expected.lost > 50);
        QCOMPARE(f.figures(), expected);
    }

    void sharesItsFigures() {
        SharedDatagramFigures shared;
        const DatagramFigures figures{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        shared.store(figures);
        QCOMPARE(shared.load(), figures);
    }
};

QTEST_GUILESS_MAIN(TestDatagramTally)
#include "tst_datagram_tally.moc"
