#include <QtTest>

#include "core/diagnostics/closed_history.h"

using namespace sscope;

namespace {

ClosedSocket closedSocket(std::uint64_t cookie) {
    ClosedSocket closed;
    closed.row.cookie = cookie;
    return closed;
}

std::uint64_t cookieAt(const ClosedHistory& history, std::uint64_t number) {
    return std::get<ClosedSocket>(history.at(number)).row.cookie;
}

} // namespace

class TestClosedHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheNewestUnderTheirOwnNumbers() {
        ClosedHistory history(3);
        for (std::uint64_t cookie = 100; cookie < 105; ++cookie)
            history.add(closedSocket(cookie));
        QCOMPARE(history.size(), std::size_t{3});
        QCOMPARE(history.begin(), std::uint64_t{2});
        QCOMPARE(history.end(), std::uint64_t{5});
        QCOMPARE(cookieAt(history, 2), std::uint64_t{102});
        QCOMPARE(cookieAt(history, 4), std::uint64_t{104});
        QCOMPARE(history.counters().closed, std::uint64_t{5});
        QCOMPARE(history.counters().forgotten, std::uint64_t{2});
    }

    void joinsGapsThatFollowEachOther() {
        ClosedHistory history;
        history.add(closedSocket(1));
        history.add(HistoryGap{{}, 3});
        history.add(HistoryGap{{}, 4});
        history.add(closedSocket(2));
        history.add(HistoryGap{{}, 5});
        QCOMPARE(history.size(), std::size_t{4});
        QCOMPARE(std::get<HistoryGap>(history.at(1)).lost, std::uint64_t{7});
        QCOMPARE(history.counters().gaps, std::uint64_t{2});
        QCOMPARE(history.counters().lost, std::uint64_t{12});
    }

    void doesNotClaimANumberThatIsNotKnown() {
        ClosedHistory history;
        history.add(HistoryGap{{}, 3});
        history.add(HistoryGap{{}, 0});
        QCOMPARE(history.size(), std::size_t{1});
        QCOMPARE(std::get<HistoryGap>(history.at(0)).lost, std::uint64_t{0});
    }

    void goesOnCountingWhenItIsCleared() {
        ClosedHistory history;
        history.add(closedSocket(1));
        history.add(closedSocket(2));
        history.clear();
        QCOMPARE(history.begin(), std::uint64_t{2});
        history.add(closedSocket(3));
        QCOMPARE(cookieAt(history, 2), std::uint64_t{3});
        QCOMPARE(history.counters().closed, std::uint64_t{3});
    }
};

QTEST_APPLESS_MAIN(TestClosedHistory)
#include "tst_closed_history.moc"
