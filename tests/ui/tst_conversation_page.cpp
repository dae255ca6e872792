// What a client tab keeps of its connections: real widgets, real sockets.

#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QProcess>
#include <QTableView>
#include <QTemporaryDir>

#include "tests/ui/window_fixture.h"
#include "ui/clients/byte_saver.h"
#include "ui/clients/client_conversation.h"
#include "ui/clients/conversation_filter.h"
#include "ui/clients/conversation_list.h"
#include "ui/clients/lines_view.h"
#include "ui/clients/message_detail.h"
#include "ui/common/error_text.h"
#include "ui/main_window/find_field.h"

using namespace sscope;
using namespace sscope::test;
using Kind = ConversationRow::Kind;
using Model = ConversationModel;

namespace {

OwnedMessage message(const std::string& text) {
    const ByteView view = bytesOf(text);
    return {.content = {view.begin(), view.end()}};
}

std::string everyByte(std::size_t times) {
    std::string every;
    for (std::size_t i = 0; i < times * 256; ++i)
        every += static_cast<char>(i % 256);
    return every;
}

struct PageFixture : WindowFixture {
    PageFixture() { QGuiApplication::clipboard()->clear(); }

    static ClientConfig clientOf(std::uint16_t port, std::string_view framing = "raw") {
        return {.endpoint = {.host = "127.0.0.1", .port = port},
                .framing = Framing::parse(framing).value()};
    }
    ConversationView* view() { return find<ConversationView>("conversationView"); }
    MessageDetail* detail() { return find<MessageDetail>("messageDetail"); }
    QString content() { return find<QPlainTextEdit>("messageContent")->toPlainText(); }
    QString note() { return find<QLabel>("contentNote")->text(); }
    Conversation& conversation() { return window.tabs().currentPage()->conversation(); }
    std::uint64_t passed(RecordSide side) {
        return conversation().record(rows().stream())->passed(side);
    }
    int lastOf(Kind kind) {
        int row = rows().rowCount() - 1;
        while (row >= 0 && (rows().at(row).kind != kind || rows().at(row).isPart))
            --row;
        return row;
    }
    void choose(int row) { view()->showRow(row); }
    /// Answers the question for a file's name, and waits until it is said what came of it.
    QString saveAs(const QString& path) {
        QFileDialog* dialog = nullptr;
        [&] { QTRY_VERIFY((dialog = window.findChild<QFileDialog*>())); }();
        dialog->selectFile(path);
        QMetaObject::invokeMethod(dialog, "accept");
        [&] { QTRY_VERIFY(!messageText().isEmpty()); }();
        return messageText();
    }
};

/// A conversation that is told what happens by hand.
class ToldConversation : public Conversation {
public:
    ToldConversation() : Conversation(Model::Side::Client, false, nullptr) {
        setConnection({1, 1});
        setState(LinkState::Connecting);
    }
    void send(OwnedMessage) override {}
    void finishSending() override {}
    QStringList tell(lifecycle::Event what) {
        take(LifecycleEvent{SteadyClock::now(), ++m_sequence, connection(), std::move(what)});
        model().commit();
        QStringList lines;
        for (int row = 0; row < model().rowCount(); ++row)
            lines.append(model().at(row).text);
        return lines;
    }

protected:
    void endConnection(bool) override {}

private:
    std::uint32_t m_sequence = 0;
};

std::string fileContent(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string("?");
}

} // namespace

class TestConversationPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allThatWasReceivedAndSentIsSavedByteForByte() {
        const QTemporaryDir folder;
        PageFixture f;
        const std::string bytes = everyByte(4096); // a mebibyte
        f.window.connectClient(f.clientOf(f.serve()), {message(bytes)});
        QTRY_VERIFY(f.state() == LinkState::Open);
        QTRY_COMPARE(f.passed(RecordSide::Received), bytes.size());
        auto* list = f.window.findChild<ConversationList*>();
        list->saveAll(false);
        const QString received = folder.filePath("received");
        QVERIFY(f.saveAs(received).startsWith("Saved 1.0 MiB to "));
        QVERIFY(fileContent(received) == bytes);
        QVERIFY(f.click("closeSaveMessage"));
        list->saveAll(true);
        const QString sent = folder.filePath("sent");
        f.saveAs(sent);
        QVERIFY(fileContent(sent) == bytes);
    }

    void aSaveThatCannotBeSaysWhy() {
        PageFixture f;
        f.window.connectClient(f.clientOf(f.serve()), {message("x")});
        QTRY_VERIFY(f.state() == LinkState::Open);
        auto* saver = f.window.findChild<ByteSaver*>();
        saver->save(
            "/proc/none/file",
            [] { return std::make_unique<RowContentSource>(contentOfBytes("x")); }, 1);
        QTRY_VERIFY(f.messageText().startsWith("Not saved: open /proc/none/file"));
        QVERIFY(f.messageText().contains("ENOENT"));
    }

    void aFileThatWasSentIsNamedInItsRow() {
        const QTemporaryDir folder;
        const QString path = folder.filePath("pay load.bin");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
        file.close();
        PageFixture f;
        f.window.connectClient(f.clientOf(f.serve()), {message("before")});
        QTRY_VERIFY(f.state() == LinkState::Open);
        auto* client = qobject_cast<ClientConversation*>(&f.conversation());
        client->sendFile(folder.filePath("missing"), {}, std::make_shared<SendProgress>());
        client->sendFile(path, {}, std::make_shared<SendProgress>());
        QTRY_VERIFY2(f.hasLine("->  4.9 KiB  pay load.bin"), qPrintable(f.lines().join('\n')));
        QVERIFY(!f.hasLine("missing"));
        QVERIFY(f.view()->find("PAY LOAD", false));
        QCOMPARE(f.view()->currentIndex().row(), f.lastOf(Kind::Sent));
    }

    void theSenderOfADatagramIsNamedWhereThereAreMany() {
        PageFixture f;
        ClientConfig config;
        config.endpoint = {.transport = Transport::Udp, .host = "239.255.77.1", .port = 9};
        config.datagrams.multicastInterface = "lo";
        f.window.connectClient(config, {});
        QTRY_VERIFY(f.state() == LinkState::Open);
        const auto port = f.conversation().local().section(':', -1).toUShort();
        const TestSocket one = TestSocket::connectUdp(port);
        const TestSocket other = TestSocket::connectUdp(port);
        one.send("first");
        QTRY_VERIFY(f.hasLine(QString("first  from 127.0.0.1:%1").arg(one.port())));
        other.send("second");
        QTRY_VERIFY(f.hasLine(QString("second  from 127.0.0.1:%1").arg(other.port())));
        const QModelIndex mark = f.rows().index(f.lastOf(Kind::Received), Model::MarkColumn);
        QCOMPARE(mark.data().toString(), QString("127.0.0.1:%1").arg(other.port()));
        QCOMPARE(f.rows().headerData(Model::MarkColumn, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QString("From"));
        QCOMPARE(f.conversation().counters().receivedBytes, std::uint64_t{11}); // of all
    }

    void whatEndsAnAttemptIsToldOnce() {
        ToldConversation c;
        Error slow = faultError(Fault::LookupTooSlow, "resolve", "name.example", "10");
        slow.hint.kind = Hint::Kind::CheckResolver;
        const QStringList lookup = c.tell(lifecycle::Closed{CloseReason::Error, slow, {}, {}});
        QCOMPARE(lookup.size(), 1);
        QVERIFY(lookup.front().contains("the name service has not answered within 10 s"));

        ToldConversation refused;
        const Error error = systemError(ECONNREFUSED, "connect", "127.0.0.1:9");
        refused.tell(lifecycle::AttemptFailed{"tcp://127.0.0.1:9", error});
        QCOMPARE(refused.tell(lifecycle::Closed{CloseReason::Error, error, {}, {}}).size(), 1);

        ToldConversation later; // what was reached could not be used
        later.tell(lifecycle::AttemptFailed{"tcp://[::1]:9", error});
        const Error memory = systemError(ENOMEM, "watch", "127.0.0.1:9");
        QVERIFY(later.tell(lifecycle::Closed{CloseReason::Error, memory, {}, {}})
                    .back()
                    .contains("ENOMEM"));
    }

    void manyRowsAreSearchedInSlices() {
        PageFixture f;
        f.connectTo(f.serve());
        f.rows().setRowLimit(100'000);
        constexpr int count = 100'000;
        for (int i = 0; i < count; ++i) {
            const std::string text = "row " + std::to_string(i);
            f.rows().add({.time = SteadyClock::now(),
                          .bytes = text.size(),
                          .sequence = static_cast<std::uint32_t>(i),
                          .kind = TraceKind::MessageOut},
                         bytesOf(text));
        }
        f.rows().commit();
        auto* field = f.find<FindField>("findField");
        field->setText("row nowhere");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!field->property("atFault").toBool()); // it is still being looked for
        QTRY_VERIFY(field->property("atFault").toBool());
        f.choose(f.rows().rowCount() - count); // what follows is far below
        field->setText("row 99990");
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(f.rows().lineText(f.view()->currentIndex().row()).right(9),
                     QString("row 99990"));
        QVERIFY(!field->property("atFault").toBool());
    }

    void theDetailsShowTheWholeBurst() {
        PageFixture f;
        ClientConfig config = f.clientOf(f.serve());
        config.receiveSize = 1000;
        f.window.connectClient(config, {});
        QTRY_VERIFY(f.state() == LinkState::Open);
        std::string text;
        for (int i = 0; i < 500; ++i)
            text += "line " + std::to_string(i) + "\n";
        f.conversation().send(message(text));
        QTRY_COMPARE(f.passed(RecordSide::Received), text.size());
        QTRY_VERIFY(f.lastOf(Kind::Received) >= 0);
        QTRY_COMPARE(f.rows().at(f.lastOf(Kind::Received)).bytes, text.size());
        f.choose(f.lastOf(Kind::Received));
        QTest::keyClick(f.view(), Qt::Key_Return);
        QVERIFY(f.detail());
        QTRY_COMPARE(f.content(), QString::fromStdString(text));
        QCOMPARE(f.note(), QString());
        f.view()->copyPayloads(PayloadForm::Text);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(text));
        QVERIFY(f.click("closeDetail"));
        QVERIFY(!f.detail());
    }

    void aVeryLongLineIsShownInLinesThatFit() {
        PageFixture f;
        const std::string line(3'000'000, 'y');
        f.window.connectClient(f.clientOf(f.serve()), {message(line)});
        QTRY_VERIFY(f.state() == LinkState::Open);
        QTRY_COMPARE(f.passed(RecordSide::Received), line.size());
        QTRY_VERIFY(f.lastOf(Kind::Sent) >= 0);
        f.choose(f.lastOf(Kind::Sent));
        QTest::keyClick(f.view(), Qt::Key_Return);
        QTRY_VERIFY(f.find<LinesView>("contentLines"));
        auto* lines = f.find<LinesView>("contentLines");
        const auto columns = static_cast<std::uint64_t>(lines->columns());
        QTRY_COMPARE(lines->source()->count(), (line.size() + columns - 1) / columns);
        QVERIFY(f.click("contentHex"));
        QCOMPARE(f.find<LinesView>("contentLines")->source()->count(), line.size() / 16);
        QVERIFY(!f.find<QPlainTextEdit>("messageContent"));
    }

    void copiesAreWhatOtherProgramsRead() {
        PageFixture f;
        const std::string bytes = everyByte(2);
        f.window.connectClient(f.clientOf(f.serve()), {message(bytes)});
        QTRY_VERIFY(f.lastOf(Kind::Sent) >= 0);
        f.choose(f.lastOf(Kind::Sent));
        f.view()->copyPayloads(PayloadForm::Hex);
        const auto clipboard = [] { return QGuiApplication::clipboard()->text(); };
        QTRY_COMPARE(QByteArray::fromHex(clipboard().toLatin1()).toStdString(), bytes);
        f.view()->copyPayloads(PayloadForm::PythonBytes);
        QTRY_VERIFY(clipboard().startsWith("b'"));
        QProcess python;
        python.start("python3", {"-c", "import ast,sys;sys.stdout.buffer.write("
                                       "ast.literal_eval(sys.stdin.read()))"});
        python.write(clipboard().toUtf8());
        python.closeWriteChannel();
        if (!python.waitForFinished())
            QSKIP("needs python3");
        QVERIFY(python.readAllStandardOutput().toStdString() == bytes);
    }

    void anAnswerByHttpIsHeadAndBody() {
        const QTemporaryDir folder;
        PageFixture f;
        ServerConfig config{.service = "reply"};
        config.settings.http = true;
        f.window.connectClient(f.clientOf(f.serve(config)),
                               {message("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")});
        QTRY_VERIFY(f.state() == LinkState::Closed);
        QTRY_VERIFY(f.lastOf(Kind::Received) >= 0);
        f.choose(f.lastOf(Kind::Received));
        QTest::keyClick(f.view(), Qt::Key_Return);
        QTRY_COMPARE(f.content(), QString("Yes"));
        auto* fields = f.find<QTableView>("headerFields");
        QVERIFY(fields && fields->model()->rowCount() > 1);
        QVERIFY(f.note().startsWith("body, 3 B"));
        QVERIFY(f.click("saveContent"));
        const QString path = folder.filePath("body");
        f.saveAs(path);
        QCOMPARE(fileContent(path), std::string("Yes"));
        QVERIFY(f.click("contentText"));
        QTRY_VERIFY(f.content().startsWith("HTTP/1.1 200 OK"));
    }

    void eachConnectionOfATabHasItsOwnRecord() {
        PageFixture f;
        const std::uint16_t port = f.serve();
        f.window.connectClient(f.clientOf(port), {message(std::string(1000, 'a'))});
        QTRY_COMPARE(f.passed(RecordSide::Received), 1000u);
        QTRY_VERIFY(f.lastOf(Kind::Received) >= 0);
        const int first = f.lastOf(Kind::Received);
        f.window.tabs().currentPage()->connectNow();
        QTRY_VERIFY(f.state() == LinkState::Open);
        f.conversation().send(message(std::string(900, 'b')));
        QTRY_COMPARE(f.passed(RecordSide::Received), 900u);
        QTRY_VERIFY(f.lastOf(Kind::Received) > first);
        f.choose(first);
        QTest::keyClick(f.view(), Qt::Key_Return);
        QTRY_COMPARE(f.content(), QString(1000, 'a'));
        f.choose(f.lastOf(Kind::Received));
        QTRY_COMPARE(f.content(), QString(900, 'b'));
        f.conversation().model().clear();
        QVERIFY(!f.conversation().record(1));
        QVERIFY(f.conversation().record(2));
    }

    void rowsAreFilteredWhileAPersonTypes() {
        PageFixture f;
        f.window.connectClient(f.clientOf(f.serve(), "line"),
                               {message("alpha"), message("beta"), message("gamma 7")});
        QTRY_COMPARE(f.rows().rowCount(), 7);
        auto* view = f.view();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        auto* field = f.find<QLineEdit>("rowFilter");
        QVERIFY(field);
        QTest::keyClicks(field, "beta");
        QTRY_COMPARE(view->filter()->rowCount(), 2);
        QTRY_COMPARE(f.find<QLabel>("filterCount")->text(), QString("2 of 7 rows"));
        QVERIFY(f.click("filterSent"));
        QTRY_COMPARE(view->filter()->rowCount(), 1);
        f.choose(view->filter()->sourceRow(0));
        field->setText("/(/");
        QVERIFY(f.find<QLabel>("filterCount")->text().startsWith("not an expression"));
        field->setText("/\\d/");
        QTRY_COMPARE(view->filter()->rowCount(), 1);
        QVERIFY(f.click("closeFilter"));
        QCOMPARE(view->filter()->rowCount(), 7);
        QVERIFY(!f.find<QLineEdit>("rowFilter"));
    }

    void timesAndRowsThatAreKeptAreAChoice() {
        const QString path = WindowFixture::freshSettings();
        {
            Settings settings(path);
            ConversationChoices choices(settings);
            QCOMPARE(choices.rowLimit(), 20'000);
            choices.setRowLimit(1000);
            choices.setTime(ConversationChoices::Time::Start);
        }
        PageFixture f;
        Settings settings(path);
        ConversationChoices choices(settings);
        QCOMPARE(choices.rowLimit(), 1000);
        f.window.connectClient(f.clientOf(f.serve(), "line"), {message("a")});
        QTRY_COMPARE(f.rows().rowCount(), 3);
        f.view()->setConversation(f.conversation(), choices);
        QCOMPARE(f.rows().index(0, Model::TimeColumn).data().toString(), QString("+0.000000"));
        for (int i = 0; i < 1500; ++i)
            f.conversation().send(message("b"));
        QTRY_VERIFY(f.rows().droppedRows() > 1000);
        QVERIFY(f.rows().rowCount() <= 1000);
    }

    void anAcceptedConnectionIsKeptFromWhenItsTabIsOpened() {
        PageFixture f;
        const std::uint16_t port = f.serve();
        const TestSocket peer = TestSocket::connectTcp(port);
        peer.send(std::string(1000, 'a'));
        auto& clients = *f.window.servers().at(0).clients;
        QTRY_COMPARE(clients.rowCount(), 1);
        QTRY_COMPARE(clients.at(0).counters.receivedBytes, std::uint64_t{1000});
        QCOMPARE(peer.receive(1000).size(), std::size_t{1000});
        f.window.tabs().openAccepted(clients.at(0).connection, 0);
        QTRY_VERIFY(f.lastOf(Kind::Received) >= 0);
        const int before = f.lastOf(Kind::Received);
        const auto record = f.conversation().record(f.rows().stream());
        QTRY_VERIFY(record && record->isBegun());
        QCOMPARE(record->begun(RecordSide::Received), std::uint64_t{1000});
        f.choose(before);
        QTest::keyClick(f.view(), Qt::Key_Return);
        QTRY_VERIFY(f.note().startsWith("first 256 B of "));
        peer.send(std::string(2000, 'z'));
        QTRY_COMPARE(record->kept(RecordSide::Sent), std::uint64_t{3000});
        std::string kept(2000, '\0');
        for (const auto side : {RecordSide::Received, RecordSide::Sent}) {
            QCOMPARE(record->read(side, 0, std::as_writable_bytes(std::span(kept))).value(),
                     std::size_t{0});
            QCOMPARE(record->read(side, 1000, std::as_writable_bytes(std::span(kept))).value(),
                     std::size_t{2000});
            QCOMPARE(kept, std::string(2000, 'z'));
        }
    }
};

QTEST_MAIN(TestConversationPage)
#include "tst_conversation_page.moc"
