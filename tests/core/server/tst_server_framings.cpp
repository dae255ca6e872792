// What every framing does under every execution model, over streams and datagrams.

#include <algorithm>

#include <QtTest>

#include "core/framing/framings.h"
#include "tests/support/codec_sink.h"
#include "tests/support/model_server.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

ServerConfig configFor(const QByteArray& framing, ServerConfig config = {}) {
    config.model = currentModel();
    config.framing = framing.toStdString();
    return config;
}

std::string framed(const QByteArray& framing, const std::string& content) {
    CodecSinkRecord sink;
    (void)Framing::parse(framing.toStdString())
        ->make(CodecRole::Client)
        ->send({.content = bytesOf(content)}, sink);
    return sink.transmitted;
}

/// 64 bytes, as one of the framings wants it.
std::string contentOf(char c) {
    return std::string(64, c);
}

void addFramings(bool withReady) {
    QTest::addColumn<QByteArray>("framing");
    for (const std::string& framing : framingExamples())
        if (framing != "raw" && (withReady || framing != "ready"))
            QTest::newRow(framing.c_str()) << QByteArray::fromStdString(framing);
}

} // namespace

class TestServerFramings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addModelRows(); }

    void messagesKeepTheirBordersOverStreams_data() { addFramings(false); }

    void messagesKeepTheirBordersOverStreams() {
        QFETCH(QByteArray, framing);
        ModelServer running(configFor(framing));
        const TestSocket client = TestSocket::connectTcp(running.port());
        const std::string stream =
            framed(framing, contentOf('a')) + framed(framing, contentOf('b'));
        client.send(stream); // two messages in one send
        QCOMPARE(client.receive(stream.size()), stream);
        const std::string third = framed(framing, contentOf('c'));
        for (const char byte : third) // and one in many
            client.send(std::string_view(&byte, 1));
        QCOMPARE(client.receive(third.size()), third);
        client.shutdownWrite();
        QCOMPARE(client.receiveToEnd(), std::string());
        EventLog& log = running.log();
        QVERIFY(log.waitFor<lifecycle::Closed>());
        const auto closed = log.first<lifecycle::Closed>();
        QVERIFY(closed.reason == CloseReason::Peer);
        QCOMPARE(closed.counters.receivedMessages, std::uint64_t{3});
        QCOMPARE(closed.counters.sentMessages, std::uint64_t{3});
        QVERIFY(running.stopAndWait());
        const auto in = log.logged(TraceKind::MessageIn);
        const auto out = log.logged(TraceKind::MessageOut);
        QVERIFY(in.size() == 3 && out.size() == 3);
        for (std::size_t i = 0; i < 3; ++i) {
            for (const TraceEvent& event : {in[i].event, out[i].event}) {
                QCOMPARE(event.plainOffset, std::uint64_t{i * third.size()});
                QCOMPARE(event.bytes, std::uint64_t{64});
                QCOMPARE(event.prefixBytes + event.headerBytes + event.bytes + event.suffixBytes,
                         std::uint64_t{third.size()});
            }
        }
        const auto parts = log.logged(TraceKind::MessagePart);
        QVERIFY(!parts.empty()); // of the third
        QCOMPARE(parts.back().event.plainOffset, std::uint64_t{2 * third.size()});
    }

    void anUnfinishedMessageIsAProtocolError_data() { addFramings(false); }

    void anUnfinishedMessageIsAProtocolError() {
        QFETCH(QByteArray, framing);
        ModelServer running(configFor(framing));
        const TestSocket client = TestSocket::connectTcp(running.port());
        const std::string message = framed(framing, contentOf('a'));
        client.send(message + message.substr(0, message.size() - 1));
        QCOMPARE(client.receive(message.size()), message);
        client.shutdownWrite();
        QCOMPARE(client.receiveToEnd(), std::string());
        EventLog& log = running.log();
        QVERIFY(log.waitFor<lifecycle::Closed>());
        QCOMPARE(log.first<lifecycle::ProtocolError>().reason,
                 std::string("the peer left a message unfinished"));
        QVERIFY(log.first<lifecycle::Closed>().reason == CloseReason::Protocol);
    }

    void datagramsHoldOneMessageEach_data() { addFramings(false); }

    void datagramsHoldOneMessageEach() {
        QFETCH(QByteArray, framing);
        ModelServer running(configFor(framing, udpConfig()));
        const TestSocket client = TestSocket::connectUdp(running.port());
        const std::string message = framed(framing, contentOf('a'));
        client.send(message);
        QCOMPARE(client.receiveSome(), message);
        client.send(message + message);
        client.send(message.substr(0, message.size() - 1));
        client.send("");
        QVERIFY(running.log().waitFor<lifecycle::ProtocolError>(3));
        client.send(message); // the next finds it as new
        QCOMPARE(client.receiveSome(), message);
    }

    void readyOffersAndWaits() {
        ServerConfig config = configFor("ready");
        config.service = "reply";
        config.settings.reply = "answer";
        ModelServer running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("one");
        QCOMPARE(client.receive(16), std::string("Ready|0000000006"));
        client.send("Start");
        QCOMPARE(client.receive(6), std::string("answer"));
        client.send("two");
        QCOMPARE(client.receive(16), std::string("Ready|0000000006"));
        client.send("Stop!");
        QCOMPARE(client.receiveToEnd(), std::string());
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QCOMPARE(running.log().first<lifecycle::ProtocolError>().reason,
                 std::string("the client has not answered Ready with Start"));
    }

    void theAnswerComesBeforeTheClose_data() { addFramings(true); }

    void theAnswerComesBeforeTheClose() {
        QFETCH(QByteArray, framing);
        ServerConfig config = configFor(framing);
        config.service = "reply";
        config.settings.reply = contentOf('r');
        config.closeAfterReply = true;
        ModelServer running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        if (framing != "ready") {
            client.send(framed(framing, contentOf('q')));
            const std::string answer = client.receiveToEnd();
            QVERIFY(answer.ends_with(contentOf('r')) ||
                    answer.find(contentOf('r')) != std::string::npos);
            return;
        }
        client.send("q");
        QCOMPARE(client.receive(16), std::string("Ready|0000000064"));
        client.send("Start");
        QCOMPARE(client.receiveToEnd(), contentOf('r'));
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Local);
    }

    void aStopLetsReadyEnd() {
        ServerConfig config = configFor("ready");
        config.service = "reply";
        ModelServer running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("q");
        QCOMPARE(client.receive(16), std::string("Ready|0000000003"));
        running.server().stop();
        client.send("Start");
        QCOMPARE(client.receiveToEnd(), std::string("Yes"));
        QVERIFY(running.log().waitFor<lifecycle::Stopped>());
    }

    void aCloseAfterABrokenRequestSaysSo() {
        ServerConfig config = configFor("message");
        config.service = "message";
        ModelServer running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send(framed("message", "{bad"));
        // The header is text/plain by default: not JSON, and no broken request.
        QVERIFY(client.receiveToEnd().find("First 10 bytes") != std::string::npos);
        const TestSocket other = TestSocket::connectTcp(running.port());
        CodecSinkRecord sink;
        const std::vector<HeaderField> header{{"content-type", "text/json"}};
        (void)Framing::parse("message")
            ->make(CodecRole::Client)
            ->send({.content = bytesOf("{bad"), .header = header}, sink);
        other.send(sink.transmitted);
        QVERIFY(other.receiveToEnd().find("Error: ") != std::string::npos);
        QVERIFY(running.log().waitFor<lifecycle::Closed>(2));
        auto closed = running.log().all<lifecycle::Closed>();
        // What two threads tell comes in either order.
        std::ranges::sort(closed, {},
                          [](const LifecycleEvent& event) { return event.connection.number; });
        QVERIFY(std::get<lifecycle::Closed>(closed[0].what).reason == CloseReason::Local);
        QVERIFY(std::get<lifecycle::Closed>(closed[1].what).reason == CloseReason::Protocol);
    }

    void whatTheFramingCannotCarryIsToldAndNotSent() {
        ServerConfig config = configFor("line");
        config.service = "reply";
        config.settings.reply = "two\nlines";
        ModelServer running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("x\n");
        QVERIFY(running.log().waitFor<lifecycle::Failed>());
        QVERIFY(running.log().first<lifecycle::Failed>().error.is(Fault::HoldsDelimiter));
        QCOMPARE(client.receiveToEnd(), std::string()); // it would wait for ever
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Error);
    }

    void aMessageOverTheLimitEndsItsConnection_data() {
        QTest::addColumn<QByteArray>("framing");
        for (const char* framing : {"line", "nul", "length:u16be", "raw"})
            QTest::newRow(framing) << QByteArray(framing);
    }

    void aMessageOverTheLimitEndsItsConnection() {
        QFETCH(QByteArray, framing);
        ServerConfig config = configFor(framing);
        config.settings.maxMessage = 63;
        ModelServer running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send(framed(framing, contentOf('a')));
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Limit);
        QVERIFY(running.log().first<lifecycle::LimitReached>().error.is(Fault::MessageTooLong));
    }

    void aHandsAnswerHasItsHeader() {
        ServerConfig config = configFor("message");
        config.service = "manual";
        ModelServer running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send(framed("message", "question"));
        QVERIFY(running.log().waitUntil(
            [&] { return !running.log().logged(TraceKind::MessageIn).empty(); }));
        const OwnedMessage answer{{std::byte{'a'}}, {{"content-type", "text/x"}}};
        running.server().send(1, 0, answer);
        CodecSinkRecord sink;
        CodecSinkRecord expected;
        (void)Framing::parse("message")->make(CodecRole::Client)->send(answer.view(), expected);
        QCOMPARE(client.receive(expected.transmitted.size()), expected.transmitted);
    }
};

QTEST_GUILESS_MAIN(TestServerFramings)
#include "tst_server_framings.moc"
