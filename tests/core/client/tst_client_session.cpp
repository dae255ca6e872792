#include <cerrno>

#include <QtTest>

#include "core/client/client_session.h"
#include "tests/support/event_log.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

struct Heard : ClientObserver {
    void attemptFailed(const std::string& address, const Error&) override {
        failedAddresses.push_back(address);
    }
    void connected(const std::string& localEnd, const std::string& peerEnd) override {
        local = localEnd;
        peer = peerEnd;
    }
    void bytesSent(std::size_t count) override { sent += count; }
    void messageReceived(const Message& message) override {
        received.emplace_back(textOf(message.content));
    }
    void peerFinished() override { finished = true; }
    void failed(const Error& error) override { failures.push_back(error); }
    void ended(CloseReason why, const Error& error) override {
        reason = why;
        endError = error;
    }

    std::vector<std::string> failedAddresses;
    std::string local;
    std::string peer;
    std::size_t sent = 0;
    std::vector<std::string> received;
    bool finished = false;
    std::vector<Error> failures;
    std::optional<CloseReason> reason;
    Error endError;
};

struct Fixture {
    explicit Fixture(const Endpoint& endpoint) : Fixture(ClientConfig{.endpoint = endpoint}) {}
    explicit Fixture(const ClientConfig& config)
        : loop(TraceBatch(&log.outbox(), TraceBatch::Detail::Log)),
          session(loop, {7, 1}, config, &heard) {
        session.start();
    }
    bool connect() {
        return loop.runUntil([&] { return session.isConnected(); });
    }

    EventLog log;
    Loop loop;
    Heard heard;
    ClientSession session;
};

} // namespace

class TestClientSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addPollerRows(); }

    void talksOverTcp() {
        const TestSocket server = TestSocket::listenTcp();
        Fixture f({.host = "127.0.0.1", .port = server.port()});
        QVERIFY(f.connect());
        const TestSocket accepted = server.accept();
        f.session.send(bytesOf("question"));
        QCOMPARE(accepted.receive(8), std::string("question"));
        accepted.send("answer");
        QVERIFY(f.loop.runUntil([&] { return !f.heard.received.empty(); }));
        QCOMPARE(f.heard.received[0], std::string("answer"));
        QCOMPARE(f.heard.sent, std::size_t{8});
        QCOMPARE(f.heard.peer, "tcp://127.0.0.1:" + std::to_string(server.port()));
        QVERIFY(f.log.all<lifecycle::Connected>().size() == 1);
        f.session.close();
        QVERIFY(f.heard.reason == CloseReason::Local);
        QCOMPARE(accepted.receiveToEnd(), std::string());
    }

    void talksOverUdp() {
        const TestSocket server = TestSocket::bindUdp();
        Fixture f({.transport = Transport::Udp, .host = "127.0.0.1", .port = server.port()});
        QVERIFY(f.connect());
        f.session.send(bytesOf("ping"));
        QCOMPARE(server.receiveSome(), std::string("ping"));
        f.session.send(ByteView());
        QCOMPARE(server.receiveSome(), std::string());
        f.session.close();
        QVERIFY(f.heard.reason == CloseReason::Local);
    }

    void tellsEachAddressThatFailed() {
        TestSocket server = TestSocket::listenTcp();
        const std::uint16_t port = server.port();
        server.close();
        Fixture f({.host = "localhost", .port = port});
        QVERIFY(f.loop.runUntil([&] { return f.heard.reason.has_value(); }));
        QVERIFY(f.heard.reason == CloseReason::Error);
        QVERIFY(f.heard.endError.isErrno(ECONNREFUSED));
        QVERIFY(!f.heard.failedAddresses.empty());
        QVERIFY(f.log.waitFor<lifecycle::AttemptFailed>(f.heard.failedAddresses.size()));
        QVERIFY(!f.session.isConnected() && f.session.hasEnded());
    }

    void endsWhenTheServerEnds() {
        const TestSocket server = TestSocket::listenTcp();
        Fixture f({.host = "127.0.0.1", .port = server.port()});
        QVERIFY(f.connect());
        TestSocket accepted = server.accept();
        accepted.send("last words");
        accepted.close();
        QVERIFY(f.loop.runUntil([&] { return f.heard.reason.has_value(); }));
        QVERIFY(f.heard.reason == CloseReason::Peer);
        QVERIFY(f.heard.finished);
        QCOMPARE(f.heard.received.at(0), std::string("last words"));
    }

    void halfClosesAndStillReceives() {
        const TestSocket server = TestSocket::listenTcp();
        Fixture f({.host = "127.0.0.1", .port = server.port()});
        QVERIFY(f.connect());
        const TestSocket accepted = server.accept();
        f.session.send(bytesOf("all"));
        f.session.finishSending();
        QCOMPARE(accepted.receiveToEnd(), std::string("all"));
        accepted.send("still");
        QVERIFY(f.loop.runUntil([&] { return !f.heard.received.empty(); }));
        QVERIFY(!f.heard.reason);
        QVERIFY(f.log.all<lifecycle::HalfClosed>().size() == 1);
    }

    void resetsAndIsReset() {
        const TestSocket server = TestSocket::listenTcp();
        Fixture f({.host = "127.0.0.1", .port = server.port()});
        QVERIFY(f.connect());
        TestSocket accepted = server.accept();
        f.session.reset();
        QVERIFY(accepted.isReset());
        Fixture g({.host = "127.0.0.1", .port = server.port()});
        QVERIFY(g.connect());
        accepted = server.accept();
        accepted.reset();
        QVERIFY(g.loop.runUntil([&] { return g.heard.reason.has_value(); }));
        QVERIFY(g.heard.reason == CloseReason::Reset);
        QVERIFY(g.heard.endError.isErrno(ECONNRESET));
    }

    void canBeClosedBeforeItIsConnected() {
        const TestSocket server = TestSocket::listenTcp();
        Fixture f({.host = "127.0.0.1", .port = server.port()});
        f.session.close();
        QVERIFY(f.heard.reason == CloseReason::Local);
        f.loop.runOnce();
        f.loop.runOnce();
        QVERIFY(!f.session.isConnected());
    }

    void udpGoesOnAfterARefusal() {
        TestSocket server = TestSocket::bindUdp();
        const std::uint16_t port = server.port();
        server.close();
        Fixture f({.transport = Transport::Udp, .host = "127.0.0.1", .port = port});
        QVERIFY(f.connect());
        f.session.send(bytesOf("anybody?"));
        QVERIFY(f.loop.runUntil([&] { return !f.heard.failures.empty(); }));
        QVERIFY(f.heard.failures[0].isErrno(ECONNREFUSED));
        QVERIFY(!f.heard.reason);
    }

    void framesWhatItSendsAndReadsMessages() {
        const TestSocket server = TestSocket::listenTcp();
        Fixture f(ClientConfig{.endpoint = {.host = "127.0.0.1", .port = server.port()},
                               .framing = *Framing::parse("length:u8")});
        QVERIFY(f.connect());
        const TestSocket accepted = server.accept();
        f.session.send(bytesOf("question"));
        QCOMPARE(accepted.receive(9), std::string("\10question"));
        accepted.send("\3one\3two");
        QVERIFY(f.loop.runUntil([&] { return f.heard.received.size() == 2; }));
        QCOMPARE(f.heard.received[1], std::string("two"));
        f.session.send(bytesOf(std::string(256, 'x'))); // more than it can carry
        QCOMPARE(f.heard.failures.size(), std::size_t{1});
        QVERIFY(f.heard.failures[0].is(Fault::MessageTooLong));
        QVERIFY(!f.session.hasEnded());
    }

    void aServerThatBreaksTheProtocolIsLeft_data() {
        QTest::addColumn<QByteArray>("framing");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("message") << QByteArray("message") << QByteArray("HTTP/1.1 400\r\n");
        QTest::newRow("ready") << QByteArray("ready") << QByteArray("Go|5");
        QTest::newRow("length") << QByteArray("length:u32be") << QByteArray("\x7f\xff\xff\xff");
    }

    void aServerThatBreaksTheProtocolIsLeft() {
        QFETCH(QByteArray, framing);
        QFETCH(QByteArray, bytes);
        const TestSocket server = TestSocket::listenTcp();
        Fixture f(ClientConfig{.endpoint = {.host = "127.0.0.1", .port = server.port()},
                               .framing = *Framing::parse(framing.toStdString())});
        QVERIFY(f.connect());
        TestSocket accepted = server.accept();
        accepted.send(bytes.toStdString());
        accepted.shutdownWrite();
        QVERIFY(f.loop.runUntil([&] { return f.heard.reason.has_value(); }));
        QVERIFY(f.heard.reason == CloseReason::Protocol || f.heard.reason == CloseReason::Limit);
        QVERIFY(!reasonText(f.heard.endError).empty());
        QVERIFY(f.heard.received.empty());
    }

    void receivesAsMuchAtATimeAsIsAsked() {
        const TestSocket server = TestSocket::listenTcp();
        Fixture f({.host = "127.0.0.1", .port = server.port()});
        QVERIFY(f.connect());
        const TestSocket accepted = server.accept();
        f.session.setReceiveSize(3); // while it is open
        accepted.send("abcdefg");
        QVERIFY(f.loop.runUntil([&] { return f.heard.received.size() == 3; }));
        QVERIFY((f.heard.received == std::vector<std::string>{"abc", "def", "g"}));
    }

    void pausesBetweenMessages() {
        const TestSocket server = TestSocket::listenTcp();
        Fixture f(ClientConfig{.endpoint = {.host = "127.0.0.1", .port = server.port()},
                               .sendPause = std::chrono::hours(1)});
        QVERIFY(f.connect());
        const TestSocket accepted = server.accept();
        for (const char* text : {"one", "two", "three", "four"})
            f.session.send(bytesOf(text));
        QCOMPARE(accepted.receiveSome(), std::string("one"));
        QVERIFY(!f.session.canSend());
        f.session.setSendPause(std::chrono::milliseconds(1)); // while they wait
        QVERIFY(f.loop.runUntil([&] { return f.heard.sent == 15; }));
        QCOMPARE(accepted.receive(12), std::string("twothreefour"));
        f.session.setSendPause(std::chrono::hours(1));
        f.session.send(bytesOf("five"));
        f.session.send(bytesOf("six"));
        f.session.close(); // what waits is sent first
        QVERIFY(f.loop.runUntil([&] { return f.session.hasEnded(); }));
        QCOMPARE(accepted.receiveToEnd(), std::string("fivesix"));
    }
};

QTEST_GUILESS_MAIN(TestClientSession)
#include "tst_client_session.moc"
