// What is the model qt's own; what it does as the others do is in tst_server_models.

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
#include "tests/support/model_server.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

/// A server of the model qt, started; events in the log.
class Running : public ModelServer {
public:
    explicit Running(ServerConfig config = {}) : ModelServer(withQt(std::move(config))) {
        (void)log().waitUntil([&] {
            return !log().all<lifecycle::Listening>().empty() ||
                   !log().all<lifecycle::StartFailed>().empty();
        });
    }
    void send(std::uint32_t connection, PeerId peer, std::string_view text) {
        const ByteView bytes = bytesOf(text);
        server().send(connection, peer, {.content = {bytes.begin(), bytes.end()}});
    }

private:
    static ServerConfig withQt(ServerConfig config) {
        config.model = "qt";
        return config;
    }
};

ServerConfig configFor(Transport transport, const std::string& path = {}) {
    ServerConfig config;
    config.listen = {isUnix(transport) ? Endpoint{.transport = transport, .path = path}
                                       : Endpoint{.transport = transport, .host = "127.0.0.1"}};
    return config;
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

    void aCloseWaitsForWhatThePeerStillSends() {
        ServerConfig config;
        config.closeAfterReply = true;
        config.receiveSize = 3;
        Running running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("abc" + patternOf(1 << 20)); // most of it unread when the server closes
        QCOMPARE(client.receiveToEnd(), std::string("abc")); // throws where it is reset
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

private:
    bool m_known = false;
    Result<void> m_withoutIt;
};

QTEST_GUILESS_MAIN(TestQtServer)
#include "tst_qt_server.moc"
