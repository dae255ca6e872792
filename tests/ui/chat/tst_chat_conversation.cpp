// The wire of a chat, seen from its tab and from its server: exact bytes, but for secrets.

#include <cstdlib>
#include <regex>

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include "core/service/chat_protocol.h"
#include "tests/support/small_disk.h"
#include "tests/ui/window_fixture.h"
#include "ui/chat/chat_conversation.h"
#include "ui/chat/chat_page.h"
#include "ui/clients/lines_view.h"
#include "ui/clients/message_detail.h"
#include "ui/clients/stream_panel.h"
#include "ui/common/formats.h"

using namespace sscope;
using namespace sscope::test;
using Kind = ConversationRow::Kind;
using State = ChatSession::State;

namespace {

const std::string password = "pass-0815";

std::string fileContent(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string("?");
}

/// What is kept of one direction, from where it begins.
std::string contentOf(ConversationRecord& record, RecordSide side) {
    const std::uint64_t begin = record.begun(side);
    std::string content(record.kept(side) - begin, '\0');
    const auto count =
        record.read(side, begin, std::as_writable_bytes(std::span(content.data(), content.size())));
    content.resize(count.value_or(0));
    return content;
}

/// As many asterisks for each secret.
std::string withoutSecrets(std::string bytes) {
    static const std::regex secret("\"(?:password|resume)\":\"([^\"]*)\"");
    for (auto it = std::sregex_iterator(bytes.begin(), bytes.end(), secret);
         it != std::sregex_iterator(); ++it)
        bytes.replace(static_cast<std::size_t>(it->position(1)),
                      static_cast<std::size_t>(it->length(1)),
                      std::string(static_cast<std::size_t>(it->length(1)), '*'));
    return bytes;
}

/// Between a chat's clients and its server; keeps what it passes on.
class Relay {
public:
    explicit Relay(std::uint16_t port)
        : m_program("python3", {SSCOPE_SOURCE_DIR "/tests/interop/recording_relay.py",
                                QString::number(port), m_folder.path()}),
          m_port(static_cast<std::uint16_t>(m_program.readLine().toUInt())) {}

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// Of the n-th connection, from 1.
    [[nodiscard]] std::string fromClient(int n) const { return kept(n, "up"); }
    [[nodiscard]] std::string fromServer(int n) const { return kept(n, "down"); }
    void cut() {
        m_program.process().write("cut\n");
        m_program.process().waitForBytesWritten();
    }

private:
    [[nodiscard]] std::string kept(int n, const char* name) const {
        return fileContent(m_folder.filePath(QStringLiteral("%1.%2").arg(n).arg(name)));
    }

    const QTemporaryDir m_folder;
    RunningProgram m_program;
    const std::uint16_t m_port;
};

struct ChatFixture : WindowFixture {
    std::uint16_t serveChat(const std::string& model = "epoll", bool hasPassword = false) {
        ServerConfig config;
        config.service = "chat";
        config.model = model;
        if (hasPassword) {
            QFile file(m_folder.filePath("password"));
            if (!file.open(QIODevice::WriteOnly))
                qFatal("open");
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
            file.write(QByteArray::fromStdString(password) + '\n');
            config.settings.chat.passwordFile = file.fileName().toStdString();
        }
        return serve(config);
    }
    ChatPage& join(std::uint16_t port, const std::string& name = "mira", std::size_t past = 20) {
        ChatTabRequest request;
        request.config = {.name = name, .password = password, .past = past};
        request.config.client.endpoint = {.host = "127.0.0.1", .port = port};
        ChatPage* page = window.tabs().openChat(request);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(page->session().people().hereCount() >= 1, 20'000); }();
        return *page;
    }
    ServerClientsModel& clients() { return *window.servers().at(0).clients; }
    /// The conversation of the server's only client, from the server's side.
    Conversation& openClient() {
        [&] { QTRY_COMPARE(clients().rowCount(), 1); }();
        window.tabs().openAccepted(clients().at(0).connection, 0);
        return window.tabs().currentPage()->conversation();
    }
    /// Answers the question for a file's name, and waits until it is said what came of it.
    QString saveAs(const QString& path) {
        QFileDialog* dialog = nullptr;
        [&] { QTRY_VERIFY((dialog = window.findChild<QFileDialog*>())); }();
        dialog->selectFile(path);
        QMetaObject::invokeMethod(dialog, "accept");
        [&] { QTRY_VERIFY(!messageText().isEmpty()); }();
        return messageText();
    }

private:
    const QTemporaryDir m_folder;
};

int rowWith(const ConversationModel& model, const std::string& text, std::uint32_t stream = 0) {
    for (int row = 0; row < model.rowCount(); ++row) {
        const ConversationRow& is = model.at(row);
        if ((stream == 0 || is.stream == stream) && is.head.find(text) != std::string::npos)
            return row;
    }
    return -1;
}

/// Of its latest connection, once the window has heard of it.
std::shared_ptr<ConversationRecord> recordOf(Conversation& conversation) {
    const auto record = [&] { return conversation.record(conversation.model().stream()); };
    [&] { QTRY_VERIFY(record()); }();
    return record();
}

void say(ChatPage& page, const QString& text) {
    page.session().say(page.session().place(), text);
}

/// Both directions, once all is there.
void compare(ConversationRecord& record, RecordSide fromClient, const std::string& up,
             const std::string& down) {
    const RecordSide fromServer =
        fromClient == RecordSide::Sent ? RecordSide::Received : RecordSide::Sent;
    QTRY_COMPARE(record.kept(fromClient) - record.begun(fromClient), up.size());
    QTRY_COMPARE(record.kept(fromServer) - record.begun(fromServer), down.size());
    QVERIFY(contentOf(record, fromClient) == withoutSecrets(up));
    QVERIFY(contentOf(record, fromServer) == withoutSecrets(down));
}

} // namespace

class TestChatConversation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!isInstalled("python3"))
            QSKIP("python3 is not installed");
    }

    void itsRecordIsExactButForSecrets() {
        ChatFixture f;
        Relay relay(f.serveChat("epoll", true));
        ChatPage& page = f.join(relay.port());
        const QString text = QString(8000, 'x') + QStringLiteral(" 你好");
        for (int i = 0; i < 20; ++i)
            say(page, text + QString::number(i));
        ChatConversation& wire = page.conversation();
        QTRY_VERIFY(wire.counters().sentMessages >= 22);
        QTRY_VERIFY(relay.fromServer(1).find("\"id\":20") != std::string::npos);
        const auto record = recordOf(wire);
        QVERIFY(record);
        compare(*record, RecordSide::Sent, relay.fromClient(1), relay.fromServer(1));
        const std::string sent = contentOf(*record, RecordSide::Sent);
        QVERIFY(relay.fromClient(1).find(password) != std::string::npos);
        QVERIFY(sent.find(password) == std::string::npos);
        QVERIFY(sent.find("\"password\":\"*********\"") != std::string::npos);
        const std::string received = contentOf(*record, RecordSide::Received);
        QVERIFY(received.find("\"resume\":\"*") != std::string::npos);
    }

    void allOfItIsSavedByteForByte() {
        const QTemporaryDir folder;
        ChatFixture f;
        Relay relay(f.serveChat());
        ChatPage& page = f.join(relay.port());
        say(page, QString(8000, 'x'));
        QVERIFY(f.click("showMessages"));
        const auto record = recordOf(page.conversation());
        QTRY_VERIFY(contentOf(*record, RecordSide::Received).find("\"id\":1,") !=
                    std::string::npos);
        const auto entries = f.find<QToolButton>("saveConversation")->menu()->actions();
        QCOMPARE(entries.size(), 2);
        entries.at(1)->trigger(); // what was sent
        QVERIFY(f.saveAs(folder.filePath("sent")).startsWith("Saved "));
        QVERIFY(fileContent(folder.filePath("sent")) == withoutSecrets(relay.fromClient(1)));
        QVERIFY(f.click("closeSaveMessage"));
        entries.at(0)->trigger();
        QVERIFY(f.saveAs(folder.filePath("received")).startsWith("Saved "));
        QVERIFY(fileContent(folder.filePath("received")) == withoutSecrets(relay.fromServer(1)));
    }

    void aPageOfLongMessagesIsShownWhole() {
        ChatFixture f;
        const std::uint16_t port = f.serveChat();
        Relay relay(port);
        ChatPage& ann = f.join(port, "ann");
        const QString text(8100, 'y');
        for (int i = 0; i < 200; ++i)
            say(ann, text + QString::number(1000 + i));
        const ChatPlace lobby = ann.session().place();
        QTRY_COMPARE_WITH_TIMEOUT(ann.session().rooms().rowCount(), 1, 10'000);
        const auto stored = [&] {
            const ConversationModel& model = ann.conversation().model();
            return rowWith(model, "\"id\":200,\"") >= 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(stored(), 30'000);
        ChatPage& page = f.join(relay.port(), "mira", mostChatHistory);
        ConversationModel& model = page.conversation().model();
        QTRY_VERIFY_WITH_TIMEOUT(rowWith(model, "\"reply\":\"history\"") >= 0, 20'000);
        const int row = rowWith(model, "\"reply\":\"history\"");
        QVERIFY(model.at(row).bytes > 30 * 8100); // as much as one answer holds
        const RowContent content = page.conversation().contentOf(model.at(row));
        QVERIFY(content.isWhole());
        const std::string bytes = content.first(content.size()).value();
        QVERIFY(relay.fromServer(1).find(bytes) != std::string::npos);
        // And it is looked at.
        QVERIFY(f.click("showMessages"));
        auto* view = f.find<ConversationView>("conversationView");
        view->showRow(row);
        QTest::keyClick(view, Qt::Key_Return);
        auto* detail = f.find<MessageDetail>("messageDetail");
        QVERIFY(detail);
        QTRY_VERIFY(!detail->isBusy());
        QTRY_VERIFY(f.find<LinesView>("contentLines"));
        QVERIFY(f.find<QLabel>("contentNote")->text().isEmpty());
        qsizetype shown = 0;
        LineSource* lines = f.find<LinesView>("contentLines")->source();
        for (std::uint64_t line = 0; line < lines->count(); ++line)
            shown += plainText(lines->line(line).value()).count('y');
        QVERIFY(shown > 30 * 8100);
    }

    void whatTheClientTabHasIsHereToo() {
        ChatFixture f;
        const std::uint16_t port = f.serveChat();
        ChatPage& page = f.join(port);
        say(page, "on the wire");
        QVERIFY(f.click("showMessages"));
        auto* view = f.find<ConversationView>("conversationView");
        QVERIFY(view);
        QTRY_VERIFY(f.find<StreamPanel>("streamPanel")); // messages have a framing
        QTRY_VERIFY(f.find<QLabel>("streamSummary")->text().contains("message"));
        QTRY_VERIFY(page.find("on the wire", false));
        QVERIFY(f.find<MessageDetail>("messageDetail"));
        QTest::keyClick(view, Qt::Key_M, Qt::ControlModifier);
        QVERIFY(!f.find<StreamPanel>("streamPanel") && !f.find<MessageDetail>("messageDetail"));
        auto* toggle = f.find<QToolButton>("streamToggle");
        QVERIFY(toggle && !toggle->isChecked());
        QTest::keyClick(view, Qt::Key_Return);
        QVERIFY(f.find<StreamPanel>("streamPanel") && f.find<MessageDetail>("messageDetail"));
        QVERIFY(toggle->isChecked());
        QVERIFY(f.click("streamToggle"));
        QVERIFY(!f.find<StreamPanel>("streamPanel"));
        auto* name = f.find<QLineEdit>("chatName"); // from the bar too
        name->setFocus();
        QTest::keyClick(name, Qt::Key_M, Qt::ControlModifier);
        QVERIFY(f.find<StreamPanel>("streamPanel"));
        QVERIFY(f.find<QToolButton>("saveConversation"));
        QVERIFY(f.click("showChat"));
        QVERIFY(!f.find<QToolButton>("streamToggle") && !f.find<QToolButton>("saveConversation"));
    }

    void aReconnectBeginsANewRecord() {
        ChatFixture f;
        Relay relay(f.serveChat());
        ChatPage& page = f.join(relay.port());
        ChatConversation& wire = page.conversation();
        say(page, QStringLiteral("before ") + QString(8000, 'b'));
        QTRY_VERIFY(relay.fromServer(1).find("\"id\":1,") != std::string::npos);
        const auto first = recordOf(wire);
        relay.cut();
        // It may wait for no time at all before it tries again.
        QTRY_VERIFY_WITH_TIMEOUT(!relay.fromServer(2).empty(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(page.session().state(), State::In, 20'000);
        say(page, QStringLiteral("after ") + QString(8000, 'a'));
        QTRY_VERIFY(relay.fromServer(2).find("\"id\":2,") != std::string::npos);
        QTRY_VERIFY(recordOf(wire) != first);
        compare(*first, RecordSide::Sent, relay.fromClient(1), relay.fromServer(1));
        compare(*recordOf(wire), RecordSide::Sent, relay.fromClient(2), relay.fromServer(2));
        // The rows of the first go on reading the first.
        const ConversationModel& model = wire.model();
        QTRY_VERIFY(rowWith(model, "\"after ", model.stream()) >= 0);
        const int row = rowWith(model, "\"before ", model.stream() - 1);
        QVERIFY(row >= 0);
        const RowContent content = wire.contentOf(model.at(row));
        QVERIFY(content.record == first && content.isWhole());
    }

    void aFullDiskStopsTheRecordAndNotTheChat() {
        const SmallDisk disk(1024);
        if (!disk.isMounted())
            QSKIP("needs root, to mount a small disk");
        ::setenv("XDG_CACHE_HOME", disk.path().toUtf8().constData(), 1);
        ChatFixture f;
        ::unsetenv("XDG_CACHE_HOME");
        ChatPage& page = f.join(f.serveChat());
        const auto told = [&] {
            const ConversationModel& model = page.conversation().model();
            for (int row = 0; row < model.rowCount(); ++row) {
                if (model.at(row).text.contains("ENOSPC"))
                    return model.at(row).text;
            }
            return QString();
        };
        QTRY_VERIFY(!told().isEmpty());
        QVERIFY2(told().startsWith("The record of this connection is kept up to byte "),
                 qPrintable(told()));
        say(page, "still here");
        QTRY_VERIFY(rowWith(page.conversation().model(), "\"reply\":\"say\"") >= 0);
        QCOMPARE(page.session().state(), State::In);
    }

    void itsServerSeesTheSame_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"select", "poll", "epoll", "threads"})
            QTest::newRow(model) << model;
    }

    /// Of a person whose conversation is opened before the first byte.
    void itsServerSeesTheSame() {
        QFETCH(QString, model);
        ChatFixture f;
        const TestSocket peer = TestSocket::connectTcp(f.serveChat(model.toStdString(), true));
        Conversation& conversation = f.openClient();
        const auto record = recordOf(conversation);
        QTRY_VERIFY(record->isBegun());
        const auto framed = [](const std::string& content) {
            const std::string header = "{\"byteorder\":\"little\",\"content-type\":\"text/json\","
                                       "\"content-encoding\":\"utf-8\",\"content-length\":" +
                                       std::to_string(content.size()) + "}";
            return std::string(1, '\0') + static_cast<char>(header.size()) + header + content;
        };
        std::string up =
            framed("{\"action\":\"hello\",\"name\":\"mira\",\"password\":\"" + password + "\"}") +
            framed("{\"action\":\"join\",\"room\":\"den\"}");
        peer.send(up);
        std::string down;
        while (down.find("\"reply\":\"join\"") == std::string::npos)
            down += peer.receiveSome();
        for (int i = 0; i < 20; ++i) {
            const std::string said = framed("{\"action\":\"say\",\"room\":\"den\",\"text\":\"" +
                                            std::string(8000, 'z') + std::to_string(i) + "\"}");
            peer.send(said);
            up += said;
        }
        while (down.find("\"id\":20,") == std::string::npos)
            down += peer.receiveSome();
        peer.shutdownWrite();
        down += peer.receiveToEnd();
        compare(*record, RecordSide::Received, up, down);
        const std::string received = contentOf(*record, RecordSide::Received);
        QVERIFY(received.find(password) == std::string::npos);
        QVERIFY(down.find("\"resume\":\"*") == std::string::npos);
        QVERIFY(contentOf(*record, RecordSide::Sent).find("\"resume\":\"*") != std::string::npos);
        // Each row is whole, and its offsets fit.
        const ConversationModel& rows = conversation.model();
        QTRY_VERIFY(rowWith(rows, "\"action\":\"say\"") >= 0);
        const RowContent content =
            conversation.contentOf(rows.at(rowWith(rows, "\"action\":\"say\"")));
        QVERIFY(content.isWhole());
        QCOMPARE(f.find<QLabel>("framingName")->text(), QString("Framing message"));
        QVERIFY(rows.hasTypes());
        QCOMPARE(content.first(1 << 20).value(),
                 "{\"action\":\"say\",\"room\":\"den\",\"text\":\"" + std::string(8000, 'z') +
                     "0\"}");
    }

    void itsServerSeesLines_data() { itsServerSeesTheSame_data(); }

    void itsServerSeesLines() {
        QFETCH(QString, model);
        ChatFixture f;
        const TestSocket peer = TestSocket::connectTcp(f.serveChat(model.toStdString(), true));
        Conversation& conversation = f.openClient();
        const auto record = recordOf(conversation);
        QTRY_VERIFY(record->isBegun());
        peer.send("jun\n" + password + "\n");
        std::string down;
        while (down.find("welcome") == std::string::npos)
            down += peer.receiveSome();
        const std::string said = "pass the salt\n" + std::string(8000, 'l') + "\n";
        peer.send(said);
        peer.send("/quit\n");
        down += peer.receiveToEnd();
        const std::string up =
            "jun\n" + std::string(password.size(), '*') + "\n" + said + "/quit\n";
        compare(*record, RecordSide::Received, up, down);
        QTRY_COMPARE(f.find<QLabel>("framingName")->text(), QString("Framing line"));
    }

    /// What was before is in no record, and what comes is at its place.
    void aTabThatIsOpenedLateRecordsFromThenOn() {
        ChatFixture f;
        Relay relay(f.serveChat("epoll", true));
        ChatPage& page = f.join(relay.port());
        say(page, "early");
        QTRY_VERIFY(relay.fromServer(1).find("\"id\":1,") != std::string::npos);
        Conversation& conversation = f.openClient();
        const auto record = recordOf(conversation);
        QTRY_VERIFY(record->isBegun());
        const std::uint64_t begun = record->begun(RecordSide::Received);
        QCOMPARE(begun, relay.fromClient(1).size());
        say(page, "late");
        QTRY_VERIFY(relay.fromServer(1).find("\"id\":2,") != std::string::npos);
        compare(*record, RecordSide::Received, relay.fromClient(1).substr(begun),
                relay.fromServer(1).substr(record->begun(RecordSide::Sent)));
        QTRY_VERIFY(rowWith(conversation.model(), "late") >= 0);
        QVERIFY(conversation.contentOf(conversation.model().at(0)).head);
        const RowContent content =
            conversation.contentOf(conversation.model().at(rowWith(conversation.model(), "late")));
        QVERIFY(content.first(1000).value().find("late") != std::string::npos);
    }
};

QTEST_MAIN(TestChatConversation)
#include "tst_chat_conversation.moc"
