// What one person sees of a chat: people, rooms, and what is said to one alone.

#include <QSignalSpy>

#include "tests/ui/chat/chat_session_fixture.h"

using namespace sscope;
using namespace sscope::test;
using Line = ChatLine;
using State = ChatSession::State;

class TestChatSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void peopleMeetAndTalk() {
        Window window;
        window.serveChat();
        Person mira(window, "mira");
        QVERIFY(mira.joins());
        QCOMPARE(mira.session.state(), State::In);
        QVERIFY(!mira.session.isReadable());
        Person lin(window, "lin");
        QVERIFY(lin.joins());
        QTRY_COMPARE(namesOf(mira.session.people()), QStringList({"lin", "mira"}));
        QVERIFY(mira.session.people().at(0).hereSince > 0);
        QTRY_COMPARE(lastRemark(mira.lines(), Line::Remark::Joined), QString("lin joined"));
        mira.session.say(room("den"), "one");
        QCOMPARE(mira.lines().at(mira.lines().rowCount() - 1).state, Line::State::Waiting);
        QTRY_COMPARE(mira.lines().waitingCount(), 0);
        QTRY_COMPARE(texts(lin.lines()), QStringList({"one"}));
        lin.session.say(room("den"), "two");
        QTRY_COMPARE(texts(mira.lines()), QStringList({"one", "two"}));
        QCOMPARE(mira.lines().lastId(), quint64(2));
        QTRY_VERIFY(mira.session.people().at(0).lastHeard > 0); // lin
        lin.session.setTopic("den", "sockets");
        QTRY_COMPARE(mira.den().topic, QString("sockets"));
        QCOMPARE(lastRemark(mira.lines(), Line::Remark::Topic),
                 QString("lin set the topic: sockets"));
        lin.session.rename("Lin2");
        QTRY_COMPARE(namesOf(mira.session.people()), QStringList({"Lin2", "mira"}));
        QTRY_COMPARE(lin.session.name(), QString("Lin2"));
        lin.session.leave();
        QTRY_COMPARE(lin.session.state(), State::Ended);
        QCOMPARE(lin.session.problem(), QString());
        QTRY_COMPARE(namesOf(mira.session.people(), false), QStringList({"Lin2"}));
        QCOMPARE(lastRemark(mira.lines(), Line::Remark::Left), QString("Lin2 left"));
        window.owner().announce("soon");
        QTRY_VERIFY(lastRemark(mira.lines(), Line::Remark::Notice).contains("soon"));
    }

    void whatIsSaidDirectlyHasAPlaceOfItsOwn() {
        Window window;
        window.serveChat();
        Person mira(window, "mira");
        Person lin(window, "lin");
        QVERIFY(mira.joins() && lin.joins());
        mira.session.talkTo("LIN"); // as one types it
        mira.session.say(mira.session.place(), "just you");
        QTRY_COMPARE(lin.session.persons().rowCount(), 1);
        QCOMPARE(lin.session.persons().at(0).unread, 1);
        ChatLinesModel& heard = lin.session.lines(person("mira"));
        QCOMPARE(texts(heard), QStringList({"just you"}));
        QVERIFY(heard.at(0).text.contains("not stored"));
        QTRY_COMPARE(mira.session.place().name, QString("lin")); // as the server writes it
        ChatLinesModel& said = mira.session.lines(person("lin"));
        QTRY_COMPARE(said.waitingCount(), 0);
        QCOMPARE(said.at(said.rowCount() - 1).state, Line::State::Plain);
        lin.session.leave();
        QTRY_VERIFY(!mira.session.persons().at(0).isThere);
        mira.session.say(person("lin"), "gone?");
        QTRY_COMPARE(said.at(said.rowCount() - 1).state, Line::State::Refused);
        QVERIFY(said.at(said.rowCount() - 1).reason.contains("Nobody"));
        mira.session.closePerson("lin");
        QCOMPARE(mira.session.place(), room("den"));
    }

    void whoeverWasSilentLongestMakesRoom() {
        Window window;
        window.serveChat();
        Person mira(window, "mira");
        QVERIFY(mira.joins());
        WallTime time = wallNow();
        const auto saysDirectly = [&](int number) {
            mira.tell({.kind = ChatEvent::Kind::DirectMessage,
                       .name = QString("p%1").arg(number).toStdString(),
                       .text = "hello",
                       .time = time += 1000});
        };
        for (int i = 0; i < 200; ++i)
            saysDirectly(i);
        mira.session.markRead(person("p7"));
        mira.session.markRead(person("p9"));
        saysDirectly(7); // speaks again
        mira.session.markRead(person("p7"));
        mira.session.setPlace(person("p0"));
        saysDirectly(200);
        const ChatPlacesModel& persons = mira.session.persons();
        QCOMPARE(persons.rowCount(), 200);
        QCOMPARE(persons.rowOf(person("p9")), -1); // read, and silent for longer than p7
        QVERIFY(persons.rowOf(person("p0")) >= 0); // is looked at
        ChatLinesModel& newest = mira.session.lines(person("p200"));
        QVERIFY(texts(newest, Line::Kind::Remark).last().contains("p9"));
        saysDirectly(201);
        QCOMPARE(persons.rowOf(person("p7")), -1);
        saysDirectly(202); // all the others are unread
        QCOMPARE(persons.rowOf(person("p1")), -1);
        QCOMPARE(persons.rowCount(), 200);
    }

    void whoHasLeftIsNotRememberedForEver() {
        Window window;
        window.serveChat();
        Person mira(window, "mira");
        QVERIFY(mira.joins());
        QDate day;
        do { // again where midnight comes between: who left yesterday is not listed
            day = QDate::currentDate();
            for (int i = 0; i < 300; ++i) {
                const std::string name = QString("p%1").arg(i).toStdString();
                mira.tell({.kind = ChatEvent::Kind::PersonJoined, .room = "den", .name = name});
                mira.tell({.kind = ChatEvent::Kind::PersonLeft, .room = "den", .name = name});
            }
        } while (QDate::currentDate() != day);
        QCOMPARE(mira.session.people().rowCount(), 1 + 200);
        QVERIFY(namesOf(mira.session.people(), false).contains("p299"));
        QVERIFY(!namesOf(mira.session.people(), false).contains("p0"));
    }

    void roomsAreJoinedListedAndLeft() {
        Window window;
        window.serveChat();
        Person mira(window, "mira");
        QVERIFY(mira.joins());
        QSignalSpy listed(&mira.session, &ChatSession::roomsListed);
        mira.session.join("Sockets");
        QTRY_COMPARE(namesOf(mira.session.people()), QStringList({"mira"}));
        QCOMPARE(mira.session.place(), room("Sockets"));
        mira.session.listRooms();
        QTRY_COMPARE(listed.size(), 1);
        Person lin(window, "lin");
        QVERIFY(lin.joins());
        lin.session.join("sockets"); // it is written otherwise
        QTRY_COMPARE(lin.session.place(), room("Sockets"));
        lin.session.setPlace(room("den"));
        lin.session.join("SOCKETS"); // one is in it: it is only gone to
        QCOMPARE(lin.session.place(), room("Sockets"));
        QSignalSpy refused(&lin.session, &ChatSession::refused);
        lin.session.join("a room");
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(lin.session.rooms().rowCount(), 2);
        QCOMPARE(lastRemark(lin.session.lines(room("Sockets")), Line::Remark::Resumed), QString());
        lin.session.part("den");
        QCOMPARE(lin.session.rooms().rowCount(), 1);
        QTRY_VERIFY(lastRemark(mira.lines(), Line::Remark::Left).startsWith("lin left"));
    }

    void loadsWhatIsOlderAndSearches() {
        Window window;
        window.serveChat();
        Person lin(window, "lin");
        QVERIFY(lin.joins());
        for (int i = 1; i <= 500; ++i)
            lin.session.say(room("den"), QString("line %1").arg(i));
        QTRY_COMPARE_WITH_TIMEOUT(lin.lines().waitingCount(), 0, 30'000);
        Person mira(window, "mira");
        QVERIFY(mira.joins());
        QTRY_COMPARE(mira.lines().lastId(), quint64(500));
        QVERIFY(mira.lines().hasOlder());
        while (mira.lines().hasOlder()) {
            mira.session.loadOlder(room("den"));
            mira.session.loadOlder(room("den")); // one at a time
            QVERIFY(mira.lines().isLoadingOlder());
            QTRY_VERIFY(!mira.lines().isLoadingOlder());
        }
        QCOMPARE(texts(mira.lines()), texts(lin.lines()));
        QCOMPARE(mira.lines().firstId(), quint64(1));
        std::vector<ChatMessage> found;
        connect(&mira.session, &ChatSession::found, &mira.session,
                [&](const QString&, const std::vector<ChatMessage>& messages, bool) {
                    found = messages;
                });
        mira.session.search("den", "LINE 37");
        QTRY_COMPARE(found.size(), 11u); // 37, and 370 to 379
        QVERIFY(found.front().id > found.back().id);
    }
};

QTEST_MAIN(TestChatSession)
#include "tst_chat_session.moc"
