// What goes over the wire of a chat and what is kept of it: no password.

#include <QTemporaryDir>

#include "tests/support/test_socket.h"
#include "tests/ui/chat/chat_session_fixture.h"
#include "ui/chat/chat_conversation.h"
#include "ui/clients/conversation_hub.h"

using namespace sscope;
using namespace sscope::test;
using State = ChatSession::State;

namespace {

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

} // namespace

class TestChatWire : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
};

QTEST_MAIN(TestChatWire)
#include "tst_chat_wire.moc"
