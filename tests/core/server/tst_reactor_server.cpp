#include <cerrno>
#include <filesystem>
#include <set>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/select.h>

#include <QtTest>

#include "core/server/execution_models.h"
#include "tests/support/event_log.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

/// A server of the current model, started; events in the log.
class Running {
public:
    explicit Running(ServerConfig config = {},
                     TraceBatch::Detail detail = TraceBatch::Detail::WakeUps) {
        config.model = std::string(pollerName(currentPoller()));
        for (Endpoint& endpoint : config.listen) {
            if (endpoint.port == 65432)
                endpoint.port = 0;
        }
        m_server =
            findExecutionModel(config.model)
                ->make({.id = 1, .config = config, .outbox = &m_log.outbox(), .detail = detail});
        if (!m_server->start())
            qFatal("start");
    }

    EventLog& log() { return m_log; }
    Server& server() { return *m_server; }
    std::uint16_t port() {
        if (!m_log.waitFor<lifecycle::Listening>())
            throw std::runtime_error("not listening");
        return m_log.port();
    }
    bool stopAndWait() {
        m_server->stop();
        return m_log.waitFor<lifecycle::Stopped>();
    }

private:
    EventLog m_log;
    std::unique_ptr<Server> m_server;
};

ServerConfig udpConfig() {
    ServerConfig config;
    config.listen = {{.transport = Transport::Udp, .host = "127.0.0.1", .port = 0}};
    return config;
}

} // namespace

class TestReactorServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addPollerRows(); }

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

    void servesManyConnectionsOnSeveralLoops() {
        ServerConfig config;
        config.loops = 3;
        Running running(config);
        // Which loop accepts is the scheduler's choice; with enough bursts it is not always one.
        std::vector<TestSocket> clients;
        const auto loopsAtWork = [&] {
            std::set<std::uint32_t> loops;
            for (const WakeUp& wakeUp : running.log().wakeUps()) {
                if (wakeUp.readable > 0)
                    loops.insert(wakeUp.loop);
            }
            return loops.size();
        };
        for (int burst = 0; burst < 10 && (burst == 0 || loopsAtWork() < 2); ++burst) {
            for (int i = 0; i < 60; ++i)
                clients.push_back(TestSocket::connectTcp(running.port()));
            for (int round = 0; round < 3; ++round) {
                for (const TestSocket& client : clients)
                    client.send("round " + std::to_string(round));
                for (const TestSocket& client : clients)
                    QCOMPARE(client.receive(7), "round " + std::to_string(round));
            }
        }
        QVERIFY(loopsAtWork() >= 2);
        QVERIFY(running.stopAndWait());
        QCOMPARE(running.log().totals().closed, std::uint64_t{clients.size()});
    }

    void keepsItsLimitOverAllLoops() {
        ServerConfig config;
        config.loops = 3;
        config.maxConnections = 10;
        Running running(config);
        std::vector<TestSocket> clients;
        for (int i = 0; i < 60; ++i)
            clients.push_back(TestSocket::connectTcp(running.port()));
        QVERIFY(running.log().waitUntil([&] {
            const ServerTotals totals = running.log().totals();
            return totals.accepted + totals.rejected == 60;
        }));
        QCOMPARE(running.log().totals().accepted, std::uint64_t{10});
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
        Running running;
        const TestSocket one = TestSocket::connectTcp(running.port());
        const TestSocket two = TestSocket::connectTcp(running.port());
        const TestSocket three = TestSocket::connectTcp(running.port());
        QVERIFY(running.log().waitFor<lifecycle::Accepted>(3));
        const ByteView text = bytesOf("from the server");
        running.server().send(1, 0, {text.begin(), text.end()});
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
        running.server().send(1, 1, {text.begin(), text.end()});
        QCOMPARE(client.receiveSome(), std::string("again"));
    }

    void sendsWhatIsQueuedBeforeItStops() {
        Running running;
        const TestSocket client = TestSocket::connectTcp(running.port());
        const std::string text = patternOf(2 << 20);
        QVERIFY(running.log().waitFor<lifecycle::Accepted>());
        const ByteView bytes = bytesOf(text);
        running.server().send(1, 0, {bytes.begin(), bytes.end()});
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
        running.server().send(1, 0, {bytes.begin(), bytes.end()});
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

    void wakesUpAtItsInterval() {
        ServerConfig config;
        config.pollInterval = 10ms;
        Running running(config);
        (void)running.port();
        EventLog& log = running.log();
        QVERIFY(log.waitUntil([&] {
            const auto wakeUps = log.wakeUps();
            return std::ranges::count(wakeUps, true, &WakeUp::timedOut) >= 3;
        }));
    }

    void selectRejectsWhatItCannotWatch() {
        if (currentPoller() != PollerKind::Select)
            QSKIP("only select has this limit");
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        if (limit.rlim_max < 2100)
            QSKIP("the limit of descriptors is too low for this");
        limit.rlim_cur = 2100;
        ::setrlimit(RLIMIT_NOFILE, &limit);
        Running running;
        (void)running.port(); // what it needs itself is open
        // Fill the numbers below the limit, so that the next accepted one is above it.
        std::vector<UniqueFd> filling;
        while (filling.empty() || filling.back().get() < FD_SETSIZE)
            filling.emplace_back(::fcntl(0, F_DUPFD_CLOEXEC, 0));
        const TestSocket client = TestSocket::connectTcp(running.port());
        QCOMPARE(client.receiveToEnd(), std::string());
        QVERIFY(running.log().waitFor<lifecycle::Rejected>());
        QCOMPARE(reasonText(running.log().first<lifecycle::Rejected>().error),
                 std::string("select cannot watch a descriptor of 1024 or above"));
        filling.clear();
        const TestSocket served = TestSocket::connectTcp(running.port());
        served.send("below");
        QCOMPARE(served.receive(5), std::string("below"));
    }

    void comesAndGoesWithoutLeavingAnything() {
        const auto descriptors = [] {
            return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
        };
        (void)descriptors();
        const auto before = descriptors();
        for (int i = 0; i < 20; ++i) {
            Running running;
            const TestSocket client = TestSocket::connectTcp(running.port());
            client.send("x");
            (void)client.receive(1);
            QVERIFY(running.stopAndWait());
        }
        QCOMPARE(descriptors(), before);
    }
};

QTEST_GUILESS_MAIN(TestReactorServer)
#include "tst_reactor_server.moc"
