// A chat whose connection ends, and how one comes back.

#include <QTemporaryDir>

#include "tests/ui/chat/chat_session_fixture.h"

using namespace sscope;
using namespace sscope::test;
using Line = ChatLine;
using State = ChatSession::State;

class TestChatResuming : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
};

QTEST_MAIN(TestChatResuming)
#include "tst_chat_resuming.moc"
