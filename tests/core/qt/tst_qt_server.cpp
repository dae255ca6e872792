#include <cerrno>
#include <filesystem>
#include <set>
#include <thread>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <QtTest>

#include "core/engine/server_manager.h"
#include "core/net/socket_options.h"
#include "core/qt/qt_model.h"
#include "core/server/execution_models.h"
#include "tests/support/event_log.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

/// A server of the model qt, started; events in the log.
class Running {
public:
    explicit Running(ServerConfig config = {}) {
        config.model = "qt";
        for (Endpoint& endpoint : config.listen) {
            if (endpoint.port == 65432)
                endpoint.port = 0;
        }
        m_server = findExecutionModel("qt")->make({.id = 1,
                                                   .config = config,
                                                   .outbox = &m_log.outbox(),
                                                   .detail = TraceBatch::Detail::Log});
        if (!m_server->start())
            qFatal("start");
        if (!m_log.waitUntil([&] {
                return !m_log.all<lifecycle::Listening>().empty() ||
                       !m_log.all<lifecycle::StartFailed>().empty();
            }))
            throw std::runtime_error("not listening");
    }

    EventLog& log() { return m_log; }
    Server& server() { return *m_server; }
    std::uint16_t port() { return m_log.port(); }
    void send(std::uint32_t connection, PeerId peer, std::string_view text) {
        const ByteView bytes = bytesOf(text);
        m_server->send(connection, peer, {bytes.begin(), bytes.end()});
    }
    bool stopAndWait() {
        m_server->stop();
        return m_log.waitFor<lifecycle::Stopped>();
    }

private:
    EventLog m_log;
    std::unique_ptr<Server> m_server;
};

ServerConfig configFor(Transport transport, const std::string& path = {}) {
    ServerConfig config;
    config.listen = {isUnix(transport) ? Endpoint{.transport = transport, .path = path}
                                       : Endpoint{.transport = transport, .host = "127.0.0.1"}};
    return config;
}

/// A client's Unix datagram socket, with a name of the kernel's choice.
TestSocket connectUnixgram(const std::string& path) {
    auto fd = openClientSocket(Transport::Unixgram, AF_UNIX, {});
    const auto address = SocketAddress::fromUnixPath(path);
    if (!fd || !address || ::connect(fd->get(), address->data(), address->length()) != 0)
        throw std::runtime_error("connect");
    ::fcntl(fd->get(), F_SETFL, 0);
    return TestSocket(std::move(*fd));
}

/// While it lives, the process gets no descriptor.
class NoDescriptors {
public:
    NoDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        // Not below what is open: poll(2) refuses more than the limit.
        rlimit low = m_before;
        low.rlim_cur = 256;
        ::setrlimit(RLIMIT_NOFILE, &low);
        for (;;) {
            UniqueFd copy(::fcntl(0, F_DUPFD_CLOEXEC, 0));
            if (!copy.isOpen())
                break;
            m_filling.push_back(std::move(copy));
        }
    }
    NoDescriptors(const NoDescriptors&) = delete;
    NoDescriptors& operator=(const NoDescriptors&) = delete;
    ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &m_before); }

private:
    rlimit m_before{};
    std::vector<UniqueFd> m_filling;
};

auto entriesOf(const char* folder) {
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

} // namespace

class TestQtServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_known = findExecutionModel("qt") != nullptr;
        EventLog log;
        ServerManager servers(log.outbox());
        ServerConfig config;
        config.model = "qt";
        m_withoutIt = servers.start(1, config);
        registerQtModel();
    }

    void isKnownBeforeItIsProvided() {
        QVERIFY(m_known);
        QVERIFY(!m_withoutIt);
        QVERIFY(m_withoutIt.error().hint.kind == Hint::Kind::Offered);
        QVERIFY(m_withoutIt.error().hint.text.find("epoll") != std::string::npos);
        QVERIFY(m_withoutIt.error().hint.text.find("qt") == std::string::npos);
    }

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

    void echoesSingleBytes() {
        ServerConfig config;
        config.receiveSize = 1; // a receive never takes more
        Running running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        const int on = 1;
        ::setsockopt(client.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const std::string text = patternOf(500);
        for (const char& byte : text)
            client.send({&byte, 1});
        QCOMPARE(client.receive(text.size()), text);
        EventLog& log = running.log();
        QVERIFY(
            log.waitUntil([&] { return log.logged(TraceKind::Received).size() == text.size(); }));
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
        QVERIFY(!log.all<lifecycle::PeerFinished>().empty());
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
        QCOMPARE(received.size(), std::size_t{3});
        QCOMPARE(received[2].event.plainOffset, std::uint64_t{6});
        QCOMPARE(received[2].head, std::string("three"));
        QCOMPARE(log.logged(TraceKind::MessageIn).size(), std::size_t{3});
        QCOMPARE(log.logged(TraceKind::MessageOut)[2].head, std::string("three"));
    }

    void echoesDatagramsAndCountsThem() {
        Running running(configFor(Transport::Udp));
        const TestSocket client = TestSocket::connectUdp(running.port());
        const TestSocket other = TestSocket::connectUdp(running.port());
        client.send("ping");
        QCOMPARE(client.receiveSome(), std::string("ping"));
        client.send("");
        QCOMPARE(client.receiveSome(), std::string());
        other.send("other");
        QCOMPARE(other.receiveSome(), std::string("other"));
        EventLog& log = running.log();
        QVERIFY(log.first<lifecycle::Listening>().isDatagram);
        QCOMPARE(log.all<lifecycle::Listening>()[0].connection.number, 1u);
        QVERIFY(log.waitUntil([&] { return (log.countersOf({1, 1}) == Counters{9, 9, 3, 3}); }));
        QVERIFY((log.countersOf({1, 1}, 1) == Counters{4, 4, 2, 2}));
        QVERIFY((log.countersOf({1, 1}, 2) == Counters{5, 5, 1, 1}));
        running.send(1, 1, "again");
        QCOMPARE(client.receiveSome(), std::string("again"));
        QVERIFY(running.stopAndWait());
        QVERIFY((log.first<lifecycle::Closed>().counters == Counters{9, 14, 3, 4}));
    }

    void cutsALongDatagramAndSaysSo() {
        ServerConfig config = configFor(Transport::Udp);
        config.receiveSize = 4;
        Running running(config);
        const TestSocket client = TestSocket::connectUdp(running.port());
        client.send("much longer");
        QCOMPARE(client.receiveSome(), std::string("much"));
        QVERIFY(running.log().waitFor<lifecycle::LimitReached>());
        const Error error = running.log().first<lifecycle::LimitReached>().error;
        QVERIFY(error.is(Fault::DatagramTruncated));
        QCOMPARE(error.detail, std::string("11"));
    }

    void echoesDatagramsOverIpv6() {
        ServerConfig config;
        config.listen = {{.transport = Transport::Udp, .host = "::1"}};
        Running running(config);
        if (!running.log().all<lifecycle::StartFailed>().empty())
            QSKIP("no IPv6 here");
        auto fd = openClientSocket(Transport::Udp, AF_INET6, {});
        const auto address = SocketAddress::fromNumeric("::1", running.port());
        QVERIFY(::connect(fd->get(), address->data(), address->length()) == 0);
        ::fcntl(fd->get(), F_SETFL, 0);
        const TestSocket client(std::move(*fd));
        client.send("six");
        QCOMPARE(client.receiveSome(), std::string("six"));
    }

    void echoesOverUnixSockets_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("path") << QByteArray::fromStdString(temporaryPath("echo"));
        QTest::newRow("abstract") << QByteArray("@sscope-qt-" + QByteArray::number(::getpid()));
    }

    void echoesOverUnixSockets() {
        QFETCH(QByteArray, path);
        const std::string name = path.toStdString();
        Running running(configFor(Transport::Unix, name));
        QCOMPARE(running.log().first<lifecycle::Listening>().endpoint, "unix:" + name);
        const TestSocket client = TestSocket::connectUnix(name);
        const std::string text = patternOf(1 << 20);
        std::thread sender([&] {
            client.send(text);
            client.shutdownWrite();
        });
        QVERIFY(client.receiveToEnd() == text);
        sender.join();
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Peer);
        QVERIFY(running.stopAndWait());
        QVERIFY(!std::filesystem::exists(name));
    }

    void leavesThePathOfAnotherServerAlone() {
        const std::string path = temporaryPath("taken");
        Running first(configFor(Transport::Unix, path));
        std::filesystem::rename(path, path + ".old"); // kept, so that its inode is not used again
        Running second(configFor(Transport::Unix, path));
        QVERIFY(first.stopAndWait());
        QVERIFY(std::filesystem::exists(path));
        const TestSocket client = TestSocket::connectUnix(path);
        client.send("second");
        QCOMPARE(client.receive(6), std::string("second"));
    }

    void echoesUnixDatagrams() {
        const std::string path = temporaryPath("gram");
        Running running(configFor(Transport::Unixgram, path));
        const TestSocket client = connectUnixgram(path);
        client.send("gram");
        QCOMPARE(client.receiveSome(), std::string("gram"));
        QVERIFY(running.stopAndWait());
        QVERIFY((running.log().first<lifecycle::Closed>().counters == Counters{4, 4, 1, 1}));
    }

    void rejectsBeyondItsLimit_data() {
        QTest::addColumn<bool>("perSource");
        QTest::newRow("in all") << false;
        QTest::newRow("from one source") << true;
    }

    void rejectsBeyondItsLimit() {
        QFETCH(bool, perSource);
        ServerConfig config;
        if (perSource)
            config.maxPerSource = 2;
        else
            config.maxConnections = 2;
        Running running(config);
        const TestSocket one = TestSocket::connectTcp(running.port());
        const TestSocket two = TestSocket::connectTcp(running.port());
        QVERIFY(running.log().waitFor<lifecycle::Accepted>(2));
        const TestSocket three = TestSocket::connectTcp(running.port());
        QCOMPARE(three.receiveToEnd(), std::string());
        QVERIFY(running.log().waitFor<lifecycle::Rejected>());
        const Error error = running.log().first<lifecycle::Rejected>().error;
        QVERIFY(error.is(perSource ? Fault::TooManyFromSource : Fault::TooManyConnections));
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
    }

    void aPeerThatNeverReadsCostsNoMoreThanTheQueue() {
        ServerConfig config;
        config.maxQueue = 256 << 10;
        Running running(config);
        const TestSocket greedy = TestSocket::connectTcp(running.port());
        const std::string text = patternOf(64 << 20);
        std::atomic<std::size_t> pushed = 0;
        std::thread pusher([&] {
            while (pushed < text.size()) {
                const ssize_t count =
                    ::send(greedy.fd(), text.data() + pushed, text.size() - pushed, MSG_NOSIGNAL);
                if (count <= 0)
                    break;
                pushed += static_cast<std::size_t>(count);
            }
        });
        // Nothing moves any more: both directions are full.
        Counters before;
        int quiet = 0;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const Counters now = running.log().countersOf({1, 1});
                quiet = now == before && now.receivedBytes > 0 ? quiet + 1 : 0;
                before = now;
                return quiet > 10;
            }(),
            20'000);
        // What was received and not sent again is what waits here.
        QVERIFY(before.receivedBytes - before.sentBytes <= (256u << 10) / 2 + (64u << 10));
        const TestSocket other = TestSocket::connectTcp(running.port());
        other.send("others are served");
        QCOMPARE(other.receive(17), std::string("others are served"));
        std::string back = greedy.receive(text.size()); // all of it, once it is read
        pusher.join();
        QVERIFY(back == text);
    }

    void aFullQueueEndsTheConnection() {
        ServerConfig config;
        config.maxQueue = 256 << 10;
        Running running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        QVERIFY(running.log().waitFor<lifecycle::Accepted>());
        running.send(1, 0, patternOf(32 << 20)); // one message may be larger than the queue
        running.send(1, 0, "too much");
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Limit);
        QCOMPARE(reasonText(running.log().first<lifecycle::LimitReached>().error),
                 std::string("send queue exceeded"));
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

    void tellsAResetThatAWriteMeets() {
        Running running;
        TestSocket client = TestSocket::connectTcp(running.port());
        QVERIFY(running.log().waitFor<lifecycle::Accepted>());
        running.send(1, 0, patternOf(32 << 20)); // fills all buffers, and waits to be written
        (void)client.receive(1);
        client.close(); // with bytes unread
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Reset);
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

    void aCloseWaitsForWhatThePeerStillSends() {
        ServerConfig config;
        config.closeAfterReply = true;
        config.receiveSize = 3;
        Running running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("abc" + patternOf(1 << 20)); // most of it unread when the server closes
        QCOMPARE(client.receiveToEnd(), std::string("abc")); // throws where it is reset
    }

    void sendsClosesAndResetsWhenAsked() {
        Running running;
        const TestSocket one = TestSocket::connectTcp(running.port());
        const TestSocket two = TestSocket::connectTcp(running.port());
        const TestSocket three = TestSocket::connectTcp(running.port());
        QVERIFY(running.log().waitFor<lifecycle::Accepted>(3));
        running.send(1, 0, "from the server");
        QCOMPARE(one.receive(15), std::string("from the server"));
        running.server().finishSending(1);
        QCOMPARE(one.receiveToEnd(), std::string());
        QVERIFY(running.log().waitFor<lifecycle::HalfClosed>());
        running.server().closeConnection(2, false);
        QCOMPARE(two.receiveToEnd(), std::string());
        running.server().closeConnection(3, true);
        QVERIFY(three.isReset());
        running.server().send(77, 0, {}); // nobody; nothing happens
        QVERIFY(running.log().waitFor<lifecycle::Closed>(2));
        one.shutdownWrite();
        QVERIFY(running.log().waitFor<lifecycle::Closed>(3));
    }

    void sendsWhatIsQueuedBeforeItStops() {
        Running running;
        const TestSocket client = TestSocket::connectTcp(running.port());
        const std::string text = patternOf(2 << 20);
        QVERIFY(running.log().waitFor<lifecycle::Accepted>());
        running.send(1, 0, text);
        running.server().stop();
        QVERIFY(client.receiveToEnd() == text);
        QVERIFY(running.log().waitFor<lifecycle::Stopped>());
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Local);
        QVERIFY_EXCEPTION_THROWN(TestSocket::connectTcp(running.port()), std::runtime_error);
    }

    void doesNotWaitForAPeerThatDoesNotReadForLong() {
        Running running;
        const TestSocket client = TestSocket::connectTcp(running.port());
        QVERIFY(running.log().waitFor<lifecycle::Accepted>());
        running.send(1, 0, patternOf(32 << 20));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(running.stopAndWait());
        QVERIFY(timer.elapsed() >= 1'900 && timer.elapsed() < 6'000);
    }

    void endsAtOnceWhenItIsDestroyed() {
        QElapsedTimer timer;
        {
            Running running;
            const TestSocket client = TestSocket::connectTcp(running.port());
            QVERIFY(running.log().waitFor<lifecycle::Accepted>());
            running.send(1, 0, patternOf(32 << 20));
            timer.start();
        }
        QVERIFY(timer.elapsed() < 1'000);
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
    }

    void servesOneDatagramOrUnixConnectionAndStops() {
        ServerConfig udp = configFor(Transport::Udp);
        udp.once = true;
        Running datagrams(udp);
        const TestSocket client = TestSocket::connectUdp(datagrams.port());
        client.send("only one");
        QCOMPARE(client.receiveSome(), std::string("only one"));
        QVERIFY(datagrams.log().waitFor<lifecycle::Stopped>());
        ServerConfig local = configFor(Transport::Unix, temporaryPath("once"));
        local.once = true;
        Running stream(local);
        {
            const TestSocket one = TestSocket::connectUnix(local.listen[0].path);
            one.send("only one");
            QCOMPARE(one.receive(8), std::string("only one"));
        }
        QVERIFY(stream.log().waitFor<lifecycle::Stopped>());
    }

    void aPortInUseFailsTheStart() {
        const TestSocket taken = TestSocket::listenTcp();
        ServerConfig config;
        config.listen = {{.host = "127.0.0.1", .port = 0},
                         {.host = "127.0.0.1", .port = taken.port()}};
        Running running(config);
        QVERIFY(running.log().waitFor<lifecycle::StartFailed>());
        QVERIFY(running.log().first<lifecycle::StartFailed>().error.isErrno(EADDRINUSE));
        QVERIFY(running.log().all<lifecycle::Listening>().empty());
    }

    void servesOnWhenDescriptorsAreThereAgain_data() {
        QTest::addColumn<bool>("local");
        QTest::newRow("tcp") << false;
        QTest::newRow("unix") << true;
    }

    void servesOnWhenDescriptorsAreThereAgain() {
        QFETCH(bool, local);
        const std::string path = temporaryPath("full");
        Running running(local ? configFor(Transport::Unix, path) : ServerConfig());
        auto fd = openClientSocket(local ? Transport::Unix : Transport::Tcp,
                                   local ? AF_UNIX : AF_INET, {});
        const auto address = local ? SocketAddress::fromUnixPath(path)
                                   : SocketAddress::fromNumeric("127.0.0.1", running.port());
        ::fcntl(fd->get(), F_SETFL, 0);
        {
            const NoDescriptors shortage;
            QVERIFY(::connect(fd->get(), address->data(), address->length()) == 0);
            QVERIFY(running.log().waitFor<lifecycle::Failed>());
            const Error error = running.log().first<lifecycle::Failed>().error;
            QVERIFY(error.isErrno(EMFILE));
            QVERIFY(error.hint.kind == Hint::Kind::MoreDescriptors);
            QTest::qWait(350); // several more tries; told once
        }
        const TestSocket client(std::move(*fd));
        client.send("patience");
        QCOMPARE(client.receive(8), std::string("patience"));
        QCOMPARE(running.log().all<lifecycle::Failed>().size(), std::size_t{1});
        if (local) {
            const TestSocket next = TestSocket::connectUnix(path);
            next.send("next");
            QCOMPARE(next.receive(4), std::string("next"));
        }
    }

    void comesAndGoesWithoutLeavingAnything() {
        const auto round = [] {
            const std::string path = temporaryPath("round");
            ServerConfig config;
            config.listen = {{.host = "127.0.0.1", .port = 0},
                             {.transport = Transport::Udp, .host = "127.0.0.1", .port = 0},
                             {.transport = Transport::Unix, .path = path}};
            Running running(config);
            const TestSocket client = TestSocket::connectTcp(running.port());
            const TestSocket other = TestSocket::connectUnix(path);
            for (const TestSocket* socket : {&client, &other}) {
                socket->send("x");
                (void)socket->receive(1);
            }
            return running.stopAndWait();
        };
        QVERIFY(round());
        const auto descriptors = entriesOf("/proc/self/fd");
        const auto threads = entriesOf("/proc/self/task");
        for (int i = 0; i < 10; ++i)
            QVERIFY(round());
        QCOMPARE(entriesOf("/proc/self/fd"), descriptors);
        QTRY_VERIFY(entriesOf("/proc/self/task") <= threads);
    }

private:
    bool m_known = false;
    Result<void> m_withoutIt;
};

QTEST_GUILESS_MAIN(TestQtServer)
#include "tst_qt_server.moc"
