// What is new to a person, in one tab and over all tabs and starts.

#include <memory>

#include <QJsonArray>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "tests/ui/chat/chat_session_fixture.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/common/settings.h"

using namespace sscope;
using namespace sscope::test;
using Line = ChatLine;
using State = ChatSession::State;

namespace {

/// The marks of one program after another, over one file.
struct Memory {
    Memory() { begin(); }
    void begin() {
        marks.reset();
        settings.reset();
        settings = std::make_unique<Settings>(folder.filePath("settings.json"));
        marks = std::make_unique<ChatReadMarks>(*settings);
    }
    QTemporaryDir folder;
    std::unique_ptr<Settings> settings;
    std::unique_ptr<ChatReadMarks> marks;
};

/// Says them and waits until they are stored.
void say(Person& person, int first, int last) {
    for (int i = first; i <= last; ++i)
        person.session.say(room("den"), QString("line %1").arg(i));
    QTRY_COMPARE_WITH_TIMEOUT(person.lines().waitingCount(), 0, 30'000);
}

/// As the view of the place tells while somebody looks.
void showUpTo(Person& person, quint64 id) {
    const int row = person.lines().rowOf(id);
    QVERIFY(row >= 0);
    person.session.setShownUpTo(id, person.lines().at(row).time);
}

int newRow(const ChatLinesModel& lines) {
    int row = lines.rowCount() - 1;
    while (row >= 0 && !lines.startsNew(row))
        --row;
    return row;
}

} // namespace

class TestChatReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsWhatNobodyHasSeen() {
        Window window;
        window.serveChat();
        Person lin(window, "lin");
        QVERIFY(lin.joins());
        lin.session.say(room("den"), "before");
        QTRY_COMPARE(lin.lines().waitingCount(), 0);
        Person mira(window, "mira");
        QSignalSpy called(&mira.session, &ChatSession::called);
        QVERIFY(mira.joins());
        QTRY_COMPARE(texts(mira.lines()), QStringList({"before"}));
        QCOMPARE(mira.den().unread, 0); // it was there before
        lin.session.say(room("den"), "after");
        lin.session.say(room("den"), "for @Mira");
        QTRY_COMPARE(mira.den().unread, 2);
        QCOMPARE(mira.den().mentions, 1);
        QTRY_COMPARE(called.size(), 1);
        QCOMPARE(mira.lines().newCount(), 2);
        mira.session.setLooking(true);
        QCOMPARE(mira.den().unread, 0);
        QCOMPARE(mira.lines().newCount(), 2); // the mark stays while one looks
        lin.session.say(room("den"), "seen");
        QTRY_COMPARE(texts(mira.lines()).size(), 4);
        QCOMPARE(mira.den().unread, 0);
        mira.session.setLooking(false);
        QCOMPARE(mira.lines().newCount(), 0);
    }

    void whatComesBelowWhatIsShownIsNewToo() {
        Window window;
        window.serveChat();
        Person mira(window, "mira");
        Person lin(window, "lin");
        QVERIFY(mira.joins() && lin.joins());
        const auto hears = [&](const QString& text) {
            lin.session.say(room("den"), text);
            return QTest::qWaitFor([&] { return texts(mira.lines()).contains(text); }, 10'000);
        };
        mira.session.setLooking(true);
        QVERIFY(hears("one"));
        QCOMPARE(mira.lines().newCount(), 0);
        mira.session.setAtEnd(false);
        QVERIFY(hears("two"));
        QVERIFY(hears("three"));
        QCOMPARE(mira.lines().newCount(), 2);
        QCOMPARE(mira.den().unread, 0); // its pill tells
        mira.session.setLooking(false);
        QVERIFY(hears("four"));
        QCOMPARE(mira.lines().newCount(), 3);
        mira.session.setLooking(true);
        QVERIFY(hears("five"));
        QCOMPARE(mira.lines().newCount(), 4);
        mira.session.setAtEnd(true);
        QVERIFY(hears("six"));
        QCOMPARE(mira.lines().newCount(), 4); // the divider stays to be read
        mira.session.setAtEnd(false);
        QVERIFY(hears("seven"));
        QCOMPARE(mira.lines().newCount(), 1);
    }

    void whatWasSaidSinceItWasReadLastIsNew() {
        Memory memory;
        Window window;
        window.serveChat();
        Person lin(window, "lin");
        QVERIFY(lin.joins());
        say(lin, 1, 5);
        {
            Person mira(window, "mira", memory.marks.get());
            QVERIFY(mira.joins());
            QTRY_COMPARE(mira.lines().lastId(), quint64(5));
            QCOMPARE(mira.den().unread, 0);
            mira.session.setLooking(true);
            showUpTo(mira, 5);
            say(lin, 6, 7);
            QTRY_COMPARE(mira.lines().lastId(), quint64(7));
            showUpTo(mira, 6); // has scrolled up; 7 is not in sight
        }
        memory.begin(); // the program ends, and begins
        say(lin, 8, 9);
        lin.session.say(room("den"), "for @Mira");
        QTRY_COMPARE(lin.lines().waitingCount(), 0);
        Person mira(window, "mira", memory.marks.get());
        QSignalSpy called(&mira.session, &ChatSession::called);
        QSignalSpy missed(&mira.session, &ChatSession::missedCame);
        QVERIFY(mira.joins());
        QTRY_COMPARE(mira.den().unread, 4);
        QCOMPARE(mira.den().mentions, 1);
        QCOMPARE(called.size(), 1);
        QCOMPARE(missed.size(), 1);
        QCOMPARE(mira.lines().newCount(), 4);
        QCOMPARE(mira.lines().at(newRow(mira.lines())).id, quint64(7));
        say(lin, 11, 11); // goes on from there
        QTRY_COMPARE(mira.den().unread, 5);
        QCOMPARE(mira.lines().newCount(), 5);
        QCOMPARE(texts(mira.lines()), texts(lin.lines())); // none twice
        // Of another name nothing was read, and what was there before is not new to it.
        Person ravi(window, "ravi", memory.marks.get());
        QVERIFY(ravi.joins());
        QTRY_COMPARE(ravi.lines().lastId(), quint64(11));
        QCOMPARE(ravi.den().unread, 0);
    }

    void whoLooksSeesWhereItIsNew() {
        Memory memory;
        Window window;
        window.serveChat();
        Person lin(window, "lin");
        QVERIFY(lin.joins());
        say(lin, 1, 20);
        {
            Person mira(window, "mira", memory.marks.get());
            QVERIFY(mira.joins());
            QTRY_COMPARE(mira.lines().lastId(), quint64(20));
        }
        say(lin, 21, 60);
        Person mira(window, "mira", memory.marks.get());
        mira.session.setLooking(true);
        ChatLinesView view;
        view.resize(600, 300);
        view.setLines(mira.lines(), "den", QString());
        connect(&view, &ChatLinesView::endReached, &mira.session, &ChatSession::setAtEnd);
        connect(&view, &ChatLinesView::shownUpTo, &mira.session, &ChatSession::setShownUpTo);
        connect(&mira.session, &ChatSession::missedCame, &view, &ChatLinesView::goToNew);
        view.show();
        QVERIFY(mira.joins());
        QTRY_COMPARE(mira.lines().newCount(), 40);
        QCOMPARE(mira.den().unread, 0); // it is looked at: the divider tells
        const ChatReadMarks::Room den{window.endpoint(), "mira", "den"};
        QCOMPARE(view.visualRect(mira.lines().index(newRow(mira.lines()), 0)).top(), 0);
        QVERIFY(!view.isAtEnd());
        QTRY_VERIFY(memory.marks->find(den)->id > 20);
        const quint64 read = memory.marks->find(den)->id;
        QVERIFY2(read < 45, qPrintable(QString::number(read)));
        view.goToEnd();
        QTRY_COMPARE(memory.marks->find(den)->id, quint64(60));
        QCOMPARE(mira.lines().newCount(), 40); // the divider stays to be read
    }

    void howeverMuchItWasItIsLoadedWithoutAGap() {
        Memory memory;
        Window window;
        window.serveChat();
        Person lin(window, "lin");
        QVERIFY(lin.joins());
        say(lin, 1, 50);
        {
            Person mira(window, "mira", memory.marks.get());
            QVERIFY(mira.joins());
            QTRY_COMPARE(mira.lines().lastId(), quint64(50));
        }
        say(lin, 51, 450);
        Person mira(window, "mira", memory.marks.get());
        QVERIFY(mira.joins());
        QTRY_COMPARE(mira.den().unread, 400);
        QCOMPARE(mira.lines().newCount(), 400);
        QTRY_VERIFY(mira.lines().firstId() <= 50); // the last that was read too
        QCOMPARE(mira.lines().at(newRow(mira.lines())).id, quint64(51));
        while (mira.lines().hasOlder()) {
            mira.session.loadOlder(room("den"));
            QTRY_VERIFY(!mira.lines().isLoadingOlder());
        }
        QCOMPARE(texts(mira.lines()), texts(lin.lines()));
        QCOMPARE(mira.den().unread, 400); // what is older was read
        mira.session.markRead(room("den"));
        QCOMPARE(memory.marks->find({window.endpoint(), "mira", "den"})->id, quint64(450));
    }

    void ofAnotherHistoryNothingWasRead() {
        Memory memory;
        Window window;
        window.serveChat();
        {
            Person lin(window, "lin");
            QVERIFY(lin.joins());
            say(lin, 1, 4);
            Person mira(window, "mira", memory.marks.get());
            QVERIFY(mira.joins());
            QTRY_COMPARE(mira.lines().lastId(), quint64(4));
            mira.session.setLooking(true);
            showUpTo(mira, 4);
        }
        const auto begin = [&](int lines) { // its history was in memory
            window.stopServer();
            ServerConfig config;
            config.service = "chat";
            window.serve(config, window.port);
            auto lin = std::make_unique<Person>(window, "lin");
            if (lin->joins())
                say(*lin, 1, lines);
            return lin;
        };
        for (const int lines : {2, 7}) { // fewer than were read, and more
            const auto lin = begin(lines);
            Person mira(window, "mira", memory.marks.get());
            QVERIFY(mira.joins());
            QTRY_COMPARE(mira.lines().lastId(), quint64(lines));
            QTRY_COMPARE(memory.marks->find({window.endpoint(), "mira", "den"})->id,
                         quint64(lines));
            QCOMPARE(mira.den().unread, 0);
            QCOMPARE(mira.lines().newCount(), 0);
        }
    }

    void whatIsShownOfAnEarlierHistoryIsNotReadInTheNext() {
        Memory memory;
        Window window;
        window.serveChat();
        Person mira(window, "mira", memory.marks.get());
        QVERIFY(mira.joins());
        say(mira, 1, 9);
        mira.session.setLooking(true);
        showUpTo(mira, 9);
        mira.session.setLooking(false);
        window.stopServer();
        ServerConfig config;
        config.service = "chat"; // its history was in memory
        window.serve(config, window.port);
        mira.session.retryNow();
        QTRY_COMPARE_WITH_TIMEOUT(mira.session.state(), State::In, 30'000);
        QTRY_VERIFY(!lastRemark(mira.lines(), Line::Remark::Resumed).isEmpty());
        mira.session.setLooking(true);
        say(mira, 1, 2);
        showUpTo(mira, 2);
        QCOMPARE(memory.marks->find({window.endpoint(), "mira", "den"})->id, quint64(2));
    }

    void aTabThatWasLeftDoesNotTakeBackWhatAnotherHasRead() {
        Memory memory;
        Window window;
        window.serveChat();
        const ChatReadMarks::Room den{window.endpoint(), "mira", "den"};
        Person left(window, "mira", memory.marks.get());
        QVERIFY(left.joins());
        say(left, 1, 5);
        left.session.setLooking(true);
        showUpTo(left, 5);
        left.session.setLooking(false);
        left.session.leave();
        QTRY_COMPARE(left.session.state(), State::Ended);
        Person mira(window, "mira", memory.marks.get());
        QVERIFY(mira.joins());
        say(mira, 6, 7);
        mira.session.setLooking(true);
        showUpTo(mira, 7);
        QCOMPARE(memory.marks->find(den)->id, quint64(7));
        left.session.setLooking(true);
        QCOMPARE(memory.marks->find(den)->id, quint64(7));
    }

    void theSameNumberInAnotherHistoryIsShownAnew() {
        ChatLinesModel lines;
        ChatLinesView view;
        view.resize(600, 300);
        view.setLines(lines, "den", QString());
        QSignalSpy shown(&view, &ChatLinesView::shownUpTo);
        view.show();
        const auto add = [&](WallTime time) {
            Line line;
            line.id = 1;
            line.time = time;
            lines.addMessages({line}, false);
        };
        add(1'000'000'000);
        QTRY_COMPARE(shown.size(), 1);
        lines.forgetIds();
        add(2'000'000'000);
        QTRY_COMPARE(shown.size(), 2);
        QCOMPARE(shown[1][1].value<WallTime>(), WallTime(2'000'000'000));
    }

    void anEmptyRoomWasReadToo() {
        Memory memory;
        Window window;
        window.serveChat();
        {
            Person mira(window, "mira", memory.marks.get());
            QVERIFY(mira.joins());
        }
        Person lin(window, "lin");
        QVERIFY(lin.joins());
        say(lin, 1, 3);
        Person mira(window, "mira", memory.marks.get());
        QVERIFY(mira.joins());
        QTRY_COMPARE(mira.den().unread, 3);
        QCOMPARE(mira.lines().newCount(), 3);
    }

    void theRoomsReadLastAreRemembered() {
        Memory memory;
        const auto roomOf = [](int number) {
            return ChatReadMarks::Room{"tcp://127.0.0.1:7000", "mira",
                                       QString("room %1").arg(number)};
        };
        for (int i = 0; i < 200; ++i)
            memory.marks->set(roomOf(i), {static_cast<quint64>(i), 1'764'000'000'123'456'789});
        memory.marks->set(roomOf(0), {1ull << 52, 1'764'000'000'123'456'789}); // read again
        memory.marks->set(roomOf(200), {7, 0});
        memory.begin();
        QVERIFY(!memory.marks->find(roomOf(1))); // made room
        QCOMPARE(memory.marks->find(roomOf(0))->id, 1ull << 52);
        QCOMPARE(memory.marks->find(roomOf(0))->time, WallTime(1'764'000'000'123'456'789));
        QCOMPARE(memory.marks->find(roomOf(200))->id, quint64(7));
        QVERIFY(memory.marks->find(roomOf(2)));
        memory.marks->set(roomOf(201), {7, 0});
        QVERIFY(!memory.marks->find(roomOf(2)));
        // What somebody has written into the file is passed over where it makes no sense.
        memory.settings->setValue("chatRead", QJsonArray{7, QJsonObject{{"id", -1}},
                                                         QJsonObject{{"id", 3}, {"time", "x"}}});
        const ChatReadMarks marks(*memory.settings);
        QVERIFY(!marks.find({}));
    }
};

QTEST_MAIN(TestChatReading)
#include "tst_chat_reading.moc"
