#include <atomic>
#include <cerrno>
#include <semaphore>
#include <string_view>

#include <dlfcn.h>
#include <netdb.h>
#include <sys/stat.h>

#include <QtTest>

#include "core/net/connector.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

// Of the name service that this test plays.
std::atomic<int> lookupsUnderWay = 0;
std::binary_semaphore lookupMayEnd{0};

} // namespace

/// In place of the C library's: one name is never answered, until the test says so.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                           addrinfo** result) {
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto original = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    if ((hints->ai_flags & AI_NUMERICHOST) == 0 && node == std::string_view("silent.test")) {
        ++lookupsUnderWay;
        lookupMayEnd.acquire();
        --lookupsUnderWay;
        return EAI_NONAME;
    }
    return original(node, service, hints, result);
}

namespace {

struct Heard : Connector::Owner {
    void addressResolved(const AddressInfo& info) override {
        resolved.push_back(endpointText(info));
    }
    void attemptStarted(const SocketAddress& address) override {
        attempts.push_back(address.text());
    }
    void attemptFailed(const SocketAddress&, const Error& error) override {
        failures.push_back(error);
    }
    void connected(UniqueFd socket, const SocketAddress& peer, Duration) override {
        fd = std::move(socket);
        connectedTo = peer.text();
    }
    void connectFailed(Error error) override { failed = std::move(error); }
    [[nodiscard]] bool isOver() const { return fd.isOpen() || failed.has_value(); }

    std::vector<std::string> resolved;
    std::vector<std::string> attempts;
    std::vector<Error> failures;
    UniqueFd fd;
    std::string connectedTo;
    std::optional<Error> failed;
};

} // namespace

class TestConnector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addPollerRows(); }

    void connects() {
        Loop loop;
        Heard heard;
        const TestSocket server = TestSocket::listenTcp();
        Connector connector(loop, {{.host = "127.0.0.1", .port = server.port()}, {}, 5s}, heard);
        connector.start();
        QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
        QVERIFY(heard.fd.isOpen());
        QCOMPARE(heard.connectedTo, "127.0.0.1:" + std::to_string(server.port()));
        QVERIFY(heard.resolved.empty()); // a number needs no look-up
        QCOMPARE(heard.attempts.size(), std::size_t{1});
    }

    void triesEachAddressOfAName() {
        // localhost may be ::1 and 127.0.0.1; the server listens on the latter only.
        Loop loop;
        Heard heard;
        const TestSocket server = TestSocket::listenTcp();
        Connector connector(loop, {{.host = "localhost", .port = server.port()}, {}, 5s}, heard);
        connector.start();
        QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
        QVERIFY(heard.fd.isOpen());
        QVERIFY(!heard.resolved.empty());
        QCOMPARE(heard.attempts.size(), heard.failures.size() + 1);
        for (const Error& error : heard.failures)
            QVERIFY(error.isErrno(ECONNREFUSED) || error.isErrno(EADDRNOTAVAIL));
    }

    void tellsThatNobodyListens() {
        Loop loop;
        Heard heard;
        TestSocket closed = TestSocket::listenTcp();
        const std::uint16_t port = closed.port();
        closed.close();
        Connector connector(loop, {{.host = "127.0.0.1", .port = port}, {}, 5s}, heard);
        connector.start();
        QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
        QVERIFY(heard.failed && heard.failed->isErrno(ECONNREFUSED));
        QCOMPARE(heard.failed->hint.kind, Hint::Kind::NothingListens);
        QCOMPARE(heard.failed->subject, "127.0.0.1:" + std::to_string(port));
    }

    void givesUpAfterItsTimeout() {
        // A listener whose queue is full does not answer: SYNs are dropped.
        Loop loop;
        Heard heard;
        const TestSocket server = TestSocket::listenTcp(0);
        std::vector<UniqueFd> filling;
        const auto address = *SocketAddress::fromNumeric("127.0.0.1", server.port());
        for (int i = 0; i < 8; ++i) {
            filling.push_back(std::move(*openClientSocket(Transport::Tcp, AF_INET, {})));
            ::connect(filling.back().get(), address.data(), address.length());
        }
        Connector connector(loop, {{.host = "127.0.0.1", .port = server.port()}, {}, 150ms}, heard);
        connector.start();
        QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
        QVERIFY(heard.failed && heard.failed->isErrno(ETIMEDOUT));
        QCOMPARE(heard.failed->hint.kind, Hint::Kind::CheckFirewall);
    }

    void tellsThatANameIsNotKnown() {
        Loop loop;
        Heard heard;
        Connector connector(loop, {{.host = "no-such-host.invalid", .port = 1}, {}, 5s}, heard);
        connector.start();
        QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
        QVERIFY(heard.failed && heard.failed->operation == "resolve");
        QVERIFY(heard.attempts.empty());
    }

    void connectsToUnixSockets() {
        Loop loop;
        Heard heard;
        const std::string path = temporaryPath("x");
        const UniqueFd server = std::move(
            *openListener(Transport::Unix, *SocketAddress::fromUnixPath(path), false, 8, {}));
        Connector connector(loop, {{.transport = Transport::Unix, .path = path}, {}, 5s}, heard);
        connector.start();
        QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
        QVERIFY(heard.fd.isOpen());
        Heard refused;
        Connector other(loop, {{.transport = Transport::Unix, .path = path + ".none"}, {}, 5s},
                        refused);
        other.start();
        QVERIFY(loop.runUntil([&] { return refused.isOver(); }));
        QVERIFY(refused.failed && refused.failed->isErrno(ENOENT));
    }

    void isSilentOnceItHasGone() {
        Loop loop;
        Heard heard;
        const TestSocket server = TestSocket::listenTcp();
        {
            Connector connector(loop, {{.host = "127.0.0.1", .port = server.port()}, {}, 5s},
                                heard);
            connector.start();
            loop.runOnce();
        }
        const std::size_t attempts = heard.attempts.size();
        loop.runOnce();
        loop.runOnce();
        QCOMPARE(heard.attempts.size(), attempts);
    }

    void bindsItsOwnEnd() {
        const TestSocket server = TestSocket::listenTcp();
        const Endpoint peer{.host = "127.0.0.1", .port = server.port()};
        for (const Endpoint& local :
             {Endpoint{.host = "127.0.0.2"}, Endpoint{.host = "*", .port = freePort()},
              Endpoint{.host = "127.0.0.3", .port = freePort()}}) {
            Loop loop;
            Heard heard;
            Connector connector(loop, {.endpoint = peer, .timeout = 5s, .local = local}, heard);
            connector.start();
            QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
            QVERIFY(heard.fd.isOpen());
            const SocketAddress own = SocketAddress::localOf(heard.fd.get());
            if (local.host != "*")
                QCOMPARE(own.host(), local.host);
            if (local.port != 0)
                QCOMPARE(own.port(), local.port);
        }
    }

    void anOwnEndOfAnotherFamilyFailsThatAddressOnly() {
        // localhost may be ::1 and 127.0.0.1: the first does not go with this end.
        Loop loop;
        Heard heard;
        const TestSocket server = TestSocket::listenTcp();
        Connector connector(loop,
                            {.endpoint = {.host = "localhost", .port = server.port()},
                             .timeout = 5s,
                             .local = Endpoint{.host = "127.0.0.1"}},
                            heard);
        connector.start();
        QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
        QVERIFY(heard.fd.isOpen());
        for (const Error& error : heard.failures) {
            QVERIFY(error.isErrno(EINVAL) || error.isErrno(EAFNOSUPPORT));
            QCOMPARE(error.operation, std::string("bind"));
            QCOMPARE(error.subject, std::string("127.0.0.1:0"));
            QCOMPARE(error.hint.kind, Hint::Kind::OtherFamily);
        }
    }

    void aPortThatIsHeldNamesOurOwnEnd() {
        Loop loop;
        Heard heard;
        const TestSocket server = TestSocket::listenTcp();
        const TestSocket holder = TestSocket::listenTcp();
        Connector connector(loop,
                            {.endpoint = {.host = "127.0.0.1", .port = server.port()},
                             .timeout = 5s,
                             .local = Endpoint{.host = "127.0.0.1", .port = holder.port()}},
                            heard);
        connector.start();
        QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
        QVERIFY(heard.failed && heard.failed->isErrno(EADDRINUSE));
        QCOMPARE(heard.failed->operation, std::string("bind"));
        QCOMPARE(heard.failed->subject, "127.0.0.1:" + std::to_string(holder.port()));
        QCOMPARE(heard.failed->hint.kind, Hint::Kind::PortTaken);
    }

    void bindsAUnixPathAndTakesItAway() {
        const std::string path = temporaryPath("server");
        const std::string own = temporaryPath("client");
        const UniqueFd server = std::move(
            *openListener(Transport::Unix, *SocketAddress::fromUnixPath(path), false, 8, {}));
        struct stat status {};
        {
            Loop loop;
            Heard heard;
            Connector connector(loop,
                                {.endpoint = {.transport = Transport::Unix, .path = path},
                                 .timeout = 5s,
                                 .local = Endpoint{.transport = Transport::Unix, .path = own}},
                                heard);
            connector.start();
            QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
            QVERIFY(heard.fd.isOpen());
            QCOMPARE(SocketAddress::localOf(heard.fd.get()).unixPath(), own);
            const UnixPathGuard guard = connector.takeLocalPath();
            QCOMPARE(::stat(own.c_str(), &status), 0);
        }
        QCOMPARE(::stat(own.c_str(), &status), -1);
    }

    void doesNotWaitForANameServiceForEver() {
        Loop loop;
        Heard heard;
        {
            Connector connector(loop,
                                {.endpoint = {.host = "silent.test", .port = 80},
                                 .timeout = 5s,
                                 .lookupTimeout = 20ms},
                                heard);
            connector.start();
            QVERIFY(loop.runUntil([&] { return heard.isOver(); }));
            QVERIFY(heard.failed && heard.failed->is(Fault::LookupTooSlow));
            QCOMPARE(heard.failed->subject, std::string("silent.test"));
            QCOMPARE(heard.failed->detail, std::string("0.02"));
            QCOMPARE(heard.failed->hint.kind, Hint::Kind::CheckResolver);
        }
        QTRY_COMPARE(lookupsUnderWay.load(), 1);
        lookupMayEnd.release(); // its answer finds nobody
        QTRY_COMPARE(lookupsUnderWay.load(), 0);
        heard.failed.reset();
        loop.runOnce();
        QVERIFY(!heard.isOver());
    }

    void canBeGivenUpWhileItLooksUp() {
        Loop loop;
        Heard heard;
        auto connector = std::make_unique<Connector>(
            loop, Connector::Settings{.endpoint = {.host = "silent.test", .port = 80}}, heard);
        connector->start();
        QTRY_COMPARE(lookupsUnderWay.load(), 1);
        connector.reset();
        lookupMayEnd.release();
        QTRY_COMPARE(lookupsUnderWay.load(), 0);
        loop.runOnce();
        QVERIFY(!heard.isOver());
    }

private:
    static std::uint16_t freePort() { return TestSocket::listenTcp().port(); }
};

QTEST_GUILESS_MAIN(TestConnector)
#include "tst_connector.moc"
