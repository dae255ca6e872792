// How one comes into a chat, and what its tab says where that fails or ends.

#include <algorithm>

#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "tests/ui/chat/chat_page_fixture.h"

using namespace sscope;
using namespace sscope::test;
using State = ChatSession::State;
using Fixture = PageFixture;

class TestChatJoining : public QObject {
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
};

QTEST_MAIN(TestChatJoining)
#include "tst_chat_joining.moc"
