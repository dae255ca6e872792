// What a flood of messages costs the window.

#include <atomic>
#include <ctime>
#include <thread>

#include <QElapsedTimer>

#include "tests/ui/chat/chat_session_fixture.h"
#include "ui/chat/chat_lines_view.h"

using namespace sscope;
using namespace sscope::test;

namespace {

/// Of the processor, that this thread has had; nanoseconds.
std::int64_t threadTime() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * std::int64_t(1'000'000'000) + time.tv_nsec;
}

} // namespace

class TestChatFlood : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Printed, not asserted: how long the window is held up by a flood.
    void aFloodLeavesTheWindowAlone_data() {
        QTest::addColumn<bool>("isSeen");
        QTest::newRow("nobody looks") << false;
        QTest::newRow("somebody looks") << true;
    }

    void aFloodLeavesTheWindowAlone() {
        QFETCH(bool, isSeen);
        Window window;
        window.serveChat();
        ChatSession mira(window.bridge); // without testers, which look at all of a model each time
        mira.connectTo(window.configOf("mira"));
        QTRY_COMPARE(mira.people().hereCount(), 1);
        ChatLinesModel& lines = mira.lines(room("den"));
        ChatLinesView view;
        if (isSeen) {
            view.setLines(lines, "den", QString());
            view.resize(600, 600);
            view.show();
        }
        // Others, as fast as the rate of one person lets each.
        constexpr std::uint32_t people = 34;
        constexpr std::uint64_t linesOfOne = 295;
        constexpr quint64 all = people * linesOfOne;
        TraceOutbox elsewhere({}, [] {});
        ChatManager crowd(elsewhere, [] {});
        for (OwnerId owner = 1; owner <= people; ++owner)
            QVERIFY(crowd.open(owner, 1, window.configOf(QString("p%1").arg(owner))));
        // On a thread of their own: what they do is not the window's work.
        std::atomic<bool> mayBegin = false;
        std::atomic<bool> isOver = false;
        std::thread others([&] {
            for (std::uint64_t said = 0; !isOver;) {
                crowd.take();
                for (; mayBegin && said < all; ++said)
                    crowd.say(static_cast<OwnerId>(said % people + 1), "den",
                              "flood for Mira and others", said / people + 1);
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
        });
        QTRY_COMPARE_WITH_TIMEOUT(mira.people().hereCount(), int(people) + 1, 20'000);
        QElapsedTimer since;
        qint64 longest = 0;
        std::int64_t worked = threadTime();
        std::int64_t mostWork = 0;
        QTimer heart;
        connect(&heart, &QTimer::timeout, &heart, [&] {
            longest = qMax(longest, since.restart());
            mostWork = std::max(mostWork, threadTime() - std::exchange(worked, threadTime()));
        });
        since.start();
        heart.start(2);
        mayBegin = true;
        QTRY_VERIFY_WITH_TIMEOUT(lines.lastId() == all, 60'000);
        isOver = true;
        others.join();
        qInfo("%llu messages: longest gap between two turns %lld ms, most work in one %.1f ms",
              static_cast<unsigned long long>(all), static_cast<long long>(longest),
              static_cast<double>(mostWork) / 1e6);
        const int row = mira.rooms().rowOf(room("den"));
        QCOMPARE(mira.rooms().at(row).unread, int(all));
        QCOMPARE(mira.rooms().at(row).mentions, int(all));
        QVERIFY(lines.rowCount() <= ChatLinesModel::usualLines + 100);
    }
};

QTEST_MAIN(TestChatFlood)
#include "tst_chat_flood.moc"
