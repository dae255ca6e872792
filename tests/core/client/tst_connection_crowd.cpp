#include <cerrno>
#include <set>

#include <sys/resource.h>

#include <QtTest>

#include "core/client/crowd_run.h"
#include "core/server/execution_models.h"
#include "tests/support/event_log.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

std::vector<std::byte> bytes(std::string_view text) {
    const ByteView view = bytesOf(text);
    return {view.begin(), view.end()};
}

/// An epoll server on a thread of its own.
class EchoServer {
public:
    explicit EchoServer(Endpoint endpoint, const std::string& framing = "raw",
                        const std::string& service = "echo") {
        ServerConfig config;
        config.listen = {std::move(endpoint)};
        config.model = "epoll";
        config.service = service;
        config.framing = framing;
        m_server = findExecutionModel(config.model)
                       ->make({.id = 1,
                               .config = config,
                               .outbox = &m_log.outbox(),
                               .detail = TraceBatch::Detail::Lifecycle});
        if (!m_server->start() || !m_log.waitFor<lifecycle::Listening>())
            qFatal("no server");
    }

    std::uint16_t port() { return m_log.port(); }
    EventLog& log() { return m_log; }

private:
    EventLog m_log;
    std::unique_ptr<Server> m_server;
};

CrowdConfig configFor(const Endpoint& endpoint, std::uint32_t connections) {
    CrowdConfig config{.client = {.endpoint = endpoint}, .connections = connections};
    config.plan.messages = {{.content = bytes("Message 1 from client.")},
                            {.content = bytes("Message 2 from client.")}};
    config.plan.bytesReturn = true;
    config.plan.wait = std::chrono::seconds(10);
    return config;
}

Endpoint tcp(std::uint16_t port) {
    return {.host = "127.0.0.1", .port = port};
}

/// Runs a crowd to its end.
class Finished {
public:
    explicit Finished(CrowdConfig config) : run(std::move(config)) {
        if (!run.start())
            qFatal("start");
        wait();
    }
    bool wait() {
        const TimePoint limit = SteadyClock::now() + std::chrono::seconds(60);
        while (!run.progress().snapshot().isOver && SteadyClock::now() < limit)
            QTest::qWait(5);
        now = run.progress().snapshot();
        results = run.progress().results(0);
        return now.isOver;
    }

    CrowdRun run;
    CrowdSnapshot now;
    std::vector<CrowdResult> results;
};

} // namespace

class TestConnectionCrowd : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }

    void anAddressThatIsNotOursIsNotTriedAgain() {
        EchoServer server(tcp(0));
        CrowdConfig config = configFor(tcp(server.port()), 3);
        config.client.local = Endpoint{.host = "192.0.2.1"};
        config.client.connectTimeout = std::chrono::hours(1);
        Finished f(std::move(config));
        QVERIFY(f.now.isOver);
        QCOMPARE(f.now.failed, 3u);
        QCOMPARE(f.now.reasons.size(), std::size_t{1});
        QVERIFY(f.now.reasons[0].error.isErrno(EADDRNOTAVAIL));
    }

    void eachConnectionGetsItsBytesBack() {
        EchoServer server(tcp(0));
        Finished f(configFor(tcp(server.port()), 500));
        QVERIFY(f.now.isOver);
        QCOMPARE(f.now.done, 500U);
        QCOMPARE(f.now.failed, 0U);
        QCOMPARE(f.now.open, 0U);
        QCOMPARE(f.now.connecting, 0U);
        QCOMPARE(f.now.waiting, 0U);
        QCOMPARE(f.now.sentBytes, std::uint64_t{500 * 44});
        QCOMPARE(f.now.receivedBytes, std::uint64_t{500 * 44});
        QCOMPARE(f.results.size(), std::size_t{500});
        std::set<std::uint32_t> numbers;
        std::set<std::string> locals;
        for (const CrowdResult& result : f.results) {
            QVERIFY(result.end == ExchangeEnd::Done);
            QCOMPARE(result.receivedBytes, std::uint64_t{44});
            QCOMPARE(result.peer, tcp(server.port()).text());
            QVERIFY(result.lasted > Duration::zero());
            numbers.insert(result.connection);
            locals.insert(result.local);
        }
        QCOMPARE(numbers.size(), std::size_t{500});
        QCOMPARE(*numbers.rbegin(), 500U);
        QCOMPARE(locals.size(), std::size_t{500});
    }

    void repeatsTheListForEach() {
        EchoServer server(tcp(0));
        CrowdConfig config = configFor(tcp(server.port()), 3);
        config.plan.repeat = 4;
        Finished f(config);
        QCOMPARE(f.now.done, 3U);
        QCOMPARE(f.now.receivedBytes, std::uint64_t{3 * 4 * 44});
    }

    void togetherAllAreOpenBeforeTheFirstSends() {
        EchoServer server(tcp(0));
        CrowdConfig config = configFor(tcp(server.port()), 400);
        config.together = true;
        Finished f(config);
        QCOMPARE(f.now.done, 400U);
        QCOMPARE(f.now.mostOpen, 400U);
    }

    void framingsCountReplies() {
        EchoServer server(tcp(0), "length:u16be");
        CrowdConfig config = configFor(tcp(server.port()), 20);
        config.client.framing = *Framing::parse("length:u16be");
        config.plan.bytesReturn = false;
        Finished f(config);
        QCOMPARE(f.now.done, 20U);
        for (const CrowdResult& result : f.results)
            QCOMPARE(result.replies, std::uint64_t{2});
    }

    void datagramsAndUnixSocketsWorkToo_data() {
        QTest::addColumn<int>("transport");
        for (const Transport transport : {Transport::Udp, Transport::Unix, Transport::Unixgram})
            QTest::newRow(transportName(transport).data()) << static_cast<int>(transport);
    }

    void datagramsAndUnixSocketsWorkToo() {
        QFETCH(int, transport);
        Endpoint endpoint{.transport = static_cast<Transport>(transport), .host = "127.0.0.1"};
        if (isUnix(endpoint.transport))
            endpoint = {.transport = endpoint.transport, .path = temporaryPath("crowd.sock")};
        EchoServer server(endpoint);
        if (!isUnix(endpoint.transport))
            endpoint.port = server.port();
        CrowdConfig config = configFor(endpoint, 300); // over a Unix socket's backlog
        config.plan.bytesReturn = !isDatagram(endpoint.transport);
        Finished f(config);
        QCOMPARE(f.now.done, 300U);
        QCOMPARE(f.now.receivedBytes, std::uint64_t{300 * 44});
    }

    void failuresAreGroupedByReason() {
        TestSocket gone = TestSocket::listenTcp();
        const std::uint16_t port = gone.port();
        gone.close();
        Finished f(configFor(tcp(port), 70));
        QCOMPARE(f.now.failed, 70U);
        QCOMPARE(f.now.reasons.size(), std::size_t{1});
        QCOMPARE(f.now.reasons[0].connections, 70U);
        QVERIFY(f.now.reasons[0].end == ExchangeEnd::NetworkSaidNo);
        QVERIFY(f.now.reasons[0].error.isErrno(ECONNREFUSED));
        QVERIFY(f.now.reasons[0].error.hint.kind == Hint::Kind::NothingListens);
        for (const CrowdResult& result : f.results) {
            QCOMPARE(result.reason, 0U);
            QVERIFY(result.local.empty());
        }
    }

    void aNameIsLookedUpOnceAndItsAddressesAreTriedInTurn() {
        EchoServer server(tcp(0)); // not at ::1, which localhost may mean first
        Finished f(configFor({.host = "localhost", .port = server.port()}, 50));
        QCOMPARE(f.now.done, 50U);
        QVERIFY(f.now.reasons.empty());
    }

    void anUnknownNameFailsAll() {
        Finished f(configFor({.host = "no-such-host.invalid", .port = 1}, 5));
        QCOMPARE(f.now.failed, 5U);
        QCOMPARE(f.results.size(), std::size_t{5});
        QCOMPARE(f.now.reasons.size(), std::size_t{1});
        QCOMPARE(f.now.reasons[0].error.operation, std::string("resolve"));
    }

    void silenceTimesOutForEach() {
        const TestSocket silent = TestSocket::listenTcp(); // accepts nobody, answers nobody
        CrowdConfig config = configFor(tcp(silent.port()), 5);
        config.plan.wait = std::chrono::milliseconds(100);
        Finished f(config);
        QCOMPARE(f.now.failed, 5U);
        QVERIFY(f.now.reasons.at(0).end == ExchangeEnd::TimedOut);
        QVERIFY(!f.now.reasons.at(0).error.code);
        for (const CrowdResult& result : f.results)
            QCOMPARE(result.sentBytes, std::uint64_t{44});
    }

    void aPeerThatClosesEarlyIsTold() {
        const TestSocket listener = TestSocket::listenTcp();
        CrowdRun run(configFor(tcp(listener.port()), 1));
        QVERIFY(run.start().has_value());
        TestSocket accepted = listener.accept();
        QCOMPARE(accepted.receive(44).size(), std::size_t{44});
        accepted.send("only this");
        accepted.close();
        QTRY_VERIFY(run.progress().snapshot().isOver);
        const CrowdSnapshot now = run.progress().snapshot();
        QVERIFY(now.reasons.at(0).end == ExchangeEnd::PeerClosed);
        QCOMPARE(now.receivedBytes, std::uint64_t{9});
    }

    void aResetIsAReasonOfItsOwn() {
        const TestSocket listener = TestSocket::listenTcp();
        CrowdRun run(configFor(tcp(listener.port()), 2));
        QVERIFY(run.start().has_value());
        TestSocket first = listener.accept();
        TestSocket second = listener.accept();
        second.send(second.receive(44));
        QCOMPARE(first.receive(44).size(), std::size_t{44});
        first.reset();
        QTRY_VERIFY(run.progress().snapshot().isOver);
        const CrowdSnapshot now = run.progress().snapshot();
        QCOMPARE(now.done, 1U);
        QCOMPARE(now.failed, 1U);
        QVERIFY(now.reasons.at(0).error.isErrno(ECONNRESET));
    }

    void aBrokenProtocolIsTold() {
        const TestSocket listener = TestSocket::listenTcp();
        CrowdConfig config = configFor(tcp(listener.port()), 1);
        config.client.framing = *Framing::parse("message");
        config.plan.bytesReturn = false;
        CrowdRun run(config);
        QVERIFY(run.start().has_value());
        TestSocket accepted = listener.accept();
        accepted.send("HTTP/1.1 400 Bad Request\r\n\r\n");
        accepted.shutdownWrite();
        QTRY_VERIFY(run.progress().snapshot().isOver);
        QVERIFY(run.progress().snapshot().reasons.at(0).end == ExchangeEnd::ProtocolBroken);
    }

    void canBeCancelled() {
        const TestSocket silent = TestSocket::listenTcp();
        CrowdConfig config = configFor(tcp(silent.port()), 5000);
        CrowdRun run(config);
        QVERIFY(run.start().has_value());
        QTRY_VERIFY(run.progress().snapshot().open > 0);
        run.cancel();
        QTRY_VERIFY(run.progress().snapshot().isOver);
        const CrowdSnapshot now = run.progress().snapshot();
        QCOMPARE(now.cancelled, 5000U);
        QCOMPARE(now.open + now.connecting + now.waiting, 0U);
        run.cancel(); // again: nothing
    }

    void canBeLeftInTheMiddle() {
        EchoServer server(tcp(0));
        CrowdRun run(configFor(tcp(server.port()), 2000));
        QVERIFY(run.start().has_value());
        QTRY_VERIFY(run.progress().snapshot().done > 0);
    }

    void fewerDescriptorsMakeOthersWaitForTheirTurn() {
        EchoServer server(tcp(0));
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        rlimit few = before;
        few.rlim_cur = 160;
        ::setrlimit(RLIMIT_NOFILE, &few);
        Finished f(configFor(tcp(server.port()), 400));
        CrowdConfig together = configFor(tcp(server.port()), 400);
        together.together = true;
        Finished g(together);
        ::setrlimit(RLIMIT_NOFILE, &before);
        QCOMPARE(f.now.done, 400U);
        QVERIFY(f.now.mostOpen < 160);
        QCOMPARE(g.now.failed, 400U); // and says why, instead of waiting for ever
        QVERIFY(g.now.reasons.at(0).error.isErrno(EMFILE));
    }

    void resultsAreFetchedInParts() {
        EchoServer server(tcp(0));
        Finished f(configFor(tcp(server.port()), 30));
        const auto part = f.run.progress().results(10, 5);
        QCOMPARE(part.size(), std::size_t{5});
        QCOMPARE(part[0].connection, f.results[10].connection);
        QVERIFY(f.run.progress().results(30).empty());
        QVERIFY(f.run.progress().results(99).empty());
    }

    void withoutMessagesTheyOnlyConnect() {
        EchoServer server(tcp(0));
        CrowdConfig config = configFor(tcp(server.port()), 10);
        config.plan.messages.clear();
        Finished f(config);
        QCOMPARE(f.now.done, 10U);
        QVERIFY(server.log().waitUntil([&] { return server.log().totals().accepted == 10; }));
    }
};

QTEST_GUILESS_MAIN(TestConnectionCrowd)
#include "tst_connection_crowd.moc"
