// What is saved of a chat: all that its server has, as people and programs read it, or nothing.

#include <csignal>

#include <nlohmann/json.hpp>

#include <QFile>
#include <QFileDialog>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/program.h"
#include "tests/support/test_socket.h"
#include "ui/chat/chat_saver.h"
#include "ui/common/inline_message.h"
#include "ui/engine_bridge.h"

using namespace sscope;
using namespace sscope::test;
using State = ChatSession::State;

namespace {

constexpr int said = 250; // more than one answer holds, fewer than the rate's burst

/// Somebody with ncat, who has said all that by the time the constructor returns.
class Talker {
public:
    Talker(int port, int messages)
        : m_socket(TestSocket::connectTcp(static_cast<std::uint16_t>(port))) {
        m_socket.send("lin\n");
        for (int i = 1; i <= messages; ++i)
            m_socket.send("line " + std::to_string(i) + "\n");
        m_socket.send("a \x1b[31mred\x1b[0m one\n/who\n");
        std::string heard;
        while (heard.find("* in lobby: lin") == std::string::npos) {
            const std::string some = m_socket.receiveSome();
            if (some.empty())
                qFatal("the server has ended: %s", heard.c_str());
            heard += some;
        }
    }

private:
    TestSocket m_socket;
};

struct Fixture {
    Fixture() {
        if (!bridge.engine().start(std::chrono::seconds(1)))
            qFatal("engine");
    }
    ~Fixture() { bridge.stop(); }

    void join(int port, bool isTalked = true) {
        ChatClientConfig config;
        config.client.endpoint = {.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port)};
        config.name = "mira";
        session.connectTo(config);
        [&] { QTRY_COMPARE(session.state(), State::In); }();
        [&] { QTRY_COMPARE(session.lines(session.place()).rowCount() > 0, isTalked); }();
    }
    QList<QByteArray> save(TranscriptForm form, const QString& name) {
        const QString path = folder.filePath(name);
        saver.save(session.place(), form, path);
        [&] { QTRY_VERIFY(QFile::exists(path)); }();
        [&] { QTRY_VERIFY(message.text().contains(name)); }();
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("open");
        return file.readAll().trimmed().split('\n');
    }

    QTemporaryDir folder;
    QWidget window;
    InlineMessage message{&window};
    EngineBridge bridge;
    ChatSession session{bridge};
    ChatSaver saver{session, message, &window};
};

} // namespace

class TestChatSaver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWholeHistoryIsSavedAsText() {
        const RunningServer server({"--listen", "127.0.0.1:0"}, "chat");
        const Talker lin(server.port(), said);
        Fixture f;
        f.join(server.port());
        const int shown = f.session.lines(f.session.place()).rowCount();
        QVERIFY(shown < said); // the rest is on the server
        const QList<QByteArray> lines = f.save(TranscriptForm::Text, "lobby.txt");
        QCOMPARE(lines.size(), said + 1);
        for (int i = 0; i < said; ++i)
            QVERIFY2(lines[i].endsWith(" lin: line " + QByteArray::number(i + 1)), lines[i]);
        QVERIFY2(lines[0].startsWith(QDate::currentDate().toString("yyyy-").toLatin1()), lines[0]);
        QVERIFY(!lines.last().contains('\x1b')); // safe to show
        QVERIFY2(f.message.text().contains("251 messages"), qPrintable(f.message.text()));
        QCOMPARE(f.session.lines(f.session.place()).rowCount(), shown); // the view is as it was
    }

    void programsGetTheTextAsItCame() {
        const RunningServer server({"--listen", "127.0.0.1:0"}, "chat");
        const Talker lin(server.port(), said);
        Fixture f;
        f.join(server.port());
        const QList<QByteArray> lines = f.save(TranscriptForm::Json, "lobby.jsonl");
        QCOMPARE(lines.size(), said + 1);
        for (int i = 0; i <= said; ++i)
            QCOMPARE(nlohmann::json::parse(lines[i].toStdString()).at("id").get<int>(), i + 1);
        const auto last = nlohmann::json::parse(lines.last().toStdString());
        QCOMPARE(last.at("text").get<std::string>(), std::string("a \x1b[31mred\x1b[0m one"));
        QCOMPARE(last.at("from").get<std::string>(), std::string("lin"));
        QCOMPARE(last.at("room").get<std::string>(), std::string("lobby"));
    }

    void furtherLinesAreIndented() {
        const ChatMessage message{.room = "lobby", .id = 1, .author = "lin", .text = "one\ntwo"};
        const std::string text = transcript(TranscriptForm::Text, std::span(&message, 1));
        QVERIFY2(QByteArray::fromStdString(text).endsWith(" lin: one\n    two\n"), text.c_str());
    }

    void aLostConnectionSavesNothing() {
        RunningServer server({"--listen", "127.0.0.1:0"}, "chat");
        const Talker lin(server.port(), said);
        Fixture f;
        f.join(server.port());
        ::kill(static_cast<pid_t>(server.process().processId()), SIGSTOP);
        const QString path = f.folder.filePath("lobby.txt");
        f.saver.save(f.session.place(), TranscriptForm::Text, path);
        QVERIFY(f.saver.isBusy());
        QVERIFY(f.message.text().contains("lobby"));
        server.endWith(SIGKILL);
        QTRY_VERIFY(!f.saver.isBusy());
        QVERIFY2(f.message.text().startsWith("Not saved: "), qPrintable(f.message.text()));
        QVERIFY(!QFile::exists(path));
    }

    void cancellingSavesNothing() {
        RunningServer server({"--listen", "127.0.0.1:0"}, "chat");
        Fixture f;
        f.join(server.port(), false);
        ::kill(static_cast<pid_t>(server.process().processId()), SIGSTOP);
        const QString path = f.folder.filePath("lobby.txt");
        f.saver.save(f.session.place(), TranscriptForm::Text, path);
        f.message.findChild<QPushButton*>()->click();
        QVERIFY(!f.saver.isBusy());
        ::kill(static_cast<pid_t>(server.process().processId()), SIGCONT);
        // The answer to what was cancelled is not taken for one to what is asked now.
        QCOMPARE(f.save(TranscriptForm::Text, "second.txt").size(), 1);
        QVERIFY(!QFile::exists(path));
    }

    void aRefusalOfWhatWasCancelledIsNotOfWhatIsAskedNow() {
        RunningServer server({"--listen", "127.0.0.1:0"}, "chat");
        Fixture f;
        f.join(server.port(), false);
        ::kill(static_cast<pid_t>(server.process().processId()), SIGSTOP);
        f.saver.save(f.session.place(), TranscriptForm::Text, f.folder.filePath("first.txt"));
        f.message.findChild<QPushButton*>()->click();
        f.saver.save(f.session.place(), TranscriptForm::Text, f.folder.filePath("second.txt"));
        const ChatNews news{
            SteadyClock::now(), f.session.owner(), 1,
            chat_news::Told{
                {.kind = ChatEvent::Kind::Refused, .ref = "past 1", .action = "history"}}};
        Q_EMIT f.bridge.chatArrived(std::span(&news, 1));
        QVERIFY(f.saver.isBusy());
        ::kill(static_cast<pid_t>(server.process().processId()), SIGCONT);
        QTRY_VERIFY(QFile::exists(f.folder.filePath("second.txt")));
    }

    void whatWaitsIsNotSaid() {
        Fixture f;
        f.session.join("den");
        f.session.say(f.session.place(), "not yet");
        QCOMPARE(f.session.lines(f.session.place()).waitingCount(), 1);
        QVERIFY(f.save(TranscriptForm::Json, "den.jsonl")[0].isEmpty());
    }

    void oneIsWrittenBeforeTheNextIsAsked() {
        Fixture f;
        const ChatPlace lin{ChatPlace::Kind::Person, "lin"};
        QSignalSpy changed(&f.saver, &ChatSaver::busyChanged);
        f.saver.save(lin, TranscriptForm::Text, f.folder.filePath("first.txt"));
        QVERIFY(f.saver.isBusy());
        f.saver.save(lin, TranscriptForm::Text, f.folder.filePath("second.txt"));
        QTRY_VERIFY(!f.saver.isBusy());
        QCOMPARE(changed.size(), 2);
        QVERIFY(QFile::exists(f.folder.filePath("first.txt")));
        QVERIFY(!QFile::exists(f.folder.filePath("second.txt")));
    }

    void aNameOfARoomIsOneOfAFile_data() {
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("file");
        QTest::newRow("plain") << "lobby"
                               << "lobby.txt";
        QTest::newRow("hidden file") << ".profile"
                                     << "_.profile.txt";
        QTest::newRow("path") << "../etc"
                              << "_.._etc.txt";
        QTest::newRow("quotes") << "a\"b\"c"
                                << "a_b_c.txt"; // they part names in a dialog
    }

    void aNameOfARoomIsOneOfAFile() {
        QFETCH(QString, room);
        QFETCH(QString, file);
        Fixture f;
        f.session.join(room);
        f.saver.ask(TranscriptForm::Text);
        auto* dialog = f.window.findChild<QFileDialog*>();
        QVERIFY(dialog);
        QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(), file);
    }

    void whatCannotBeWrittenSaysWhy() {
        const RunningServer server({"--listen", "127.0.0.1:0"}, "chat");
        Fixture f;
        f.join(server.port(), false);
        f.saver.save(f.session.place(), TranscriptForm::Text, "/proc/none/lobby.txt");
        QTRY_VERIFY2(f.message.text().contains("ENOENT"), qPrintable(f.message.text()));
    }
};

QTEST_MAIN(TestChatSaver)
#include "tst_chat_saver.moc"
