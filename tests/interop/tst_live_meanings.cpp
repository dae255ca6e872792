// What is said of sockets that the kernel has brought into each state: nothing here is made up.

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QtTest>

#include "core/diagnostics/socket_meaning.h"
#include "core/diagnostics/socket_table.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

/// The meanings of the socket with these ports now; empty where there is none.
std::vector<Meaning> meaningsOf(std::uint16_t local, std::uint16_t remote, Duration inState = 0s) {
    SocketTable table({}, DetailsFor::All);
    if (!table.refresh(SteadyClock::now()))
        return {};
    const auto rows = table.rows();
    const auto at = [&](std::uint16_t from, std::uint16_t to) {
        const auto it = std::ranges::find_if(rows, [&](const SocketRow& row) {
            return row.localPort == from && row.remotePort == to;
        });
        return it == rows.end() ? nullptr : &*it;
    };
    const SocketRow* row = at(local, remote);
    const SocketRow* other = remote == 0 ? nullptr : at(remote, local);
    return row ? meaningOf(*row, nullptr, other, SteadyClock::now(), inState)
               : std::vector<Meaning>();
}

/// The first of this kind among them; Meaning{} of another kind where there is none.
std::optional<Meaning> find(const std::vector<Meaning>& meanings, MeaningKind kind) {
    const auto it = std::ranges::find(meanings, kind, &Meaning::kind);
    return it == meanings.end() ? std::nullopt : std::optional(*it);
}

/// A connection that is asked for, and not waited for.
TestSocket beginConnect(std::uint16_t port) {
    UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
        errno != EINPROGRESS)
        qFatal("connect");
    return TestSocket(std::move(fd));
}

/// Sends until the kernel takes no more.
void sendAll(const TestSocket& socket) {
    ::fcntl(socket.fd(), F_SETFL, O_NONBLOCK);
    const std::string piece(64 << 10, 'x');
    while (::send(socket.fd(), piece.data(), piece.size(), MSG_NOSIGNAL) > 0) {
    }
}

} // namespace

class TestLiveMeanings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ofAConnectionThatIsWell() {
        const auto [client, accepted] = connectedPair();
        client.send("x");
        QCOMPARE(accepted.receive(1), std::string("x"));
        const std::uint16_t from = client.port();
        const std::uint16_t to = accepted.port();
        QTRY_VERIFY(find(meaningsOf(from, to), MeaningKind::Healthy));
        QCOMPARE(meaningsOf(from, to).size(), std::size_t{1});
    }

    void ofAPeerThatDoesNotRead() {
        const auto [client, accepted] = connectedPair();
        const std::uint16_t from = client.port();
        const std::uint16_t to = accepted.port();
        sendAll(client);
        QTRY_VERIFY(find(meaningsOf(from, to), MeaningKind::PeerNotReading));
        const Meaning meaning = *find(meaningsOf(from, to), MeaningKind::PeerNotReading);
        QCOMPARE(meaning.pid, static_cast<int>(::getpid()));
        QVERIFY(meaning.bytes > 0);
        const auto unread = find(meaningsOf(to, from), MeaningKind::UnreadData);
        QVERIFY(unread.has_value());
        QCOMPARE(unread->fd, accepted.fd());
    }

    void ofWhoHasNotClosed() {
        auto [client, accepted] = connectedPair();
        const std::uint16_t from = client.port();
        const std::uint16_t to = accepted.port();
        client.close();
        QTRY_VERIFY(find(meaningsOf(to, from, 3min), MeaningKind::PeerClosed));
        const Meaning closed = *find(meaningsOf(to, from, 3min), MeaningKind::PeerClosed);
        QCOMPARE(closed.fd, accepted.fd());
        QVERIFY(closed.time == Duration(3min));
        QCOMPARE(closed.pid, static_cast<int>(::getpid()));
        const auto waiting = meaningsOf(from, to);
        QVERIFY(find(waiting, MeaningKind::OtherEndHasNotClosed).has_value());
        QCOMPARE(find(waiting, MeaningKind::OtherEndHasNotClosed)->fd, accepted.fd());
        QVERIFY(find(waiting, MeaningKind::Orphaned).has_value());
        accepted.close();
        QTRY_VERIFY(find(meaningsOf(from, to), MeaningKind::TimeWait));
        QVERIFY(find(meaningsOf(from, to), MeaningKind::TimeWait)->time > 30s);
    }

    void ofAListenerWhoseQueueIsFull() {
        const TestSocket listener = TestSocket::listenTcp(1);
        const std::uint16_t port = listener.port();
        const TestSocket clients[] = {beginConnect(port), beginConnect(port), beginConnect(port)};
        QTRY_VERIFY(find(meaningsOf(port, 0), MeaningKind::AcceptQueueFull));
        const Meaning full = *find(meaningsOf(port, 0), MeaningKind::AcceptQueueFull);
        QCOMPARE(full.count, std::uint64_t{2});
        QCOMPARE(full.limit, std::uint64_t{1});
        QCOMPARE(full.fd, listener.fd());
        // The last one's SYN is dropped, and sent again after a second.
        QTRY_VERIFY_WITH_TIMEOUT(
            find(meaningsOf(clients[2].port(), port), MeaningKind::SynSentUnanswered), 15'000);
    }

    void ofDatagramsThatAreDropped() {
        const TestSocket receiver = TestSocket::bindUdp();
        const int small = 1;
        ::setsockopt(receiver.fd(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        const TestSocket sender = TestSocket::connectUdp(receiver.port());
        for (int i = 0; i < 50; ++i)
            sender.send(std::string(1000, 'x'));
        QTRY_VERIFY(find(meaningsOf(receiver.port(), 0), MeaningKind::DatagramsDropped));
        QVERIFY(find(meaningsOf(receiver.port(), 0), MeaningKind::DatagramsAnybody));
    }
};

QTEST_GUILESS_MAIN(TestLiveMeanings)
#include "tst_live_meanings.moc"
