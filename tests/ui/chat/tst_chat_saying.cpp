// What is said in the tab of a chat, and what is typed as a command.

#include <algorithm>

#include <QElapsedTimer>
#include <QPushButton>

#include "tests/ui/chat/chat_page_fixture.h"

using namespace sscope;
using namespace sscope::test;
using State = ChatSession::State;
using Fixture = PageFixture;

class TestChatSaying : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void whatIsSaidIsStoredAndComesToOthers() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        f.say("31 sockets in CLOSE_WAIT");
        lin.hear("<mira> 31 sockets in CLOSE_WAIT");
        QTRY_VERIFY(f.rowWith("31 sockets in CLOSE_WAIT") >= 0);
        QTRY_COMPARE(f.lines().at(f.rowWith("31 sockets in CLOSE_WAIT")).state,
                     ChatLine::State::Stored);
        QCOMPARE(f.edit()->toPlainText(), QString());
        lin.say("@mira, which process?");
        QTRY_VERIFY(f.rowWith("@mira, which process?") >= 0);
        QVERIFY(f.lines().at(f.rowWith("@mira, which process?")).mentionsMe);
        QTest::keyClick(f.edit(), Qt::Key_Up);
        QCOMPARE(f.edit()->toPlainText(), QString("31 sockets in CLOSE_WAIT"));
        QTest::keyClick(f.edit(), Qt::Key_Down);
        QCOMPARE(f.edit()->toPlainText(), QString());
        f.edit()->insertPlainText("two");
        QTest::keyClick(f.edit(), Qt::Key_Return, Qt::ShiftModifier);
        f.edit()->insertPlainText("lines");
        QTest::keyClick(f.edit(), Qt::Key_Return);
        QTRY_VERIFY(f.rowWith("two\nlines") >= 0);
        f.picture("said");
    }

    void draftsStayWithTheirPlace() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        f.say("/join den");
        QTRY_COMPARE(f.session().place(), room("den"));
        f.edit()->insertPlainText("half a thought");
        f.session().setPlace(room("lobby"));
        QCOMPARE(f.edit()->toPlainText(), QString());
        f.session().setPlace(room("den"));
        QCOMPARE(f.edit()->toPlainText(), QString("half a thought"));
    }

    void commandsAreThoseOfTheLineMode() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        f.say("/nonsense");
        QVERIFY(f.fault().startsWith("/nonsense is not known"));
        QCOMPARE(f.edit()->toPlainText(), QString("/nonsense"));
        f.picture("wrong-command");
        f.edit()->clear();
        f.say("/topic Who holds which port");
        lin.hear("Who holds which port");
        QTRY_COMPARE(f.session().rooms().at(0).topic, QString("Who holds which port"));
        f.say("/msg lin are you there?");
        lin.hear("[mira to you] are you there?");
        QCOMPARE(f.session().place(), (ChatPlace{ChatPlace::Kind::Person, "lin"}));
        f.picture("person");
        f.say("/help");
        QVERIFY(f.find<QLabel>("composerHelp")->isVisible());
        f.say("/nick mira2");
        QTRY_COMPARE(f.session().name(), QString("mira2"));
        f.say("/quit");
        QTRY_COMPARE(f.session().state(), State::Ended);
        QVERIFY(f.edit()->isReadOnly());
        f.picture("left");
    }

    void aDirectMessageIsShownWhereverItsNameIsTyped() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        f.say("/msg lin one");
        f.session().setPlace(room("lobby"));
        f.say("/msg LIN two");
        QTRY_COMPARE(f.session().place(), (ChatPlace{ChatPlace::Kind::Person, "lin"}));
        QVERIFY(f.rowWith("two") > f.rowWith("one"));
        QCOMPARE(f.session().persons().rowCount(), 1);
    }

    void whoAndHistoryDoWhatTheySay() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        lin.say("/join attic");
        lin.hear("attic");
        for (int i = 1; i <= 150; ++i)
            lin.say("line " + std::to_string(i));
        Fixture f;
        f.join(server.port());
        auto* help = f.find<QLabel>("composerHelp");
        f.say("/who");
        QCOMPARE(help->text(), QString("Here: mira"));
        f.say("/who attic");
        QTRY_COMPARE(help->text(), QString("In attic: lin"));
        f.say("/who cellar");
        QTRY_COMPARE(help->text(), QString("Nobody is in cellar"));
        f.say("/join attic");
        QTRY_VERIFY(f.lines().lastId() == 150);
        QVERIFY(f.rowWith("line 30") < 0); // not loaded yet
        f.say("/history 140");
        QTRY_VERIFY(f.rowWith("line 11") >= 0);
        auto* view = f.page.linesView();
        QTRY_COMPARE(view->currentIndex().row(), f.rowWith("line 11"));
        QVERIFY(view->viewport()->rect().intersects(view->visualRect(view->currentIndex())));
        QVERIFY(f.edit()->hasFocus());
        f.say("/history");
        QTRY_COMPARE(view->currentIndex().row(), f.rowWith("line 131"));
    }

    void tooLongCannotBeSentAndSaysBySoMuch() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        f.edit()->setPlainText(QString("x").repeated(8192));
        QVERIFY(f.find<QPushButton>("sendButton")->isEnabled());
        f.edit()->setPlainText(QString("x").repeated(8195));
        QVERIFY(!f.find<QPushButton>("sendButton")->isEnabled());
        QVERIFY(f.fault().contains("3 B"));
        QTest::keyClick(f.edit(), Qt::Key_Return);
        QCOMPARE(f.edit()->toPlainText().size(), 8195);
        f.picture("too-long");
    }

    void tabCompletesNames() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "linda");
        Fixture f;
        f.join(server.port());
        QTRY_COMPARE(f.session().people().hereCount(), 2);
        f.edit()->setFocus();
        QTest::keyClicks(f.edit(), "ask @li");
        QTest::keyClick(f.edit(), Qt::Key_Tab);
        QCOMPARE(f.edit()->toPlainText(), QString("ask @linda "));
    }

    /// Printed, never judged: the longest gap between two turns of the event loop while others
    /// talk and a person types.
    void tellsHowSmoothTypingIs() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        for (int i = 0; i < 250; ++i)
            lin.say("a message of some words, number " + std::to_string(i));
        QElapsedTimer turn;
        qint64 longest = 0;
        turn.start();
        while (f.rowWith("a message of some words, number 249") < 0) {
            QTest::keyClick(f.edit(), Qt::Key_A);
            QCoreApplication::processEvents();
            longest = std::max(longest, turn.nsecsElapsed());
            turn.restart();
        }
        qInfo("250 messages at once while typing: longest turn %lld us", longest / 1000);
        QVERIFY(f.edit()->toPlainText().startsWith("aaa"));
    }
};

QTEST_MAIN(TestChatSaying)
#include "tst_chat_saying.moc"
