#include <atomic>
#include <ctime>
#include <memory>
#include <thread>

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "core/server/chat_owner.h"
#include "tests/support/test_socket.h"
#include "ui/chat/chat_conversation.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_mention.h"
#include "ui/chat/chat_session.h"
#include "ui/chat/chat_words.h"
#include "ui/clients/conversation_hub.h"
#include "ui/engine_bridge.h"

using namespace sscope;
using namespace sscope::test;
using Line = ChatLine;
using State = ChatSession::State;

namespace {

ChatPlace room(const QString& name) {
    return {ChatPlace::Kind::Room, name};
}

ChatPlace person(const QString& name) {
    return {ChatPlace::Kind::Person, name};
}

QStringList texts(const ChatLinesModel& model, Line::Kind kind = Line::Kind::Message) {
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.at(row).kind == kind)
            list.append(model.at(row).text);
    }
    return list;
}

QString lastRemark(const ChatLinesModel& model, Line::Remark kind) {
    for (int row = model.rowCount() - 1; row >= 0; --row) {
        if (model.at(row).kind == Line::Kind::Remark && model.at(row).remark == kind)
            return model.at(row).text;
    }
    return {};
}

QStringList namesOf(ChatPeopleModel& people, bool isHere = true) {
    QStringList list;
    for (int row = 0; row < people.rowCount(); ++row) {
        if (people.at(row).isHere == isHere)
            list.append(people.at(row).name);
    }
    return list;
}

/// Of the processor, that this thread has had; nanoseconds.
std::int64_t threadTime() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * std::int64_t(1'000'000'000) + time.tv_nsec;
}

ServerConfig withPassword(const QTemporaryDir& folder, const QByteArray& password) {
    QFile file(folder.path() + "/password");
    if (!file.open(QIODevice::WriteOnly))
        qFatal("open");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(password + '\n');
    ServerConfig config;
    config.service = "chat";
    config.settings.chat.passwordFile = file.fileName().toStdString();
    return config;
}

/// Servers and the engine of one window.
class Window {
public:
    Window() {
        QObject::connect(&bridge, &EngineBridge::lifecycleArrived, &bridge,
                         [this](std::span<const LifecycleEvent> events) {
                             for (const LifecycleEvent& event : events)
                                 take(event);
                         });
        if (!bridge.engine().start(std::chrono::hours(1)))
            qFatal("start");
    }

    /// All of it, in traced.
    void keepTrace() {
        QObject::connect(&bridge, &EngineBridge::logArrived, &bridge,
                         [this](const LogChunk& chunk, std::span<const TraceEvent> events) {
                             for (const TraceEvent& event : events) {
                                 const ByteView kept = chunk.kept(event);
                                 traced += std::string(textOf(kept)) + '\n';
                             }
                         });
    }
    void serve(ServerConfig config, quint16 at = 0) {
        config.listen = {{.host = "127.0.0.1", .port = at}};
        isListening = hasStopped = false;
        server = bridge.engine().newOwner();
        if (!bridge.engine().servers().start(server, config))
            qFatal("start");
        QTRY_VERIFY(isListening);
    }
    void serveChat() {
        ServerConfig config;
        config.service = "chat";
        serve(config);
    }
    void stopServer() {
        bridge.engine().servers().stop(server);
        QTRY_VERIFY(hasStopped);
        bridge.engine().servers().forget(server);
    }
    [[nodiscard]] ChatClientConfig configOf(const QString& name) const {
        ChatClientConfig config{.name = name.toStdString(), .room = "den"};
        config.client.endpoint = {.host = "127.0.0.1", .port = port};
        return config;
    }
    ChatOwner& owner() { return *bridge.engine().servers().chat(server); }

    std::string traced; // all that the trace keeps of payloads
    EngineBridge bridge;
    OwnerId server = 0;
    quint16 port = 0;
    bool isListening = false;
    bool hasStopped = false;

private:
    void take(const LifecycleEvent& event) {
        if (event.connection.owner != server)
            return;
        if (const auto* listening = std::get_if<lifecycle::Listening>(&event.what)) {
            port = static_cast<quint16>(
                std::stoi(listening->endpoint.substr(listening->endpoint.rfind(':') + 1)));
            isListening = true;
        }
        hasStopped = hasStopped || std::holds_alternative<lifecycle::Stopped>(event.what);
    }
};

/// A person's session, whose models are watched.
class Person {
public:
    Person(Window& window, const QString& name)
        : session(window.bridge),
          m_bridge(window.bridge),
          m_rooms(&session.rooms()),
          m_persons(&session.persons()),
          m_people(&session.people()),
          m_lines(&session.lines(room("den"))) {
        session.connectTo(window.configOf(name));
    }
    bool joins() {
        return QTest::qWaitFor([this] { return session.people().hereCount() > 0; }, 10'000);
    }
    ChatLinesModel& lines() { return session.lines(room("den")); }
    [[nodiscard]] ChatPlacesModel::Entry den() {
        return session.rooms().at(session.rooms().rowOf(room("den")));
    }

    /// As if the server had said so.
    void tell(ChatEvent event) {
        const ChatNews news{SteadyClock::now(), session.owner(), 1,
                            chat_news::Told{std::move(event)}};
        Q_EMIT m_bridge.chatArrived(std::span(&news, 1));
    }

    ChatSession session;

private:
    EngineBridge& m_bridge;
    QAbstractItemModelTester m_rooms;
    QAbstractItemModelTester m_persons;
    QAbstractItemModelTester m_people;
    QAbstractItemModelTester m_lines;
};

} // namespace

class TestChatSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsANameAsAWordOfItsOwn_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isMentioned");
        QTest::newRow("word") << "ask mira, please"
                              << "mira" << true;
        QTest::newRow("at") << "@mira!"
                            << "mira" << true;
        QTest::newRow("case") << "MIRA?"
                              << "mira" << true;
        QTest::newRow("alone") << "mira"
                               << "mira" << true;
        QTest::newRow("within") << "admirable"
                                << "mira" << false;
        QTest::newRow("begins") << "mirage"
                                << "mira" << false;
        QTest::newRow("second") << "mirage, mira"
                                << "mira" << true;
        QTest::newRow("underscore") << "mira_2"
                                    << "mira" << false;
        QTest::newRow("punctuation") << "to ann-b:"
                                     << "ann-b" << true;
        QTest::newRow("sharp s") << "STRASSE"
                                 << "straße" << true;
        QTest::newRow("turkish") << "ÇAĞLA"
                                 << "çağla" << true;
        QTest::newRow("no spaces")
            << QString::fromUtf8("请陈晨看一下") << QString::fromUtf8("陈晨") << true;
        QTest::newRow("one character")
            << QString::fromUtf8("请陈看一下") << QString::fromUtf8("陈") << false;
        QTest::newRow("short") << "Me too"
                               << "me" << false;
        QTest::newRow("short with at") << "me too, @me"
                                       << "me" << true;
        QTest::newRow("none") << "anything"
                              << "" << false;
    }
    void findsANameAsAWordOfItsOwn() {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QTEST(mentionsName(text, name), "isMentioned");
    }

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

    void whoIsSentAwayReadsWhy() {
        Window window;
        window.serveChat();
        Person mira(window, "mira");
        Person ravi(window, "ravi");
        QVERIFY(mira.joins() && ravi.joins());
        QTRY_COMPARE(mira.session.people().hereCount(), 2);
        window.owner().kick("ravi", "too loud");
        QTRY_COMPARE(ravi.session.state(), State::Ended);
        QCOMPARE(ravi.session.problem(),
                 QString("The server's owner has sent you away: too loud. You can join again."));
        QVERIFY(!ravi.session.isShutOut());
        QVERIFY(!ravi.session.people().isConnected());
        QTRY_COMPARE(lastRemark(mira.lines(), Line::Remark::Left),
                     QString("ravi was sent away by the server's owner: too loud"));
        Person lin(window, "lin");
        QVERIFY(lin.joins());
        window.owner().ban("lin", "too many y");
        QTRY_COMPARE(lin.session.state(), State::Ended);
        const QString why = "The server's owner has shut you out: too many y. Only the owner can "
                            "let you in again.";
        QCOMPARE(lin.session.problem(), why);
        QVERIFY(lin.session.isShutOut());
        QTRY_COMPARE(lastRemark(mira.lines(), Line::Remark::Left),
                     QString("lin was banned by the server's owner: too many y"));
        lin.session.connectTo(lin.session.config());
        QVERIFY(!lin.session.isShutOut());
        QTRY_COMPARE(lin.session.state(), State::Ended);
        QCOMPARE(lin.session.problem(), why);
        window.owner().kick("mira", "");
        QTRY_COMPARE(mira.session.problem(),
                     QString("The server's owner has sent you away. You can join again."));
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

    void aPlaceThatWasRenamedOutlivesTheConnection() {
        Window window;
        window.serveChat();
        Person mira(window, "mira");
        Person lin(window, "lin");
        QVERIFY(mira.joins() && lin.joins());
        lin.session.join("Sockets");
        mira.session.talkTo("LIN");
        mira.session.say(mira.session.place(), "just you");
        QTRY_COMPARE(mira.session.place().name, QString("lin"));
        mira.session.join("sockets");
        QTRY_COMPARE(mira.session.place(), room("Sockets"));
        window.stopServer();
        QTRY_COMPARE(mira.session.state(), State::Waiting);
        mira.session.connectTo(mira.session.config());
        QCOMPARE(mira.session.rooms().rowCount(), 2);
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

    void resumesWithoutAGapOrADouble() {
        const QTemporaryDir folder;
        Window window;
        ServerConfig config;
        config.service = "chat";
        config.settings.chat.historyFile = (folder.path() + "/history").toStdString();
        window.serve(config);
        Person mira(window, "mira");
        Person lin(window, "lin");
        QVERIFY(mira.joins() && lin.joins());
        for (int i = 1; i <= 5; ++i)
            lin.session.say(room("den"), QString("before %1").arg(i));
        QTRY_COMPARE(texts(mira.lines()).size(), 5);
        window.stopServer();
        QTRY_COMPARE(mira.session.state(), State::Waiting);
        QVERIFY(!mira.session.problem().isEmpty());
        QTRY_COMPARE(lin.session.state(), State::Waiting);
        lin.session.say(room("den"), "meanwhile"); // kept until it can be said
        mira.session.say(person("lin"), "directly");
        QCOMPARE(mira.session.lines(person("lin")).at(0).state, Line::State::Refused);
        window.serve(config, window.port);
        mira.session.retryNow();
        QTRY_COMPARE_WITH_TIMEOUT(mira.session.state(), State::In, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(lin.session.state(), State::In, 30'000);
        QTRY_COMPARE(texts(mira.lines()).size(), 6);
        QCOMPARE(texts(mira.lines()).last(), QString("meanwhile"));
        QTRY_COMPARE(texts(lin.lines()), texts(mira.lines()));
        QCOMPARE(mira.lines().lastId(), quint64(6));
        const QString remark = lastRemark(mira.lines(), Line::Remark::Resumed);
        QVERIFY2(remark.startsWith("Connection lost for ") &&
                     remark.contains("Resumed after message 5: nothing missed, nothing twice."),
                 qPrintable(remark));
        const ChatLinesModel& said = mira.lines(); // "meanwhile" stands after it, and was said then
        for (int row = 1; row < said.rowCount(); ++row) {
            if (said.at(row - 1).remark == Line::Remark::Resumed)
                QVERIFY(said.at(row - 1).time <= said.at(row).time);
        }
        // After a leave, and by the window: the same.
        mira.session.leave();
        QTRY_COMPARE(mira.session.state(), State::Ended);
        lin.session.say(room("den"), "alone");
        QTRY_COMPARE(lin.lines().waitingCount(), 0);
        mira.session.connectTo(mira.session.config());
        QTRY_COMPARE(texts(mira.lines()), texts(lin.lines()));
        QVERIFY(lastRemark(mira.lines(), Line::Remark::Resumed).startsWith("Not connected for "));
        // In place of a connection that stands.
        mira.session.connectTo(mira.session.config());
        QCOMPARE(mira.session.state(), State::Connecting);
        QTRY_COMPARE(mira.session.state(), State::In);
    }

    void saysThatAServerHasBegunAnew() {
        Window window;
        window.serveChat();
        Person mira(window, "mira");
        QVERIFY(mira.joins());
        mira.session.say(room("den"), "old 1");
        mira.session.say(room("den"), "old 2");
        QTRY_COMPARE(mira.lines().waitingCount(), 0);
        window.stopServer();
        ServerConfig config;
        config.service = "chat"; // its history was in memory
        window.serve(config, window.port);
        mira.session.retryNow();
        QTRY_COMPARE_WITH_TIMEOUT(mira.session.state(), State::In, 30'000);
        QTRY_VERIFY(lastRemark(mira.lines(), Line::Remark::Resumed).contains("new history"));
        mira.session.say(room("den"), "new 1");
        QTRY_COMPARE(mira.lines().waitingCount(), 0);
        QCOMPARE(texts(mira.lines()), QStringList({"old 1", "old 2", "new 1"}));
        QCOMPARE(mira.lines().lastId(), quint64(1));
    }

    void theOwnersWordEndsIt() {
        Window window;
        window.serveChat();
        Person mira(window, "mira");
        QVERIFY(mira.joins());
        window.owner().kick("mira", "enough");
        QTRY_COMPARE(mira.session.state(), State::Ended);
        QVERIFY2(mira.session.problem().contains("enough"), qPrintable(mira.session.problem()));
        QVERIFY(lastRemark(mira.lines(), Line::Remark::Lost).contains("enough"));
        window.owner().ban("mira", "");
        QTRY_COMPARE(window.owner().overview()->bans.size(), 1u);
        mira.session.connectTo(mira.session.config());
        QTRY_COMPARE(mira.session.state(), State::Ended);
        QVERIFY(mira.session.problem().contains("shut you out"));
    }

    void asksForAnotherNameOrPassword() {
        const QTemporaryDir folder;
        Window window;
        window.keepTrace();
        window.serve(withPassword(folder, "pass-0815"));
        ChatSession session(window.bridge);
        ChatClientConfig chat = window.configOf("mira");
        session.connectTo(chat);
        QTRY_VERIFY2_WITH_TIMEOUT(
            session.wants() == ChatSession::Wants::Password,
            qPrintable(QString::number(int(session.state())) + session.problem()), 15000);
        QCOMPARE(session.state(), State::Ended);
        QCOMPARE(session.problem(), QString("This server needs a password."));
        chat.password = "pass-0815";
        session.connectTo(chat);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::In, 15'000);
        ChatSession other(window.bridge);
        other.connectTo(chat);
        QTRY_COMPARE_WITH_TIMEOUT(other.wants(), ChatSession::Wants::Name, 15'000);
        QVERIFY(other.problem().contains("mira"));
        // Neither end's trace has the password, nor the secret to resume by.
        QTRY_VERIFY(window.traced.find("\"password\":\"*********\"") != std::string::npos);
        QVERIFY(window.traced.find("pass-0815") == std::string::npos);
        QVERIFY(window.traced.find("\"resume\":\"*") != std::string::npos);
    }

    void aPasswordInLinesIsNotTracedEither() {
        const QTemporaryDir folder;
        Window window;
        window.keepTrace();
        window.serve(withPassword(folder, "pass-0815"));
        const TestSocket peer = TestSocket::connectTcp(window.port);
        peer.send("jun\npass-0815\n"); // in one go
        QTRY_VERIFY_WITH_TIMEOUT(window.traced.find("jun\n*********\n") != std::string::npos,
                                 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(!window.owner().overview()->people.empty(), 15'000);
        peer.send("pass the salt\n"); // what is said then is seen
        QTRY_VERIFY(window.traced.find("pass the salt") != std::string::npos);
        QVERIFY(window.traced.find("pass-0815") == std::string::npos);
    }

    void itsWireCanBeLookedAtOverAllConnections() {
        Window window;
        window.keepTrace();
        ConversationHub hub(window.bridge);
        window.serveChat();
        ChatSession session(window.bridge);
        ChatConversation wire(window.bridge, hub, session.owner(), nullptr);
        const QAbstractItemModelTester tester(&wire.model());
        ChatClientConfig config = window.configOf("mira");
        config.password = "pass-0815"; // nobody has asked for it
        session.connectTo(config);
        QTRY_COMPARE(session.people().hereCount(), 1);
        const auto rowsWith = [](Conversation& conversation, std::uint32_t stream,
                                 const std::string& text) {
            const ConversationModel& model = conversation.model();
            int count = 0;
            for (int row = 0; row < model.rowCount(); ++row) {
                const ConversationRow& is = model.at(row);
                count += is.stream == stream && is.head.find(text) != std::string::npos ? 1 : 0;
            }
            return count;
        };
        QTRY_COMPARE(rowsWith(wire, 1, "\"reply\":\"join\""), 1);
        QCOMPARE(wire.state(), LinkState::Open);
        QVERIFY(wire.model().at(0).kind == ConversationRow::Kind::Good); // connected, and then
        QCOMPARE(rowsWith(wire, 1, "\"password\":\"*********\""), 1);
        QCOMPARE(rowsWith(wire, 1, "pass-0815"), 0);
        // Opened late: what is still known of it.
        ChatConversation late(window.bridge, hub, session.owner(), nullptr);
        QCOMPARE(rowsWith(late, 1, "\"reply\":\"join\""), 1);
        window.stopServer();
        QTRY_COMPARE(session.state(), State::Waiting);
        ServerConfig again;
        again.service = "chat";
        window.serve(again, window.port);
        session.retryNow();
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::In, 30'000);
        QTRY_VERIFY(wire.state() == LinkState::Open);
        QTRY_COMPARE(rowsWith(wire, wire.model().stream(), "\"reply\":\"join\""), 1);
        QVERIFY(wire.model().stream() >= 2);
        QCOMPARE(rowsWith(wire, 1, "\"event\":\"closing\""), 1); // the end of the one before
        QVERIFY(window.traced.find("pass-0815") == std::string::npos);
    }

    void whatIsNoChatIsSaidToBeNone_data() {
        QTest::addColumn<QString>("service");
        QTest::newRow("echo") << "echo";
        QTest::newRow("daytime") << "daytime";
        QTest::newRow("welcome") << "welcome";
    }
    void whatIsNoChatIsSaidToBeNone() {
        QFETCH(QString, service);
        Window window;
        ServerConfig config;
        config.service = service.toStdString();
        window.serve(config);
        ChatSession session(window.bridge);
        session.connectTo(window.configOf("mira"));
        QTRY_COMPARE(session.state(), State::Ended);
        QVERIFY2(session.problem().contains("does not answer as a chat server"),
                 qPrintable(session.problem()));
        window.stopServer();
        session.connectTo(window.configOf("mira"));
        QTRY_VERIFY(session.problem().contains("ECONNREFUSED"));
        QVERIFY2(session.problem().contains("Nothing listens there"),
                 qPrintable(session.problem()));
        QCOMPARE(session.state(), State::Ended);
    }

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

QTEST_MAIN(TestChatSession)
#include "tst_chat_session.moc"
