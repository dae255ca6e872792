#include <QtTest>

#include "core/diagnostics/filter_watch.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

SocketRow rowOf(std::uint64_t cookie, SocketState state = SocketState::Listen) {
    SocketRow row;
    row.cookie = cookie;
    row.state = state;
    return row;
}

SocketRow withRtt(SocketRow row, std::uint32_t rttUs) {
    SocketDetails details;
    details.tcpInfo.emplace().rttUs = rttUs;
    row.details = std::make_shared<SocketDetails>(details);
    return row;
}

std::vector<std::uint64_t> cookies(const std::vector<SocketRow>& rows) {
    std::vector<std::uint64_t> all;
    for (const SocketRow& row : rows)
        all.push_back(row.cookie);
    return all;
}

FilterWatch watchOf(const char* filter) {
    return {*SocketFilter::parse(filter), [](const SocketRow& row) { return row.cookie == 7; }};
}

using Cookies = std::vector<std::uint64_t>;

} // namespace

class TestFilterWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChangeCanBringARowAndTakeIt() {
        FilterWatch watch = watchOf("is:established");
        auto shown =
            watch.apply({{rowOf(1), rowOf(2, SocketState::Established)}, {}, {}}, {}, TimePoint());
        QCOMPARE(cookies(shown.fresh), Cookies{2});
        shown = watch.apply(
            {{}, {rowOf(1, SocketState::Established), rowOf(2, SocketState::CloseWait)}, {}}, {},
            TimePoint());
        QCOMPARE(cookies(shown.fresh), Cookies{1});
        QCOMPARE(cookies(shown.gone), Cookies{2});
        QVERIFY(shown.changed.empty());
        shown =
            watch.apply({{}, {rowOf(1, SocketState::Established)}, {rowOf(2)}}, {}, TimePoint());
        QCOMPARE(cookies(shown.changed), Cookies{1});
        QVERIFY(shown.gone.empty()); // it was gone here before
    }

    void timeAloneBringsARow() {
        FilterWatch watch = watchOf("age>3s");
        QVERIFY(watch.needsAll());
        const std::vector<SocketRow> all{rowOf(1)};
        TimePoint now;
        QVERIFY(watch.apply({all, {}, {}}, all, now).fresh.empty());
        now += 3s;
        QVERIFY(watch.apply({}, all, now).fresh.empty());
        now += 1ns;
        QCOMPARE(cookies(watch.apply({}, all, now).fresh), Cookies{1});
        now += 1s;
        const auto shown = watch.apply({}, all, now); // told once
        QVERIFY(shown.fresh.empty() && shown.changed.empty() && shown.gone.empty());
    }

    void timeAloneTakesARow() {
        FilterWatch watch = watchOf("age<2s");
        const std::vector<SocketRow> all{rowOf(1)};
        TimePoint now;
        QCOMPARE(cookies(watch.apply({all, {}, {}}, all, now).fresh), Cookies{1});
        now += 2s;
        QCOMPARE(cookies(watch.apply({}, all, now).gone), Cookies{1});
        QVERIFY(watch.apply({{}, {}, all}, {}, now).gone.empty());
    }

    void newDetailsAreNoChange() {
        FilterWatch watch = watchOf("rtt>5ms");
        (void)watch.apply({{withRtt(rowOf(1), 4000)}, {}, {}}, {}, TimePoint());
        TableChange change;
        change.detailed = {withRtt(rowOf(1), 6000)};
        QCOMPARE(cookies(watch.apply(change, {}, TimePoint()).fresh), Cookies{1});
        change.detailed = {withRtt(rowOf(1), 7000)};
        QVERIFY(watch.apply(change, {}, TimePoint()).changed.empty());
        change.detailed = {withRtt(rowOf(1), 3000)};
        QCOMPARE(cookies(watch.apply(change, {}, TimePoint()).gone), Cookies{1});
    }

    void knowsWhatIsOurs() {
        FilterWatch watch = watchOf("is:ours");
        QCOMPARE(cookies(watch.apply({{rowOf(6), rowOf(7)}, {}, {}}, {}, TimePoint()).fresh),
                 Cookies{7});
    }
};

QTEST_GUILESS_MAIN(TestFilterWatch)
#include "tst_filter_watch.moc"
