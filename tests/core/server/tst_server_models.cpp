// What every execution model does alike.

#include <cerrno>
#include <filesystem>
#include <thread>

#include <fcntl.h>
#include <sys/socket.h>

#include <QtTest>

#include "tests/support/model_server.h"
#include "tests/support/process_info.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

/// Under the current model.
class Running : public ModelServer {
public:
    explicit Running(ServerConfig config = {}) : ModelServer(withModel(std::move(config))) {}

private:
    static ServerConfig withModel(ServerConfig config) {
        config.model = currentModel();
        return config;
    }
};

/// Of this process, and of those that serve for it.
std::size_t openDescriptors() {
    return processInfo(::getpid()).descriptors;
}

} // namespace

class TestServerModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addModelRows(); }

    void echoesOverTcp() {
        Running running;
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("Hello, world");
        QCOMPARE(client.receive(12), std::string("Hello, world"));
        const std::string text = patternOf(3 << 20);
        std::thread sender([&] { client.send(text); });
        QVERIFY(client.receive(text.size()) == text);
        sender.join();
        QVERIFY(running.stopAndWait());
    }

    void tellsTheLifeOfAConnection() {
        Running running;
        TestSocket client = TestSocket::connectTcp(running.port());
        const std::string peer = "tcp://127.0.0.1:" + std::to_string(client.port());
        client.send("abc");
        (void)client.receive(3);
        client.close();
        EventLog& log = running.log();
        QVERIFY(log.waitFor<lifecycle::Closed>());
        const auto accepted = log.first<lifecycle::Accepted>();
        QCOMPARE(accepted.peer, peer);
        QCOMPARE(accepted.local, "tcp://127.0.0.1:" + std::to_string(log.port()));
        const auto closed = log.first<lifecycle::Closed>();
        QVERIFY(closed.reason == CloseReason::Peer);
        QVERIFY((closed.counters == Counters{3, 3, 1, 1}));
        QCOMPARE(log.all<lifecycle::Accepted>()[0].connection.number, 1u);
        QCOMPARE(log.totals().accepted, std::uint64_t{1});
        QCOMPARE(log.totals().closed, std::uint64_t{1});
        QVERIFY((log.totals().counters == Counters{3, 3, 1, 1}));
    }

    void tracesEachReceiveAndMessage() {
        Running running;
        const TestSocket client = TestSocket::connectTcp(running.port());
        for (const char* text : {"one", "two", "three"}) {
            client.send(text);
            (void)client.receive(std::string_view(text).size());
        }
        EventLog& log = running.log();
        QVERIFY(log.waitUntil([&] { return log.logged(TraceKind::Sent).size() == 3; }));
        const auto received = log.logged(TraceKind::Received);
        const auto out = log.logged(TraceKind::MessageOut);
        QCOMPARE(received.size(), std::size_t{3});
        QCOMPARE(received[2].event.plainOffset, std::uint64_t{6});
        QCOMPARE(received[2].head, std::string("three"));
        QCOMPARE(log.logged(TraceKind::MessageIn).size(), std::size_t{3});
        QCOMPARE(out[2].head, std::string("three"));
        QVERIFY(received[2].event.time <= out[2].event.time);
        QVERIFY(received[2].event.sequence < out[2].event.sequence);
    }

    void echoesDatagramsAndCountsThem() {
        Running running(udpConfig());
        const TestSocket client = TestSocket::connectUdp(running.port());
        const TestSocket other = TestSocket::connectUdp(running.port());
        client.send("ping");
        QCOMPARE(client.receiveSome(), std::string("ping"));
        client.send("");
        QCOMPARE(client.receiveSome(), std::string());
        other.send("other");
        QCOMPARE(other.receiveSome(), std::string("other"));
        EventLog& log = running.log();
        const auto listening = log.first<lifecycle::Listening>();
        QVERIFY(listening.isDatagram && listening.receiveBuffer > 0);
        QCOMPARE(log.all<lifecycle::Listening>()[0].connection.number, 1u);
        QVERIFY(log.waitUntil([&] { return (log.countersOf({1, 1}) == Counters{9, 9, 3, 3}); }));
        QVERIFY((log.countersOf({1, 1}, 1) == Counters{4, 4, 2, 2}));
        QVERIFY((log.countersOf({1, 1}, 2) == Counters{5, 5, 1, 1}));
        QVERIFY(running.stopAndWait());
        QVERIFY((log.first<lifecycle::Closed>().counters == Counters{9, 9, 3, 3}));
        QVERIFY(log.all<lifecycle::Accepted>().empty());
    }

    void echoesOverUnixSockets() {
        const std::string path = temporaryPath("echo");
        ServerConfig config;
        config.listen = {{.transport = Transport::Unix, .path = path}};
        Running running(config);
        QVERIFY(running.log().waitFor<lifecycle::Listening>());
        QCOMPARE(running.log().first<lifecycle::Listening>().endpoint, "unix:" + path);
        const TestSocket client = TestSocket::connectUnix(path);
        client.send("hello");
        QCOMPARE(client.receive(5), std::string("hello"));
        QVERIFY(running.stopAndWait());
        QVERIFY(!std::filesystem::exists(path));
    }

    void listensOnSeveralEndpoints() {
        ServerConfig config;
        config.listen = {{.host = "127.0.0.1", .port = 0},
                         {.transport = Transport::Udp, .host = "127.0.0.1", .port = 0},
                         {.host = "localhost", .port = 0}};
        Running running(config);
        EventLog& log = running.log();
        QVERIFY(log.waitFor<lifecycle::Listening>(3));
        QVERIFY(!log.all<lifecycle::Resolved>().empty()); // of the name only
        for (const LifecycleEvent& event : log.all<lifecycle::Listening>()) {
            const auto& listening = std::get<lifecycle::Listening>(event.what);
            const auto endpoint = parseEndpoint(listening.endpoint);
            QVERIFY(endpoint && endpoint->port != 0);
        }
    }

    void aDatagramSocketIsNoConnection() {
        ServerConfig config;
        config.maxConnections = 1;
        config.listen = {{.transport = Transport::Udp, .host = "127.0.0.1", .port = 0},
                         {.transport = Transport::Tcp, .host = "127.0.0.1", .port = 0}};
        Running running(config);
        QVERIFY(running.log().waitUntil(
            [&] { return running.log().all<lifecycle::Listening>().size() == 2; }));
        const auto tcp =
            std::get<lifecycle::Listening>(running.log().all<lifecycle::Listening>()[1].what);
        const TestSocket client = TestSocket::connectTcp(parseEndpoint(tcp.endpoint)->port);
        client.send("x");
        QCOMPARE(client.receive(1), std::string("x"));
    }

    void rejectsBeyondItsLimit() {
        if (currentModel() == "iterative")
            QSKIP("it serves one at a time");
        ServerConfig config;
        config.maxConnections = 2;
        Running running(config);
        const TestSocket one = TestSocket::connectTcp(running.port());
        const TestSocket two = TestSocket::connectTcp(running.port());
        one.send("x");
        (void)one.receive(1);
        two.send("x");
        (void)two.receive(1);
        const TestSocket three = TestSocket::connectTcp(running.port());
        QCOMPARE(three.receiveToEnd(), std::string());
        QVERIFY(running.log().waitFor<lifecycle::Rejected>());
        QCOMPARE(reasonText(running.log().first<lifecycle::Rejected>().error),
                 std::string("the limit of 2 connections is reached"));
        QCOMPARE(running.log().totals().rejected, std::uint64_t{1});
        one.send("still served");
        QCOMPARE(one.receive(12), std::string("still served"));
    }

    void closesAnIdleConnection() {
        ServerConfig config;
        config.idleTimeout = 80ms;
        Running running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        QCOMPARE(client.receiveToEnd(), std::string());
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Idle);
        QCOMPARE(reasonText(running.log().first<lifecycle::LimitReached>().error),
                 std::string("idle for 0.08 s"));
    }

    void aPeerThatNeverReadsCostsNoMoreThanTheQueue() {
        if (currentModel() == "iterative")
            QSKIP("it serves one at a time");
        ServerConfig config;
        config.maxQueue = 256 << 10;
        Running running(config);
        const TestSocket greedy = TestSocket::connectTcp(running.port());
        ::fcntl(greedy.fd(), F_SETFL, O_NONBLOCK);
        const std::string chunk(64 << 10, 'x');
        std::size_t pushed = 0;
        for (int stuck = 0; stuck < 50;) {
            const ssize_t count = ::send(greedy.fd(), chunk.data(), chunk.size(), MSG_NOSIGNAL);
            stuck = count > 0 ? 0 : stuck + 1;
            pushed += count > 0 ? static_cast<std::size_t>(count) : 0;
            std::this_thread::sleep_for(1ms); // the server's turn, on another thread
        }
        const Counters counters = running.log().countersOf({1, 1});
        // What was received and not sent again is what waits here.
        QVERIFY(counters.receivedBytes - counters.sentBytes <= (256u << 10) / 2 + (64u << 10));
        QVERIFY(pushed > counters.receivedBytes);
        const TestSocket other = TestSocket::connectTcp(running.port());
        other.send("others are served");
        QCOMPARE(other.receive(17), std::string("others are served"));
    }

    void tellsAResetByThePeer() {
        Running running;
        TestSocket client = TestSocket::connectTcp(running.port());
        client.send("x");
        (void)client.receive(1);
        client.reset();
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        const auto closed = running.log().first<lifecycle::Closed>();
        QVERIFY(closed.reason == CloseReason::Reset);
        QVERIFY(closed.error.isErrno(ECONNRESET));
    }

    void answersWhatAHalfClosedPeerStillWants() {
        Running running;
        const TestSocket client = TestSocket::connectTcp(running.port());
        const std::string text = patternOf(1 << 20);
        std::thread sender([&] {
            client.send(text);
            client.shutdownWrite();
        });
        QVERIFY(client.receiveToEnd() == text);
        sender.join();
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Peer);
    }

    void sendsClosesAndResetsWhenAsked() {
        if (currentModel() == "iterative")
            QSKIP("it serves one at a time");
        Running running;
        const TestSocket one = TestSocket::connectTcp(running.port());
        const TestSocket two = TestSocket::connectTcp(running.port());
        const TestSocket three = TestSocket::connectTcp(running.port());
        QVERIFY(running.log().waitFor<lifecycle::Accepted>(3));
        const ByteView text = bytesOf("from the server");
        running.server().send(1, 0, {.content = {text.begin(), text.end()}});
        QCOMPARE(one.receive(15), std::string("from the server"));
        running.server().finishSending(1);
        QCOMPARE(one.receiveToEnd(), std::string());
        running.server().closeConnection(2, false);
        QCOMPARE(two.receiveToEnd(), std::string());
        running.server().closeConnection(3, true);
        QVERIFY(three.isReset());
        running.server().send(77, 0, {}); // nobody; nothing happens
        QVERIFY(running.log().waitFor<lifecycle::Closed>(2));
    }

    void answersADatagramPeerWhenAsked() {
        Running running(udpConfig());
        const TestSocket client = TestSocket::connectUdp(running.port());
        client.send("x");
        (void)client.receiveSome();
        const ByteView text = bytesOf("again");
        running.server().send(1, 1, {.content = {text.begin(), text.end()}});
        QCOMPARE(client.receiveSome(), std::string("again"));
    }

    void sendsWhatIsQueuedBeforeItStops() {
        Running running;
        const TestSocket client = TestSocket::connectTcp(running.port());
        const std::string text = patternOf(2 << 20);
        QVERIFY(running.log().waitFor<lifecycle::Accepted>());
        const ByteView bytes = bytesOf(text);
        running.server().send(1, 0, {.content = {bytes.begin(), bytes.end()}});
        running.server().stop();
        QVERIFY(client.receiveToEnd() == text);
        QVERIFY(running.log().waitFor<lifecycle::Stopped>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Local);
    }

    void doesNotWaitForAPeerThatDoesNotReadForLong() {
        Running running;
        const TestSocket client = TestSocket::connectTcp(running.port());
        QVERIFY(running.log().waitFor<lifecycle::Accepted>());
        const std::string text = patternOf(32 << 20);
        const ByteView bytes = bytesOf(text);
        running.server().send(1, 0, {.content = {bytes.begin(), bytes.end()}});
        QVERIFY(running.stopAndWait()); // after two seconds
    }

    void servesOnceAndStops() {
        ServerConfig config;
        config.once = true;
        Running running(config);
        const std::uint16_t port = running.port();
        {
            const TestSocket client = TestSocket::connectTcp(port);
            client.send("only one");
            QCOMPARE(client.receive(8), std::string("only one"));
            QVERIFY_EXCEPTION_THROWN(TestSocket::connectTcp(port), std::runtime_error);
        }
        QVERIFY(running.log().waitFor<lifecycle::Stopped>());
        ServerConfig udp = udpConfig();
        udp.once = true;
        Running datagrams(udp);
        const TestSocket client = TestSocket::connectUdp(datagrams.port());
        client.send("only one");
        QCOMPARE(client.receiveSome(), std::string("only one"));
        QVERIFY(datagrams.log().waitFor<lifecycle::Stopped>());
    }

    void aPortInUseFailsTheStart() {
        const TestSocket taken = TestSocket::listenTcp();
        ServerConfig config;
        config.listen = {{.host = "127.0.0.1", .port = 0},
                         {.host = "127.0.0.1", .port = taken.port()}};
        Running running(config);
        QVERIFY(running.log().waitFor<lifecycle::StartFailed>());
        const auto failed = running.log().first<lifecycle::StartFailed>();
        QVERIFY(failed.error.isErrno(EADDRINUSE) && !failed.isUsage);
        QVERIFY(running.log().all<lifecycle::Listening>().empty()); // all or nothing
    }

    void aPublicAddressNeedsLeave() {
        ServerConfig config;
        config.listen = {{.host = "0.0.0.0", .port = 0}};
        Running refused(config);
        QVERIFY(refused.log().waitFor<lifecycle::StartFailed>());
        const auto failed = refused.log().first<lifecycle::StartFailed>();
        QVERIFY(failed.isUsage && failed.error.is(Fault::NotAllowedInPublic));
        config.allowPublic = true;
        Running allowed(config);
        QVERIFY(allowed.log().waitFor<lifecycle::Listening>());
        QVERIFY(allowed.log().first<lifecycle::Listening>().isPublic);
    }

    void everyAddressIsDualStack() {
        ServerConfig config;
        config.listen = {{.host = "*", .port = 0}};
        config.allowPublic = true;
        Running running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("v4");
        QCOMPARE(client.receive(2), std::string("v4"));
        QVERIFY(running.log().waitFor<lifecycle::Accepted>());
        // An IPv4 peer of a dual-stack socket is printed as IPv4.
        QCOMPARE(running.log().first<lifecycle::Accepted>().peer,
                 "tcp://127.0.0.1:" + std::to_string(client.port()));
    }

    void comesAndGoesWithoutLeavingAnything() {
        (void)openDescriptors();
        const auto before = openDescriptors();
        for (int i = 0; i < 20; ++i) {
            Running running;
            const TestSocket client = TestSocket::connectTcp(running.port());
            client.send("x");
            (void)client.receive(1);
            QVERIFY(running.stopAndWait());
        }
        QCOMPARE(openDescriptors(), before);
    }

    void echoesUnixDatagrams() {
        const std::string path = temporaryPath("echo");
        ServerConfig config;
        config.listen = {{.transport = Transport::Unixgram, .path = path}};
        Running running(config);
        QVERIFY(running.log().waitFor<lifecycle::Listening>());
        const TestSocket client = TestSocket::connectUnixDatagram(path);
        for (const char* text : {"one", "", "three"}) {
            client.send(text);
            QCOMPARE(client.receiveSome(), std::string(text));
        }
        QVERIFY(running.stopAndWait());
        QVERIFY(!std::filesystem::exists(path));
    }

    void echoesOnAnAbstractName() {
        ServerConfig config;
        config.listen = {
            {.transport = Transport::Unix,
             .path = "@socketscope-test-" + std::to_string(::getpid()) + currentModel()}};
        Running running(config);
        QVERIFY(running.log().waitFor<lifecycle::Listening>());
        const TestSocket client = TestSocket::connectUnix(config.listen[0].path);
        client.send("hello");
        QCOMPARE(client.receive(5), std::string("hello"));
    }

    void echoesOverIpv6() {
        ServerConfig config;
        config.listen = {{.host = "::1", .port = 0}};
        Running running(config);
        const TestSocket client = TestSocket::connectTcp(running.port(), true);
        client.send("six");
        QCOMPARE(client.receive(3), std::string("six"));
        QVERIFY(running.log().waitFor<lifecycle::Accepted>());
        QCOMPARE(running.log().first<lifecycle::Accepted>().peer,
                 "tcp://[::1]:" + std::to_string(client.port()));
    }

    void closesTheDescriptorsThatAPeerPasses() {
        const std::string path = temporaryPath("passed");
        ServerConfig config;
        config.listen = {{.transport = Transport::Unix, .path = path}};
        Running running(config);
        QVERIFY(running.log().waitFor<lifecycle::Listening>());
        const TestSocket client = TestSocket::connectUnix(path);
        client.send("x");
        (void)client.receive(1);
        const auto before = openDescriptors();
        for (int i = 0; i < 20; ++i) {
            client.sendDescriptor(STDERR_FILENO, "with it");
            QCOMPARE(client.receive(7), std::string("with it"));
        }
        QCOMPARE(openDescriptors(), before);
    }

    void rejectsBeyondTheLimitOfASource() {
        if (currentModel() == "iterative")
            QSKIP("it serves one at a time");
        ServerConfig config;
        config.maxPerSource = 1;
        config.listen = {{.host = "127.0.0.1", .port = 0}};
        Running running(config);
        {
            const TestSocket one = TestSocket::connectTcp(running.port());
            one.send("x");
            (void)one.receive(1);
            const TestSocket two = TestSocket::connectTcp(running.port());
            QCOMPARE(two.receiveToEnd(), std::string());
            QVERIFY(running.log().waitFor<lifecycle::Rejected>());
            QCOMPARE(reasonText(running.log().first<lifecycle::Rejected>().error),
                     std::string("the limit of 1 connections from one source is reached"));
        }
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        // Its place is free again.
        QVERIFY(running.log().waitUntil([&] { return echoes(running.port()); }));
    }

    void closesAfterTheFirstReply() {
        ServerConfig config;
        config.closeAfterReply = true;
        Running running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("one");
        QCOMPARE(client.receiveToEnd(), std::string("one"));
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Local);
    }

    void refusesAMessageOverTheCap() {
        ServerConfig config;
        config.settings.maxMessage = 8;
        config.listen.push_back({.transport = Transport::Udp, .host = "127.0.0.1", .port = 0});
        Running running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("12345678");
        QCOMPARE(client.receive(8), std::string("12345678"));
        client.send("123456789");
        QCOMPARE(client.receiveToEnd(), std::string());
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Limit);
        QCOMPARE(reasonText(running.log().first<lifecycle::LimitReached>().error),
                 std::string("a message is longer than 8 bytes"));
        const auto listening = running.log().all<lifecycle::Listening>();
        const auto udp = std::get<lifecycle::Listening>(listening.at(1).what);
        const TestSocket datagrams = TestSocket::connectUdp(parseEndpoint(udp.endpoint)->port);
        datagrams.send("123456789");
        datagrams.send("short");
        QCOMPARE(datagrams.receiveSome(), std::string("short"));
    }

private:
    static bool echoes(std::uint16_t port) {
        try {
            const TestSocket client = TestSocket::connectTcp(port);
            client.send("again");
            return client.receiveSome() == "again";
        } catch (const std::runtime_error&) {
            return false; // rejected
        }
    }
};

QTEST_GUILESS_MAIN(TestServerModels)
#include "tst_server_models.moc"
