#include <cerrno>

#include <QtTest>

#include "core/net/connector.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

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
};

QTEST_GUILESS_MAIN(TestConnector)
#include "tst_connector.moc"
