// Against the live kernel, with sockets of our own.

#include <algorithm>
#include <unordered_set>

#include <netinet/in.h>
#include <sys/socket.h>

#include <QtTest>

#include "core/diagnostics/destroy_source.h"
#include "tests/support/connection_churn.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

std::uint64_t cookieOf(const TestSocket& socket) {
    std::uint64_t cookie = 0;
    socklen_t size = sizeof cookie;
    ::getsockopt(socket.fd(), SOL_SOCKET, SO_COOKIE, &cookie, &size);
    return cookie;
}

/// What has been told so far, read again each time it is asked.
struct Told {
    DestroySource& source;
    std::vector<SocketRow> rows{};
    std::uint64_t lost = 0;

    const SocketRow* find(std::uint64_t cookie) {
        lost += source.read(rows);
        const auto it = std::ranges::find(rows, cookie, &SocketRow::cookie);
        return it == rows.end() ? nullptr : &*it;
    }
    std::size_t count(const std::unordered_set<std::uint64_t>& cookies) {
        lost += source.read(rows);
        return static_cast<std::size_t>(std::ranges::count_if(
            rows, [&](const SocketRow& row) { return cookies.contains(row.cookie); }));
    }
    std::size_t all() {
        lost += source.read(rows);
        return rows.size() + lost;
    }
};

} // namespace

class TestDestroySource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Where that is allowed, nobody else's sockets close here.
    void initTestCase() { (void)enterOwnNetwork(); }

    void tellsBothEndsOfAConnectionAndItsListener() {
        DestroySource source;
        QVERIFY(source.open().has_value());
        Told told{source};
        TestSocket listener = TestSocket::listenTcp();
        TestSocket client = TestSocket::connectTcp(listener.port());
        TestSocket accepted = listener.accept();
        client.send("five!");
        QCOMPARE(accepted.receive(5), std::string("five!"));
        const std::uint16_t port = listener.port();
        const std::uint16_t clientPort = client.port();
        const std::uint64_t cookies[] = {cookieOf(client), cookieOf(accepted), cookieOf(listener)};
        client.close();
        accepted.close();
        listener.close();
        for (const std::uint64_t cookie : cookies)
            QTRY_VERIFY(told.find(cookie));
        const SocketRow& end = *told.find(cookies[0]);
        QVERIFY(end.protocol == SocketProtocol::Tcp && end.family == 4);
        QVERIFY(end.state == SocketState::Close);
        QCOMPARE(end.localPort, clientPort);
        QCOMPARE(end.remoteText(), "127.0.0.1:" + std::to_string(port));
        QVERIFY(!end.hasUid);
        QVERIFY(end.details && end.details->tcpInfo);
        QCOMPARE(end.details->tcpInfo->bytesSent, std::uint64_t{5});
        QVERIFY(end.details->tcpInfo->rttUs > 0);
        const SocketRow& other = *told.find(cookies[1]);
        QCOMPARE(other.localPort, port);
        // The kernel counts the peer's FIN as a byte.
        QCOMPARE(other.details->tcpInfo->bytesReceived, std::uint64_t{6});
        QCOMPARE(told.find(cookies[2])->remoteText(), std::string("*"));
    }

    void tellsUdpAndIpv6() {
        DestroySource source;
        QVERIFY(source.open().has_value());
        Told told{source};
        TestSocket bound = TestSocket::bindUdp();
        const std::uint64_t cookie = cookieOf(bound);
        bound.close();
        QTRY_VERIFY(told.find(cookie));
        QVERIFY(told.find(cookie)->protocol == SocketProtocol::Udp);
        QCOMPARE(told.find(cookie)->sendQueue, 0u);

        UniqueFd fd(::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        if (!fd.isOpen())
            QSKIP("no IPv6");
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_addr = in6addr_loopback;
        QCOMPARE(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        TestSocket six(std::move(fd));
        const std::uint64_t sixth = cookieOf(six);
        six.close();
        QTRY_VERIFY(told.find(sixth));
        QCOMPARE(int{told.find(sixth)->family}, 6);
    }

    void leavesOutSocketsThatNeverHadAPort() {
        DestroySource source;
        QVERIFY(source.open().has_value());
        Told told{source};
        TestSocket never(UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
        TestSocket bound = TestSocket::listenTcp();
        const std::uint64_t neverCookie = cookieOf(never);
        const std::uint64_t boundCookie = cookieOf(bound);
        never.close();
        bound.close();
        QTRY_VERIFY(told.find(boundCookie));
        QVERIFY(!told.find(neverCookie));
    }

    void hearsEachSocketOnceWhereManyShareAGroup() {
        DestroySource source(416 << 10); // the default of net.core.rmem_max, doubled
        QVERIFY(source.open().has_value());
        QVERIFY(source.socketCount() > 4);
        Told told{source};
        const ChurnResult churn = churnConnections(1000, 300ms);
        const std::unordered_set<std::uint64_t> cookies(churn.cookies.begin(), churn.cookies.end());
        QTRY_COMPARE(told.count(cookies), churn.cookies.size());
        QCOMPARE(told.lost, std::uint64_t{0});
    }

    void countsExactlyWhatDoesNotFit() {
        const bool isAlone =
            enterOwnNetwork(); // also from sockets of the tests before that end late
        DestroySource source(8 << 10);
        QVERIFY(source.open().has_value());
        Told told{source};
        const ChurnResult churn = churnConnections(2000, 500ms);
        const std::unordered_set<std::uint64_t> cookies(churn.cookies.begin(), churn.cookies.end());
        QTRY_VERIFY(told.count(cookies) + told.lost >= churn.cookies.size());
        QVERIFY(told.lost > 0);
        QVERIFY(told.count(cookies) > 0);
        // Elsewhere sockets of others may be among the lost.
        if (isAlone)
            QTRY_COMPARE(told.all(), churn.cookies.size() + listeners);
    }

private:
    static constexpr std::size_t listeners = 8; // of the churn
};

QTEST_GUILESS_MAIN(TestDestroySource)
#include "tst_destroy_source.moc"
