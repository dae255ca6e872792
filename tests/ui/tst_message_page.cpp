// A client tab that speaks in messages: real widgets, real sockets.

#include <QLabel>
#include <QTableView>

#include "tests/ui/window_fixture.h"
#include "ui/clients/lines_view.h"
#include "ui/clients/stream_panel.h"
#include "ui/common/formats.h"

using namespace sscope;
using namespace sscope::test;
using Model = ConversationModel;

namespace {

OwnedMessage search(const std::string& value) {
    const std::string text = "{\"action\": \"search\", \"value\": \"" + value + "\"}";
    const ByteView view = bytesOf(text);
    return {.content = {view.begin(), view.end()},
            .header = {{"content-type", "text/json"}, {"content-encoding", "utf-8"}}};
}

ServerConfig messageServer() {
    ServerConfig config{.service = "message"};
    config.settings.keepOpen = true;
    return config;
}

ClientConfig clientOf(std::uint16_t port, std::string_view framing = "message") {
    return {.endpoint = {.host = "127.0.0.1", .port = port},
            .framing = Framing::parse(framing).value()};
}

struct PageFixture : WindowFixture {
    QString cell(int row, int column) { return rows().index(row, column).data().toString(); }
    QString summary() { return find<QLabel>("streamSummary")->text(); }
    /// Messages in one direction.
    int count(ConversationRow::Kind kind) {
        int all = 0;
        for (int row = 0; row < rows().rowCount(); ++row)
            all += rows().at(row).kind == kind ? 1 : 0;
        return all;
    }
    int received() { return count(ConversationRow::Kind::Received); }
};

} // namespace

class TestMessagePage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threeMessagesWithAPauseAreThreeRowsAndAStrip() {
        PageFixture f;
        ClientConfig config = clientOf(f.serve(messageServer()));
        config.sendPause = std::chrono::milliseconds(30);
        f.window.connectClient(config, {search("morpheus"), search("🐶"), search("neo")});
        QTRY_COMPARE(f.received(), 3);
        QVERIFY(f.hasLine("Follow the white rabbit"));
        QVERIFY(f.hasLine("No match for 'neo'."));
        const int last = f.rows().rowCount() - 1;
        QCOMPARE(f.cell(last, Model::NumberColumn), QString("3"));
        QCOMPARE(f.cell(last, Model::TypeColumn), QString("text/json"));
        QCOMPARE(f.cell(last, Model::MarkColumn), QString("3"));
        QVERIFY(f.find<QLabel>("streamSummary"));
        QVERIFY(f.summary().endsWith("3 receive(s), 3 message(s)"));
        QVERIFY(f.click("streamSent"));
        QVERIFY(f.summary().endsWith("3 send(s), 3 message(s)"));
        QCOMPARE(f.find<QLineEdit>("streamPause")->text(), QString("30 ms"));
    }

    void aRowAndTheStripChooseEachOther() {
        PageFixture f;
        f.window.connectClient(clientOf(f.serve(messageServer())),
                               {search("morpheus"), search("ring")});
        QTRY_COMPARE(f.received(), 2);
        auto* strip = f.find<StreamStrip>("streamStrip");
        auto* view = f.find<ConversationView>("conversationView");
        strip->setFocus();
        QTest::keyClick(strip, Qt::Key_Home);
        QCOMPARE(strip->selectedMessage(), std::uint64_t{1});
        QCOMPARE(f.rows().at(view->currentIndex().row()).number, std::uint64_t{1});
        QVERIFY(f.find<QPlainTextEdit>("messageContent")->toPlainText().contains("rabbit"));
        auto* tip = f.window.findChild<QWidget*>("streamTip");
        QVERIFY(tip && tip->isVisible());
        QVERIFY(strip->accessibleDescription().contains("message 1"));
        QTest::keyClick(strip, Qt::Key_Right);
        QCOMPARE(strip->selectedMessage(), std::uint64_t{2});
        QTest::keyClick(strip, Qt::Key_Up); // its receive
        QTest::keyClick(strip, Qt::Key_Escape);
        QVERIFY(!tip->isVisible());
        auto* fields = f.find<QTableView>("headerFields");
        QCOMPARE(fields->model()->rowCount(), 4);
        // And the other way round, also to what was sent.
        for (int row = 0; row < f.rows().rowCount(); ++row) {
            if (f.rows().at(row).kind == ConversationRow::Kind::Sent)
                view->selectRow(row);
        }
        QVERIFY(strip->isSent());
        QCOMPARE(strip->selectedMessage(), std::uint64_t{2});
        QVERIFY(f.click("contentHex"));
        QVERIFY(f.find<QPlainTextEdit>("messageContent")->toPlainText().startsWith("00000000  7b"));
    }

    void aSmallReceiveSizeCutsMessagesAtOnce() {
        PageFixture f;
        f.window.connectClient(clientOf(f.serve(messageServer())), {search("morpheus")});
        QTRY_COMPARE(f.received(), 1);
        auto* size = f.find<QLineEdit>("streamReceiveSize");
        QCOMPARE(size->text(), QString("64 KiB"));
        size->setText("64");
        QTest::keyClick(size, Qt::Key_Return);
        QCOMPARE(size->text(), QString("64 B"));
        f.type("{\"action\": \"search\", \"value\": \"ring\"}");
        QTRY_COMPARE(f.received(), 2);
        QTRY_VERIFY(f.cell(f.rows().rowCount() - 1, Model::MarkColumn).endsWith("cut"));
        size->setText("none");
        QTest::keyClick(size, Qt::Key_Return);
        QVERIFY(size->property("atFault").toBool());
    }

    void theSideOfTheServerHasItsFramingToo() {
        PageFixture f;
        f.window.connectClient(clientOf(f.serve(messageServer())), {search("morpheus")});
        QTRY_COMPARE(f.received(), 1);
        const ServerEntry& server = f.window.servers().at(0);
        QTRY_COMPARE(server.clients->rowCount(), 1);
        f.window.tabs().openAccepted(server.clients->at(0).connection, 0);
        QVERIFY(f.rows().isFramed());
        QCOMPARE(f.find<QLabel>("framingName")->text(), QString("Framing message"));
        QCOMPARE(f.received(), 1);
        QVERIFY(f.hasLine("morpheus"));
        QVERIFY(!f.find<QLineEdit>("streamReceiveSize")); // a client's only
    }

    void theFramingFieldIsReadAndRefusedInWords() {
        PageFixture f;
        const std::uint16_t port = f.serve();
        f.window.tabs().addClient();
        auto* framing = f.find<QComboBox>("framing");
        framing->setEditText("nonsense");
        f.find<QComboBox>("endpoint")->setEditText(QString("127.0.0.1:%1").arg(port));
        QVERIFY(f.click("connectButton"));
        QVERIFY(f.messageText().contains("nonsense"));
        framing->setEditText("ready");
        f.find<QComboBox>("transport")->setCurrentText("udp");
        QVERIFY(f.click("connectButton"));
        QVERIFY(f.messageText().contains("udp"));
        f.find<QComboBox>("transport")->setCurrentText("tcp");
        framing->setEditText("fixed:3");
        QVERIFY(f.click("connectButton"));
        QTRY_VERIFY(f.state() == LinkState::Open);
        f.type("abc");
        QTRY_VERIFY(f.hasLine("<-  3 B  abc"));
        // Another one is for the next connection.
        framing->setEditText("line");
        QVERIFY(f.messageText().contains("line"));
        QVERIFY(f.clickMessage("Connect again"));
        QTRY_COMPARE(QString::fromStdString(f.rows().framing().text()), QString("line"));
    }

    void aLongMessageIsShownWhole() {
        PageFixture f;
        OwnedMessage message{.content = std::vector<std::byte>(12'288, std::byte{'x'}),
                             .header = {{"content-type", "text/plain"}}};
        f.window.connectClient(clientOf(f.serve({.framing = "message"})), {message});
        QTRY_COMPARE(f.received(), 1);
        f.find<ConversationView>("conversationView")->selectRow(f.rows().rowCount() - 1);
        QTRY_VERIFY(f.find<LinesView>("contentLines")); // a line too long for an edit
        auto* lines = f.find<LinesView>("contentLines");
        const auto columns = [&] { return static_cast<std::uint64_t>(lines->columns()); };
        QTRY_COMPARE(lines->source()->count(), (12'288 + columns() - 1) / columns());
        QCOMPARE(f.find<QLabel>("contentNote")->text(), QString());
    }

    void aReceiveOfABurstCanBeChosen() {
        PageFixture f;
        ClientConfig config = clientOf(f.serve(), "raw");
        config.receiveSize = 10;
        f.window.connectClient(config, {});
        QTRY_VERIFY(f.state() == LinkState::Open);
        QVERIFY(f.click("streamToggle"));
        f.type(QString(99, 'x'));
        auto* strip = f.find<StreamStrip>("streamStrip");
        QTRY_COMPARE(f.rows().track(false).callCount(), std::uint64_t{10});
        QTRY_COMPARE(f.received(), 1);
        strip->setFocus();
        QTest::keyClick(strip, Qt::Key_End);
        QTest::keyClick(strip, Qt::Key_Left);
        QCOMPARE(strip->selectedMessage(), std::uint64_t{9});
        const int row = f.find<ConversationView>("conversationView")->currentIndex().row();
        QCOMPARE(f.rows().at(row).receives, 10u);
    }

    void datagramsHaveDetailsAndNoStream() {
        PageFixture f;
        ServerConfig config = messageServer();
        config.listen.front().transport = Transport::Udp;
        ClientConfig client = clientOf(f.serve(config));
        client.endpoint.transport = Transport::Udp;
        f.window.connectClient(client, {search("morpheus"), search("neo")});
        QTRY_COMPARE(f.received(), 2);
        QVERIFY(!f.find<StreamStrip>("streamStrip"));
        f.find<ConversationView>("conversationView")->selectRow(f.rows().rowCount() - 1);
        QVERIFY(f.find<QPlainTextEdit>("messageContent")->toPlainText().contains("result"));
        QVERIFY(f.click("streamToggle"));
        QVERIFY(!f.find<QPlainTextEdit>("messageContent"));
    }

    void aFloodIsCountedExactlyOrItsGapIsSaid() {
        PageFixture f;
        f.window.connectClient(clientOf(f.serve({.service = "chargen"}), "line"), {});
        QTRY_VERIFY(f.received() > 100);
        Conversation& conversation = f.window.tabs().currentPage()->conversation();
        const StreamTrack& track = f.rows().track(false);
        auto* strip = f.find<StreamStrip>("streamStrip");
        strip->setFocus();
        for (int i = 0; i < 20; ++i) { // the keys are heard meanwhile
            const std::uint64_t before = track.messageCount();
            QTest::keyClick(strip, i % 3 == 0 ? Qt::Key_Home : Qt::Key_Right);
            QTest::keyClick(strip, i % 2 == 0 ? Qt::Key_Minus : Qt::Key_Plus);
            QTRY_VERIFY(track.messageCount() > before);
        }
        conversation.closeConnection(false);
        QTRY_VERIFY(f.state() == LinkState::Closed);
        const Counters& counters = conversation.counters();
        const auto isExact = [&] {
            return track.bytes() == counters.receivedBytes &&
                   track.messageCount() == counters.receivedMessages;
        };
        QTRY_VERIFY(isExact() || track.hasGaps());
        QCOMPARE(f.summary().contains("some of it is not known"), track.hasGaps());
        QVERIFY(f.summary().contains(countText(track.messageCount()) + " message(s)"));
        QVERIFY(track.calls().size() <= StreamTrack::mostRanges);
        QTest::keyClick(strip, Qt::Key_End);
        QCOMPARE(strip->selectedMessage(), track.messages().back().number);
    }

    void rawHasTheStripOnDemand() {
        PageFixture f;
        f.connectTo(f.serve());
        QVERIFY(!f.find<StreamStrip>("streamStrip"));
        f.type("hello");
        QTRY_VERIFY(f.hasLine("<-  6 B  hello"));
        QTest::keyClick(f.find<QPlainTextEdit>("messageEdit"), Qt::Key_M, Qt::ControlModifier);
        QVERIFY(f.find<StreamStrip>("streamStrip"));
        QVERIFY(f.summary().startsWith("6 B, 1 receive(s); "));
        QVERIFY(f.click("streamToggle"));
        QVERIFY(!f.find<StreamStrip>("streamStrip"));
    }
};

QTEST_MAIN(TestMessagePage)
#include "tst_message_page.moc"
