// Against the live kernel, with sockets of our own.

#include <algorithm>
#include <csignal>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>

#include "core/diagnostics/socket_table.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

const SocketRow* find(const std::vector<SocketRow>& rows, std::uint16_t local,
                      std::uint16_t remote = 0) {
    const auto it = std::ranges::find_if(rows, [&](const SocketRow& row) {
        return row.localPort == local && row.remotePort == remote;
    });
    return it == rows.end() ? nullptr : &*it;
}

std::vector<SocketRow> rowsNow(TableKinds kinds = {}) {
    SocketTable table(kinds);
    if (!table.refresh(SteadyClock::now()))
        qFatal("refresh");
    return table.rows();
}

} // namespace

class TestSocketTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsAListenerAndBothEndsOfAConnection() {
        const TestSocket listener = TestSocket::listenTcp(7);
        const TestSocket client = TestSocket::connectTcp(listener.port());
        const TestSocket accepted = listener.accept();
        client.send("unread");
        const auto rows = rowsNow();
        const SocketRow* listening = find(rows, listener.port());
        QVERIFY(listening);
        QVERIFY(listening->state == SocketState::Listen);
        QCOMPARE(listening->sendQueue, 7u); // the backlog
        QCOMPARE(listening->remoteText(), std::string("*"));
        QCOMPARE(listening->localText(), "127.0.0.1:" + std::to_string(listener.port()));
        QVERIFY(listening->hasUid && listening->uid == ::getuid());
        QVERIFY(!listening->user.empty());
        for (const SocketRow* row : {find(rows, listener.port(), client.port()),
                                     find(rows, client.port(), listener.port())}) {
            QVERIFY(row);
            QVERIFY(row->state == SocketState::Established);
            QVERIFY(row->isOwnedBy(::getpid()));
        }
        QCOMPARE(find(rows, listener.port(), client.port())->receiveQueue, 6u);
        QCOMPARE(find(rows, client.port(), listener.port())->owners[0].fd, client.fd());
    }

    void showsUdpConnectedAndNot() {
        const TestSocket bound = TestSocket::bindUdp();
        const TestSocket connected = TestSocket::connectUdp(bound.port());
        const auto rows = rowsNow();
        QVERIFY(find(rows, bound.port())->state == SocketState::Unconnected);
        QVERIFY(find(rows, connected.port(), bound.port())->state == SocketState::Established);
        QVERIFY(find(rows, bound.port())->protocol == SocketProtocol::Udp);
    }

    void showsASocketThatIsOnlyBound() {
        const UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        QCOMPARE(::bind(fd.get(), generic, length), 0);
        ::getsockname(fd.get(), generic, &length);
        const auto rows = rowsNow();
        const SocketRow* row = find(rows, ntohs(address.sin_port));
        if (!row)
            QSKIP("this kernel does not tell of bound sockets");
        QVERIFY(row->state == SocketState::Bound);
        QVERIFY(row->isOwnedBy(::getpid()));
    }

    void showsUnixSocketsWhereAsked() {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        const UniqueFd one(ends[0]);
        const UniqueFd two(ends[1]);
        const auto rows = rowsNow({false, false, true});
        QVERIFY(std::ranges::any_of(rows, [&](const SocketRow& row) {
            return row.protocol == SocketProtocol::Unix && row.isOwnedBy(::getpid()) &&
                   row.state == SocketState::Established && row.family == 0;
        }));
        QVERIFY(std::ranges::none_of(
            rows, [](const SocketRow& row) { return row.protocol != SocketProtocol::Unix; }));
    }

    void tellsWhatIsNewChangedAndGone() {
        SocketTable table({});
        QVERIFY(table.refresh(SteadyClock::now()).has_value());
        TestSocket listener = TestSocket::listenTcp();
        TestSocket client = TestSocket::connectTcp(listener.port());
        TestSocket accepted = listener.accept();
        const std::uint16_t port = listener.port();
        const std::uint16_t clientPort = client.port();
        auto change = table.refresh(SteadyClock::now());
        QVERIFY(find(change->added, port) && find(change->added, clientPort, port));
        client.send("x");
        client.shutdownWrite();
        change = table.refresh(SteadyClock::now());
        const SocketRow* changed = find(change->changed, port, clientPort);
        QVERIFY(changed && changed->state == SocketState::CloseWait);
        QCOMPARE(changed->receiveQueue, 2u); // the byte, and the FIN
        QVERIFY(!find(change->changed, port));
        listener.close();
        accepted.reset();
        client.close();
        change = table.refresh(SteadyClock::now());
        QVERIFY(find(change->gone, port));
        QVERIFY(find(change->gone, port, clientPort));
        change = table.refresh(SteadyClock::now());
        QVERIFY(!find(change->gone, port));
    }

    void aTimeWaitKeepsTheUserOfItsEarlierRow() {
        SocketTable table({});
        TestSocket listener = TestSocket::listenTcp();
        TestSocket client = TestSocket::connectTcp(listener.port());
        TestSocket accepted = listener.accept();
        const std::uint16_t clientPort = client.port();
        QVERIFY(table.refresh(SteadyClock::now()).has_value());
        client.close(); // closes first
        accepted.close();
        QVERIFY(table.refresh(SteadyClock::now()).has_value());
        const auto rows = table.rows();
        const SocketRow* row = find(rows, clientPort, listener.port());
        QVERIFY(row && row->state == SocketState::TimeWait);
        QVERIFY(!row->hasUid && !row->user.empty());
        QVERIFY(row->owners.empty() && row->ownersKnown);
    }

    void scansProcessesOnlyForNewInodesAndEvery30Seconds() {
        // A table of Unix sockets of a namespace of our own would be quieter; here it is enough
        // that two refreshes in a row with nothing new in between are found.
        SocketTable table({});
        const TimePoint start = SteadyClock::now();
        QVERIFY(table.refresh(start).has_value());
        QVERIFY(table.stats().scannedOwners);
        bool rested = false;
        for (int i = 0; i < 50 && !rested; ++i) {
            const auto change = table.refresh(start + 1s);
            rested = change && change->added.empty() && !table.stats().scannedOwners;
        }
        QVERIFY(rested);
        QVERIFY(table.refresh(start + 31s).has_value());
        QVERIFY(table.stats().scannedOwners);
        const TestSocket listener = TestSocket::listenTcp();
        QVERIFY(table.refresh(start + 32s).has_value());
        QVERIFY(table.stats().scannedOwners);
        const auto rows = table.rows();
        QVERIFY(find(rows, listener.port())->isOwnedBy(::getpid()));
    }

    void findsTheSecondOwnerAfterAFork() {
        SocketTable table({});
        const TestSocket listener = TestSocket::listenTcp();
        const TimePoint start = SteadyClock::now();
        QVERIFY(table.refresh(start).has_value());
        const pid_t child = ::fork();
        if (child == 0) {
            ::pause();
            ::_exit(0);
        }
        const auto change = table.refresh(start + 31s);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const SocketRow* row = find(change->changed, listener.port());
        QVERIFY(row);
        QVERIFY(row->isOwnedBy(::getpid()) && row->isOwnedBy(child));
    }

    void anOwnerThatMayNotBeReadIsNotKnown() {
        if (::geteuid() != 0)
            QSKIP("needs root, to become another user");
#ifdef __SANITIZE_THREAD__
        QSKIP("the thread sanitizer allows no threads after a fork");
#endif
        const TestSocket listener = TestSocket::listenTcp();
        int pipe[2];
        QCOMPARE(::pipe(pipe), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            // As nobody, who may not read our descriptors, and without the one inherited.
            const std::uint16_t port = listener.port();
            ::close(listener.fd());
            const bool became = ::setgid(65534) == 0 && ::setuid(65534) == 0;
            SocketTable table({});
            const bool read = became && table.refresh(SteadyClock::now()).has_value();
            const auto rows = table.rows();
            const SocketRow* row = find(rows, port);
            const char verdict = !read                 ? 'r'
                                 : !row                ? 'm'
                                 : row->ownersKnown    ? 'k'
                                 : row->owners.empty() ? '+'
                                                       : 'o';
            [[maybe_unused]] const ssize_t told = ::write(pipe[1], &verdict, 1);
            ::_exit(0);
        }
        ::close(pipe[1]); // so that a child that dies is seen
        char verdict = 0;
        QCOMPARE(::read(pipe[0], &verdict, 1), ssize_t{1});
        ::waitpid(child, nullptr, 0);
        ::close(pipe[0]);
        QCOMPARE(verdict, '+');
    }
};

QTEST_GUILESS_MAIN(TestSocketTable)
#include "tst_socket_table.moc"
