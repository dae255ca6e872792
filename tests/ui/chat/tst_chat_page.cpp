// A chat's tab against a real server, with real people beside it: what is asked, said, shown,
// found.

#include <algorithm>
#include <csignal>

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "tests/support/program.h"
#include "tests/support/test_socket.h"
#include "ui/chat/chat_edit.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_page.h"
#include "ui/clients/conversation_hub.h"
#include "ui/clients/conversation_model.h"
#include "ui/clients/conversation_view.h"
#include "ui/clients/recent_inputs.h"
#include "ui/common/app_style.h"
#include "ui/common/inline_message.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/engine_bridge.h"

using namespace sscope;
using namespace sscope::test;
using State = ChatSession::State;

namespace {

const QStringList freePort{"--listen", "127.0.0.1:0"};

ChatPlace room(const QString& name) {
    return {ChatPlace::Kind::Room, name};
}

/// Somebody with ncat.
class LinePerson {
public:
    LinePerson(int port, const std::string& name)
        : m_socket(TestSocket::connectTcp(static_cast<std::uint16_t>(port))) {
        say(name);
        hear("welcome");
    }
    void say(const std::string& line) { m_socket.send(line + "\n"); }
    /// Until the text has come; all that came before it.
    std::string hear(const std::string& text) {
        while (m_heard.find(text) == std::string::npos) {
            const std::string some = m_socket.receiveSome();
            if (some.empty())
                qFatal("the server has ended");
            m_heard += some;
        }
        return m_heard;
    }

private:
    TestSocket m_socket;
    std::string m_heard;
};

struct Fixture {
    Fixture() {
        Theme::instance().setChoice(ThemeChoice::Light);
        if (!bridge.engine().start(std::chrono::seconds(1)))
            qFatal("engine");
        page.resize(991, 704);
        page.show();
        page.activateWindow();
        (void)QTest::qWaitForWindowActive(&page);
    }
    ~Fixture() { bridge.stop(); }

    static ChatClientConfig configOf(int port, const std::string& name) {
        ChatClientConfig config;
        config.client.endpoint = {.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port)};
        config.name = name;
        return config;
    }
    void join(int port, const std::string& name = "mira") {
        page.setConfig(configOf(port, name));
        page.joinNow();
        [&] { QTRY_COMPARE(session().state(), State::In); }();
        [&] { QTRY_COMPARE(session().place().name, QString("lobby")); }();
    }
    ChatSession& session() { return page.session(); }
    ChatLinesModel& lines() { return session().lines(session().place()); }
    template <typename T>
    T* find(const char* name) {
        return page.findChild<T*>(name);
    }
    ChatEdit* edit() { return find<ChatEdit>("chatEdit"); }
    void say(const QString& text) {
        edit()->setFocus();
        QTest::keyClicks(edit(), text);
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    QString fault() {
        auto* label = find<QLabel>("composerFault");
        return label->isVisible() ? label->text() : QString();
    }
    int rowWith(const QString& text) {
        for (int row = 0; row < lines().rowCount(); ++row) {
            if (lines().at(row).text == text)
                return row;
        }
        return -1;
    }
    /// What the page hears, without a server that says it.
    void tell(chat_news::Event what) {
        const ChatNews news{SteadyClock::now(), session().owner(), 1, std::move(what)};
        Q_EMIT bridge.chatArrived(std::span(&news, 1));
    }
    QString strip(const char* name) {
        auto* message = find<InlineMessage>(name);
        return message->isVisible() ? message->text() : QString();
    }
    /// For whoever wants to look: saved where SSCOPE_PICTURES says.
    void picture(const QString& name) {
        const QString folder = qEnvironmentVariable("SSCOPE_PICTURES");
        if (folder.isEmpty())
            return;
        QTest::qWait(50);
        page.grab().save(folder + "/page-" + name + ".png");
    }

    Settings settings{QString::fromStdString(temporaryPath("settings.json"))};
    EngineBridge bridge;
    ConversationHub hub{bridge};
    RecentInputs inputs{settings};
    ChatPage page{bridge, hub, inputs, nullptr};
};

} // namespace

class TestChatPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void theFormSaysWhatIsWrongAndThenJoins() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.page.focusFirst();
        f.picture("form");
        QSignalSpy joined(&f.page, &ChatPage::joined);
        auto* name = f.find<QLineEdit>("joinName");
        f.find<QLineEdit>("joinEndpoint")->setText(QString("127.0.0.1:%1").arg(server.port()));
        name->setText("two words");
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(f.session().state(), State::Idle);
        QVERIFY(name->property("atFault").toBool());
        f.picture("form-fault");
        name->setText("mira");
        QTest::mouseClick(f.find<QPushButton>("joinButton"), Qt::LeftButton);
        QTRY_COMPARE(f.session().state(), State::In);
        QTRY_COMPARE(joined.size(), 1);
        QCOMPARE(joined[0][0].toString(), QString("mira"));
        QVERIFY(!f.find<QWidget>("joinForm")->isVisible());
        QTRY_VERIFY(f.edit()->hasFocus());
        QCOMPARE(f.page.title(), QString("chat :%1 · mira").arg(server.port()));
        QTRY_COMPARE(f.session().place(), room("lobby"));
        f.picture("alone");
    }

    void whoMayReadThePasswordIsSaidBefore_data() {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<bool>("isSaid");
        QTest::newRow("none") << "" << false;
        QTest::newRow("IPv4 loopback") << "127.0.0.1:7000" << false;
        QTest::newRow("all of 127") << "127.9.9.9:7000" << false;
        QTest::newRow("IPv6 loopback") << "[::1]:7000" << false;
        QTest::newRow("localhost") << "LocalHost:7000" << false;
        QTest::newRow("Unix socket") << "unix:/run/chat" << false;
        QTest::newRow("another address") << "192.0.2.7:7000" << true;
        QTest::newRow("a name") << "chat.example:7000" << true;
        QTest::newRow("a name like it") << "localhost.example:7000" << true;
    }
    void whoMayReadThePasswordIsSaidBefore() {
        QFETCH(QString, endpoint);
        QFETCH(bool, isSaid);
        Fixture f;
        f.find<QLineEdit>("joinEndpoint")->setText(endpoint);
        QCOMPARE(f.find<QLabel>("joinReadable")->isVisible(), isSaid);
        f.picture("form-readable");
    }

    void theFormStaysAndPointsAtTheServer() {
        TestSocket closed = TestSocket::listenTcp();
        const int port = closed.port();
        closed.close();
        Fixture f;
        auto* endpoint = f.find<QLineEdit>("joinEndpoint");
        const auto place = [&] { return endpoint->mapTo(&f.page, QPoint()); };
        const QPoint before = place();
        f.page.setConfig(f.configOf(port, "mira"));
        f.page.joinNow();
        QTRY_COMPARE(f.session().state(), State::Ended);
        auto* problem = f.find<QWidget>("joinForm")->findChild<InlineMessage*>();
        QTRY_VERIFY(problem->isVisible());
        QVERIFY(problem->text().startsWith("Connect 127.0.0.1"));
        QVERIFY2(problem->text().contains("ECONNREFUSED"), qPrintable(problem->text()));
        QTRY_VERIFY(endpoint->hasFocus());
        QTRY_COMPARE(place(), before);
        f.picture("form-refused");
        endpoint->setText("nowhere");
        f.find<QLineEdit>("joinName")->setText("");
        QTest::keyClick(endpoint, Qt::Key_Return);
        for (const auto* fault : f.find<QWidget>("joinForm")->findChildren<QLabel*>("fieldFault")) {
            if (fault->isVisible())
                QVERIFY2(fault->text()[0].isUpper(), qPrintable(fault->text()));
        }
        QVERIFY(endpoint->property("atFault").toBool());
        f.picture("form-faults");
    }

    void aNameThatIsTakenIsAskedForAlone() {
        RunningServer server(freePort, "chat");
        LinePerson first(server.port(), "mira");
        Fixture f;
        f.page.setConfig(f.configOf(server.port(), "mira"));
        f.page.joinNow();
        QTRY_COMPARE(f.session().wants(), ChatSession::Wants::Name);
        QTRY_VERIFY(f.find<QLineEdit>("joinName")->isVisible());
        QVERIFY(!f.find<QLineEdit>("joinPassword")->isVisible());
        QVERIFY(!f.find<QLineEdit>("joinEndpoint")->isVisible());
        f.picture("form-name");
        f.find<QLineEdit>("joinName")->setText("mira2");
        QTest::mouseClick(f.find<QPushButton>("joinButton"), Qt::LeftButton);
        QTRY_COMPARE(f.session().state(), State::In);
        QCOMPARE(f.session().name(), QString("mira2"));
    }

    void aWrongPasswordIsAskedForAlone() {
        const QTemporaryDir folder;
        QFile secret(folder.filePath("secret"));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.write("open sesame\n");
        secret.close();
        RunningServer server({"--listen", "127.0.0.1:0", "--password-file", secret.fileName()},
                             "chat");
        Fixture f;
        f.page.setConfig(f.configOf(server.port(), "mira"));
        f.page.joinNow();
        QTRY_COMPARE(f.session().wants(), ChatSession::Wants::Password);
        auto* password = f.find<QLineEdit>("joinPassword");
        QTRY_VERIFY(password->isVisible());
        QCOMPARE(password->echoMode(), QLineEdit::Password);
        QVERIFY(!f.find<QLineEdit>("joinName")->isVisible());
        f.picture("form-password");
        QTest::mouseClick(f.find<QPushButton>("joinAll"), Qt::LeftButton); // another name, rather
        QVERIFY(f.find<QLineEdit>("joinEndpoint")->isVisible());
        QTRY_VERIFY(f.find<QLineEdit>("joinName")->hasFocus());
        password->setText("open sesame");
        QTest::keyClick(password, Qt::Key_Return);
        QTRY_COMPARE(f.session().state(), State::In);
    }

    void oneTalksToWhoIsInAnyOfOnesRooms() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        LinePerson jun(server.port(), "jun");
        jun.say("/join attic");
        jun.say("/part lobby");
        Fixture f;
        f.join(server.port());
        f.session().join("attic");
        f.session().setPlace(room("lobby"));
        QTRY_VERIFY(f.session().peopleThere().contains("jun"));
        QTest::mouseClick(f.find<QToolButton>("addPerson"), Qt::LeftButton);
        auto* list = f.find<QListWidget>("personPickerList");
        QTRY_COMPARE(list->count(), 2);
        QCOMPARE(list->item(0)->text(), QString("jun"));
        QCOMPARE(list->item(1)->text(), QString("lin"));
    }

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

    void roomsElsewhereAreCountedAndKeysGoThere() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        f.say("/join den");
        QTRY_COMPARE(f.session().place(), room("den"));
        lin.say("hello lobby");
        lin.say("mira, look here");
        const ChatPlacesModel& rooms = f.session().rooms();
        QTRY_COMPARE(rooms.at(rooms.rowOf(room("lobby"))).unread, 2);
        QTRY_COMPARE(rooms.at(rooms.rowOf(room("lobby"))).mentions, 1);
        f.picture("unread");
        QTest::keyClick(f.edit(), Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(f.session().place(), room("lobby"));
        QTRY_COMPARE(rooms.at(rooms.rowOf(room("lobby"))).unread, 0);
        QTest::keyClick(f.edit(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(f.session().place(), room("den"));
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

    void theTabTellsWhoCalls() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        QWidget other; // is looked at instead
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        QSignalSpy told(&f.page, &TabPage::titleChanged);
        lin.say("hello");
        QTRY_COMPARE(f.page.sign(), QString("•"));
        lin.say("Mira, are you there?");
        QTRY_COMPARE(f.page.sign(), QString("@1"));
        QCOMPARE(f.page.stateWord(), QString("as mira; lin calls you"));
        QVERIFY(told.size() >= 2);
        f.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&f.page));
        QTRY_COMPARE(f.page.sign(), QString());
        QCOMPARE(f.page.stateWord(), QString("as mira"));
    }

    void thePillAndTheDividerAgree() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        for (int i = 0; i < 60; ++i)
            lin.say("line " + std::to_string(i));
        QTRY_VERIFY(f.rowWith("line 59") >= 0);
        QCOMPARE(f.lines().newCount(), 0);
        f.find<ChatLinesView>("chatLines")->verticalScrollBar()->setValue(0);
        const auto* jump = f.find<QPushButton>("jumpToLatest");
        lin.say("one");
        lin.say("two");
        QTRY_VERIFY(f.rowWith("two") >= 0);
        QCOMPARE(f.lines().newCount(), 2);
        QCOMPARE(jump->text(), QString("2 new, jump to latest"));
        f.page.hide();
        lin.say("three");
        QTRY_VERIFY(f.rowWith("three") >= 0);
        QCOMPARE(f.lines().newCount(), 3);
        QCOMPARE(jump->text(), QString("3 new, jump to latest"));
        QVERIFY(f.lines().startsNew(f.rowWith("one")));
    }

    void theOwnersWordStandsInTheStrip_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        QTest::newRow("kicked") << int(ChatCode::Kicked) << "has sent you away: enough. You can";
        QTest::newRow("banned") << int(ChatCode::Banned) << "has shut you out: enough. Only";
    }
    void theOwnersWordStandsInTheStrip() {
        QFETCH(int, code);
        QFETCH(QString, words);
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        f.tell(chat_news::Told{{.kind = ChatEvent::Kind::Closing,
                                .code = static_cast<ChatCode>(code),
                                .said = "enough"}});
        f.tell(chat_news::Ended{CloseReason::Peer, {}, "you have to go: enough"});
        QCOMPARE(f.session().state(), State::Ended);
        QVERIFY2(f.strip("chatStrip").contains(words), qPrintable(f.strip("chatStrip")));
        QVERIFY(f.edit()->isReadOnly());
        const auto buttons = f.find<InlineMessage>("chatStrip")->findChildren<QPushButton*>();
        const bool canJoin = std::ranges::any_of(
            buttons, [](const QPushButton* button) { return button->isVisible(); });
        QCOMPARE(canJoin, code != int(ChatCode::Banned)); // which would be of no use
        QCOMPARE(f.find<QLabel>("chatPeopleCount")->text(), QString("not connected"));
        f.picture(QString("ended-%1").arg(code));
    }

    void aFullDiskOfTheServerStandsInTheStrip() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        const auto storage = [&f](ChatStorageState state) {
            f.tell(chat_news::Told{{.kind = ChatEvent::Kind::StorageChanged, .storage = state}});
        };
        storage(ChatStorageState::Full);
        QVERIFY(f.strip("storageStrip").contains("disk is full"));
        QVERIFY(!f.edit()->isReadOnly()); // what is said may be stored later
        f.picture("storage-full");
        storage(ChatStorageState::Failed);
        QVERIFY(f.strip("storageStrip").contains("cannot store messages"));
        storage(ChatStorageState::Good);
        QCOMPARE(f.strip("storageStrip"), QString());
        QVERIFY(f.rowWith("The server stores what is said again.") >= 0);
    }

    void aLineThatOthersCanReadIsSaidToBe() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        auto* icon = f.find<QLabel>("notEncryptedIcon");
        QVERIFY(!icon->isVisible());
        f.tell(chat_news::Connected{"10.0.0.2:1", "10.0.0.1:2", false});
        QVERIFY(icon->isVisible());
        QVERIFY(icon->toolTip().contains("Others on the way can read"));
        f.picture("not-encrypted");
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

    void aSearchFindsAndGoesToWhatIsNotLoaded() {
        const QTemporaryDir folder;
        RunningServer server(
            {"--listen", "127.0.0.1:0", "--history-file", folder.filePath("history")}, "chat");
        LinePerson lin(server.port(), "lin");
        for (int i = 1; i <= 280; ++i)
            lin.say("message number " + std::to_string(i));
        lin.say("the end");
        lin.say("/history 1");
        lin.hear("<lin> the end");
        Fixture f;
        f.join(server.port());
        QTRY_VERIFY(f.rowWith("the end") >= 0);
        QVERIFY(f.rowWith("message number 7") < 0);
        auto* field = f.find<QLineEdit>("searchHistory");
        field->setText("number 7");
        QTest::keyClick(field, Qt::Key_Return);
        auto* found = f.find<QListWidget>("foundMessages");
        QTRY_COMPARE(found->count(), 11); // 7, 70 to 79
        QVERIFY(found->item(10)->data(Qt::AccessibleTextRole).toString().endsWith("number 7"));
        f.picture("found");
        found->scrollToBottom();
        QTest::mouseClick(found->viewport(), Qt::LeftButton, {},
                          found->visualItemRect(found->item(10)).center());
        QTRY_VERIFY(f.rowWith("message number 7") >= 0);
        auto* view = f.page.linesView();
        QTRY_VERIFY(view->isVisible());
        QTRY_COMPARE(view->currentIndex().row(), f.rowWith("message number 7"));
        QVERIFY(view->viewport()->rect().intersects(view->visualRect(view->currentIndex())));
        f.picture("found-line");
        QVERIFY(f.page.find("number 99", false));
    }

    void aLostConnectionIsToldAndComesBack() {
        const QTemporaryDir folder;
        const QString history = folder.filePath("history");
        auto server = std::make_unique<RunningServer>(
            QStringList{"--listen", "127.0.0.1:0", "--history-file", history}, "chat");
        const int port = server->port();
        Fixture f;
        f.join(port);
        f.say("before");
        QTRY_VERIFY(f.rowWith("before") >= 0);
        QTRY_COMPARE(f.lines().at(f.rowWith("before")).state, ChatLine::State::Stored);
        server.reset(); // kill -9
        QTRY_COMPARE(f.session().state(), State::Waiting);
        auto* strip = f.find<InlineMessage>("chatStrip");
        QVERIFY(strip->isVisible());
        f.picture("lost");
        // Counts down, or is being tried: each time anew, with the button in its place.
        QTRY_VERIFY2(strip->text().contains("Connecting again in 1 s."), qPrintable(strip->text()));
        f.say("while it was gone");
        RunningServer again(
            {"--listen", QString("127.0.0.1:%1").arg(port), "--history-file", history}, "chat");
        for (auto* button : strip->findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == "Try now")
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QTRY_COMPARE_WITH_TIMEOUT(f.session().state(), State::In, 20'000);
        QTRY_VERIFY(!strip->isVisible());
        QTRY_COMPARE(f.lines().at(f.rowWith("while it was gone")).state, ChatLine::State::Stored);
        f.picture("resumed");
    }

    void aNarrowTabCountsWhatIsUnreadElsewhere() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        f.session().join("den");
        QTRY_VERIFY(f.session().rooms().rowOf(room("den")) >= 0);
        f.session().setPlace(room("den"));
        f.page.resize(360, 600);
        auto* button = f.find<QToolButton>("showRooms");
        QTRY_VERIFY(button->isVisible());
        QCOMPARE(button->text(), QString());
        const int width = button->width();
        lin.say("one");
        lin.say("two");
        QTRY_COMPARE(button->text(), QString("2"));
        QVERIFY(button->width() > width);
        QVERIFY(button->width() >= button->sizeHint().width());
        f.picture("360-unread");
    }

    void columnsFoldWhereItIsNarrow() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        auto* people = f.find<QWidget>("chatPeopleColumn");
        auto* side = f.find<QWidget>("chatSide");
        QVERIFY(people->isVisible() && side->isVisible());
        f.page.resize(880, 600);
        QTRY_VERIFY(!people->isVisible());
        QVERIFY(side->isVisible());
        QTest::mouseClick(f.find<QToolButton>("showPeople"), Qt::LeftButton);
        QVERIFY(people->isVisible());
        f.picture("880-people");
        f.page.resize(360, 600);
        QTRY_VERIFY(!side->isVisible());
        QTest::mouseClick(f.find<QToolButton>("showRooms"), Qt::LeftButton);
        QVERIFY(side->isVisible() && !people->isVisible());
        f.say("in a narrow tab");
        QTRY_VERIFY(f.rowWith("in a narrow tab") >= 0);
        f.picture("360");
        f.page.resize(320, 600);
        QTRY_COMPARE(f.page.width(), 320);
        for (const char* name :
             {"showMessages", "chatJoin", "chatName", "sendButton", "showPeople"}) {
            const auto* part = f.find<QWidget>(name);
            QTRY_VERIFY2(part->mapTo(&f.page, part->rect().topRight()).x() < 320, name);
        }
        f.picture("320");
        f.page.resize(991, 704);
        QTRY_VERIFY(people->isVisible() && side->isVisible());
    }

    void everyControlHasANameForThoseWhoDoNotSeeIt() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        for (auto* button : f.page.findChildren<QAbstractButton*>()) {
            const bool isOfField = qobject_cast<QLineEdit*>(button->parent()) != nullptr;
            if (!button->isVisible() || isOfField)
                continue;
            QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                     qPrintable(button->objectName() + " in " + button->parent()->objectName()));
            QVERIFY2(!button->objectName().isEmpty(), qPrintable(button->text()));
        }
        for (auto* field : f.page.findChildren<QLineEdit*>())
            QVERIFY2(!field->accessibleName().isEmpty(), qPrintable(field->objectName()));
    }

    void tabGoesThroughThePageAsOneReadsIt() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        f.say("/msg mira to myself");
        f.session().setPlace(room("lobby"));
        QStringList order;
        QWidget* widget = f.find<QLineEdit>("chatAddress");
        do {
            const bool isReached = widget->isVisible() && widget->isEnabled() &&
                                   (widget->focusPolicy() & Qt::TabFocus);
            if (isReached)
                order.append(widget->objectName());
            widget = widget->nextInFocusChain();
        } while (widget != f.find<QLineEdit>("chatAddress") && order.size() < 40);
        QCOMPARE(order, QStringList({"chatAddress", "chatName", "chatJoin", "showChat",
                                     "showMessages", "chatSave", "addRoom", "chatRooms",
                                     "addPerson", "chatPersons", "editTopic", "searchHistory",
                                     "chatLines", "chatEdit", "chatPeople"}));
    }

    void theWireIsShownToo() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        f.say("on the wire");
        QTest::mouseClick(f.find<QToolButton>("showMessages"), Qt::LeftButton);
        QVERIFY(!f.edit()->isVisible());
        QTRY_VERIFY(f.page.find("on the wire", false));
        f.picture("wire");
        const auto* view = f.find<ConversationView>("conversationView");
        QVERIFY(!view->isColumnHidden(ConversationModel::MarkColumn));
        f.page.resize(660, 704);
        QTRY_VERIFY(view->columnWidth(ConversationModel::DataColumn) >= 240);
        f.picture("wire-narrow");
        f.page.resize(991, 704);
        QTRY_VERIFY(!view->isColumnHidden(ConversationModel::MarkColumn));
        QTest::mouseClick(f.find<QToolButton>("showChat"), Qt::LeftButton);
        QVERIFY(f.edit()->isVisible());
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

QTEST_MAIN(TestChatPage)
#include "tst_chat_page.moc"
