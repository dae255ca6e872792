#include <cerrno>

#include <sys/resource.h>
#include <sys/select.h>

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
    void lookupStarted(const std::string& name) override { lookedUp = name; }
    void notGranted(const Error& error) override { refusedOptions.push_back(error); }
    void datagramReceived(const std::string& from, std::size_t, std::size_t realSize) override {
        senders.push_back(from);
        realSizes.push_back(realSize);
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
    std::string lookedUp;
    std::vector<Error> refusedOptions;
    std::vector<std::string> senders;
    std::vector<std::size_t> realSizes;
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

    void aLoopWithoutRoomForItsDatagramsEndsIt() {
        if (currentPoller() != PollerKind::Select)
            QSKIP("only select(2) has a descriptor that is too large");
        const TestSocket server = TestSocket::bindUdp();
        Fixture f({.transport = Transport::Udp, .host = "127.0.0.1", .port = server.port()});
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = std::max<rlim_t>(limit.rlim_cur, FD_SETSIZE + 64);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
        std::vector<UniqueFd> taken;
        while (taken.empty() || taken.back().get() < FD_SETSIZE)
            taken.emplace_back(::dup(server.fd()));
        QVERIFY(f.loop.runUntil([&] { return f.heard.reason.has_value(); }));
        QVERIFY(f.heard.reason == CloseReason::Error);
        static_cast<Reactor&>(f.loop).timers().expire(SteadyClock::now() + std::chrono::hours(1));
        QVERIFY(f.session.hasEnded()); // and nothing of it is looked at any more
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

    void countsItsDatagrams() {
        const TestSocket server = TestSocket::bindUdp();
        const auto figures = std::make_shared<SharedDatagramFigures>();
        Fixture f(ClientConfig{.endpoint = udpTo(server), .receiveSize = 4, .figures = figures});
        QVERIFY(f.connect());
        for (const char* text : {"", "1", "2", "longer"})
            f.session.send(bytesOf(text));
        QVERIFY(f.loop.runUntil([&] { return f.heard.sent == 8; }));
        for (const char* text : {"2", "1", "1", "longer", "other"})
            sendTo(server, f.heard.local, text);
        QVERIFY(f.loop.runUntil([&] { return f.heard.received.size() == 5; }));
        QCOMPARE(f.heard.received[3], std::string("long"));
        QCOMPARE(f.heard.realSizes[3], std::size_t{6});
        f.session.close();
        const DatagramFigures expected{.sent = 4,
                                       .received = 5,
                                       .echoed = 3,
                                       .lost = 1, // the empty one
                                       .reordered = 1,
                                       .duplicated = 1,
                                       .foreign = 1,
                                       .truncated = 2};
        QCOMPARE(f.session.datagramFigures(), expected);
        QCOMPARE(figures->load(), expected);
        QCOMPARE(f.log.all<lifecycle::LimitReached>().size(), std::size_t{2});
    }

    void namesWhatIsReportedByIcmp() {
        TestSocket server = TestSocket::bindUdp();
        const Endpoint endpoint = udpTo(server);
        server.close();
        Fixture f(endpoint);
        QVERIFY(f.connect());
        for (int i = 0; i < 100; ++i)
            f.session.send(bytesOf("anybody?"));
        QVERIFY(f.loop.runUntil([&] { return f.heard.failures.size() == 100; }));
        const Error& error = f.heard.failures[0];
        QVERIFY(error.isErrno(ECONNREFUSED));
        QCOMPARE(error.operation, std::string("send"));
        QCOMPARE(error.report.message, std::string("ICMP port unreachable (type 3, code 3)"));
        QCOMPARE(error.report.host, std::string("127.0.0.1"));
        QCOMPARE(f.heard.sent, std::size_t{800}); // none is lost for another's refusal
        QCOMPARE(f.session.datagramFigures().icmpErrors, std::uint64_t{100});
        const auto told = f.log.all<lifecycle::Failed>().size();
        QVERIFY(told > 0 && told <= 32); // a flood is counted
    }

    void hearsWhoAnswersWhereManyCan() {
        const TestSocket server = TestSocket::bindUdp();
        const TestSocket other = TestSocket::bindUdp();
        Fixture f(ClientConfig{.endpoint = udpTo(server), .datagrams = {.broadcast = true}});
        QVERIFY(f.connect());
        f.session.send(bytesOf("who?"));
        QCOMPARE(server.receiveSome(), std::string("who?"));
        sendTo(server, f.heard.local, "I");
        sendTo(other, f.heard.local, "and I");
        QVERIFY(f.loop.runUntil([&] { return f.heard.received.size() == 2; }));
        QCOMPARE(f.heard.senders[0], "udp://127.0.0.1:" + std::to_string(server.port()));
        QCOMPARE(f.heard.senders[1], "udp://127.0.0.1:" + std::to_string(other.port()));
        const auto received = f.log.logged(TraceKind::Received);
        QCOMPARE(received.size(), std::size_t{2});
        QVERIFY(received[0].event.peer != 0);
        QVERIFY(received[0].event.peer != received[1].event.peer);
    }

    void bindsAUnixPathForItsAnswers() {
        const std::string path = temporaryPath("server");
        const std::string own = temporaryPath("client");
        const UniqueFd server = std::move(*openDatagramSocket(
            Transport::Unixgram, *SocketAddress::fromUnixPath(path), false, {}));
        Fixture f(ClientConfig{.endpoint = {.transport = Transport::Unixgram, .path = path},
                               .local = Endpoint{.transport = Transport::Unixgram, .path = own}});
        QVERIFY(f.connect());
        QCOMPARE(f.heard.local, "unixgram:" + own);
        QVERIFY(QFile::exists(QString::fromStdString(own)));
        f.session.close();
        QVERIFY(f.heard.reason == CloseReason::Local);
        QVERIFY(!QFile::exists(QString::fromStdString(own)));
    }

    void tellsThatALookUpHasStarted() {
        const TestSocket server = TestSocket::listenTcp();
        Fixture f({.host = "localhost", .port = server.port()});
        QCOMPARE(f.heard.lookedUp, std::string("localhost"));
        QVERIFY(f.connect());
        QCOMPARE(f.log.first<lifecycle::LookupStarted>().name, std::string("localhost"));
    }

    void tellsWhatTheKernelDoesNotGrant() {
        const TestSocket server = TestSocket::listenTcp();
        ClientConfig config{.endpoint = {.host = "127.0.0.1", .port = server.port()}};
        config.options.keepaliveSeconds = 40'000; // TCP_KEEPIDLE: 1 to 32767
        config.options.noDelay = false;
        Fixture f(config);
        QVERIFY(f.connect());
        QCOMPARE(f.heard.refusedOptions.size(), std::size_t{1});
        const Error& error = f.heard.refusedOptions[0];
        QVERIFY(error.is(Fault::OptionNotGranted));
        QCOMPARE(error.subject, std::string("TCP_KEEPIDLE 40000"));
        QCOMPARE(f.log.all<lifecycle::LimitReached>().size(), std::size_t{1});
    }

private:
    static Endpoint udpTo(const TestSocket& server) {
        return {.transport = Transport::Udp, .host = "127.0.0.1", .port = server.port()};
    }
    /// to is a printed endpoint; its host may be any.
    static void sendTo(const TestSocket& from, const std::string& to, std::string_view text) {
        auto address = *SocketAddress::fromNumeric("127.0.0.1", parseEndpoint(to)->port);
        ::sendto(from.fd(), text.data(), text.size(), 0, address.data(), address.length());
    }
};

QTEST_GUILESS_MAIN(TestClientSession)
#include "tst_client_session.moc"
