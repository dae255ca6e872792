// Against the live kernel, with sockets of our own.

#include <algorithm>
#include <csignal>
#include <map>
#include <random>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
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

/// Opens, uses or closes one of a growing number of sockets.
void disturb(std::mt19937& random, const TestSocket& listener, std::vector<TestSocket>& open) {
    const auto any = [&]() -> TestSocket& { return open[random() % open.size()]; };
    switch (open.empty() ? 0 : random() % 6) {
    case 0:
        open.push_back(TestSocket::connectTcp(listener.port()));
        open.push_back(listener.accept());
        break;
    case 1:
        open.push_back(TestSocket::bindUdp());
        open.push_back(TestSocket::connectUdp(open.back().port()));
        break;
    case 2: // some have no peer, or have lost it
        (void)::send(any().fd(), "x", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        break;
    case 3:
        any().shutdownWrite();
        break;
    case 4: {
        const int copy = ::fcntl(any().fd(), F_DUPFD_CLOEXEC, 0); // a second descriptor
        open.emplace_back(UniqueFd(copy));
        break;
    }
    default:
        std::swap(any(), open.back());
        open.pop_back();
    }
}

/// What a row says but for time that passes. A descriptor that was copied is an owner of a socket
/// that is not new: it is known at the next scan only.
QString lineOf(const SocketRow& row) {
    return QStringLiteral("%1 %2 %3 %4 %5 %6 %7 %8")
        .arg(protocolText(row.protocol), stateText(row.state))
        .arg(QString::fromStdString(row.localText()), QString::fromStdString(row.remoteText()))
        .arg(row.receiveQueue)
        .arg(row.sendQueue)
        .arg(row.inode)
        .arg(QString::fromStdString(row.user));
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

    void followsWhatHappensAsAFreshReadingSeesIt() {
        std::mt19937 random(6);
        const TestSocket listener = TestSocket::listenTcp(64);
        std::vector<TestSocket> open;
        SocketTable followed({.unixSockets = true}, DetailsFor::Watched);
        std::map<std::uint64_t, QString> shown; // as a window keeps it, from the changes alone
        TimePoint time = SteadyClock::now();
        const auto follow = [&] {
            const auto change = followed.refresh(time += 100ms);
            for (const auto* rows : {&change->added, &change->changed, &change->detailed}) {
                for (const SocketRow& row : *rows)
                    shown[row.cookie] = lineOf(row);
            }
            for (const SocketRow& row : change->gone)
                shown.erase(row.cookie);
        };
        for (int turn = 0; turn < 40; ++turn) {
            for (int i = 0; i < 12; ++i)
                disturb(random, listener, open);
            follow();
            QCOMPARE(shown.size(), followed.rows().size());
        }
        std::size_t compared = 0;
        const auto isTheSame = [&] { // once the last FIN is acknowledged
            follow();
            SocketTable fresh({.unixSockets = true});
            if (!fresh.refresh(time))
                return false;
            compared = 0;
            for (const SocketRow& row : fresh.rows()) {
                if (!row.isOwnedBy(::getpid()))
                    continue; // others do not rest meanwhile
                if (shown[row.cookie] != lineOf(row))
                    return false;
                ++compared;
            }
            return true;
        };
        QTRY_VERIFY(isTheSame());
        QVERIFY(compared > 20);
    }

    void readsDetailsOfAllWhereAsked() {
        const auto [client, accepted] = connectedPair();
        client.send("twelve bytes");
        SocketTable table({}, DetailsFor::All);
        QVERIFY(table.refresh(SteadyClock::now()).has_value());
        const auto rows = table.rows();
        const SocketRow* row = find(rows, client.port(), accepted.port());
        QVERIFY(row->details && row->details->tcpInfo && row->details->memory);
        tcp_info own{};
        socklen_t size = sizeof own;
        QCOMPARE(::getsockopt(client.fd(), IPPROTO_TCP, TCP_INFO, &own, &size), 0);
        QCOMPARE(row->details->tcpInfo->sendMss, own.tcpi_snd_mss);
        QCOMPARE(row->details->tcpInfo->congestionWindow, own.tcpi_snd_cwnd);
        QCOMPARE(row->details->tcpInfo->bytesSent, std::uint64_t{12});
        QVERIFY(!row->details->congestion.empty());
        SocketTable plain({});
        QVERIFY(plain.refresh(SteadyClock::now()).has_value());
        for (const SocketRow& other : plain.rows())
            QVERIFY(!other.details);
    }

    void readsDetailsOfWatchedRowsAtEachRefresh() {
        const auto [client, accepted] = connectedPair();
        const TestSocket bound = TestSocket::bindUdp();
        const TestSocket connected = TestSocket::connectUdp(bound.port());
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        const UniqueFd one(ends[0]);
        const UniqueFd two(ends[1]);
        SocketTable table({.unixSockets = true}, DetailsFor::Watched);
        QVERIFY(table.refresh(SteadyClock::now()).has_value());
        std::vector<std::uint64_t> cookies;
        for (const SocketRow& row : table.rows()) {
            QVERIFY(!row.details);
            // Not by port alone: what was before in TIME_WAIT there has no memory to tell of.
            const bool isOfKind =
                row.protocol == SocketProtocol::Unix || row.localPort == client.port() ||
                row.localPort == accepted.port() || row.localPort == bound.port() ||
                row.localPort == connected.port();
            if (isOfKind && row.isOwnedBy(::getpid()))
                cookies.push_back(row.cookie);
        }
        QVERIFY(cookies.size() >= 6);
        table.watch(cookies);
        for (int i = 0; i < 2; ++i) {
            const auto change = table.refresh(SteadyClock::now());
            for (const std::uint64_t cookie : cookies)
                QCOMPARE(std::ranges::count(change->detailed, cookie, &SocketRow::cookie), 1);
            for (const SocketRow& row : change->detailed)
                QVERIFY(row.details && row.details->memory);
        }
        client.send("x"); // changed, and with details as well
        const auto change = table.refresh(SteadyClock::now());
        const SocketRow* changed = find(change->changed, accepted.port(), client.port());
        QVERIFY(changed && changed->details->tcpInfo->bytesReceived == 1);
        QVERIFY(!find(change->detailed, accepted.port(), client.port()));
    }

    void readsOneSocketAmongThoseThatShareAPort() {
        std::vector<UniqueFd> group;
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (const int type : {SOCK_STREAM, SOCK_DGRAM}) {
            address.sin_port = 0;
            for (int i = 0; i < 4; ++i) {
                UniqueFd fd(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
                const int yes = 1;
                ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
                socklen_t length = sizeof address;
                auto* generic = reinterpret_cast<sockaddr*>(&address);
                QCOMPARE(::bind(fd.get(), generic, length), 0);
                ::getsockname(fd.get(), generic, &length);
                if (type == SOCK_STREAM)
                    QCOMPARE(::listen(fd.get(), i + 1), 0);
                group.push_back(std::move(fd));
            }
        }
        SocketTable table({}, DetailsFor::Watched);
        QVERIFY(table.refresh(SteadyClock::now()).has_value());
        std::size_t found = 0;
        for (const SocketRow& row : table.rows()) {
            const auto isIts = [&](const UniqueFd& fd) {
                return std::ranges::any_of(
                    row.owners, [&](const SocketOwner& owner) { return owner.fd == fd.get(); });
            };
            if (!row.isOwnedBy(::getpid()) || std::ranges::none_of(group, isIts))
                continue;
            const auto now = table.readNow(row.cookie);
            QVERIFY(now && now->details);
            QCOMPARE(now->cookie, row.cookie);
            QCOMPARE(now->sendQueue, row.sendQueue); // a listener's backlog tells which it is
            QVERIFY(now->owners == row.owners);
            ++found;
        }
        QCOMPARE(found, group.size());
    }

    void readsOneSocketUntilItHasGone() {
        TestSocket listener = TestSocket::listenTcp();
        SocketTable table({}, DetailsFor::Watched);
        QVERIFY(!table.readNow(1));
        QVERIFY(table.refresh(SteadyClock::now()).has_value());
        const auto rows = table.rows();
        const std::uint64_t cookie = find(rows, listener.port())->cookie;
        const TestSocket waiting = TestSocket::connectTcp(listener.port());
        const auto now = table.readNow(cookie);
        QVERIFY(now && now->state == SocketState::Listen);
        QCOMPARE(now->receiveQueue, 1u);
        QCOMPARE(now->details->tcpInfo->unacked, 1u);
        QVERIFY(!now->user.empty() && now->isOwnedBy(::getpid()));
        listener.close();
        QVERIFY(!table.readNow(cookie));
    }

    void asksForEveryKindAndTellsWhichThereIsNot() {
        SocketTable table(TableKinds::all(), DetailsFor::All);
        QVERIFY(table.refresh(SteadyClock::now()).has_value());
        const auto isOffered = [&](SocketProtocol protocol) {
            return std::ranges::count(table.stats().notOffered, protocol) == 0;
        };
        for (const SocketProtocol protocol :
             {SocketProtocol::Tcp, SocketProtocol::Udp, SocketProtocol::Unix})
            QVERIFY(isOffered(protocol));
        const auto rows = table.rows();
        for (const SocketProtocol protocol : everyProtocol) {
            const bool isThere = std::ranges::count(rows, protocol, &SocketRow::protocol) > 0;
            QVERIFY(!isThere || isOffered(protocol));
        }
        if (isOffered(SocketProtocol::Netlink)) // that of the table itself, at least
            QVERIFY(std::ranges::any_of(rows, [](const SocketRow& row) {
                return row.protocol == SocketProtocol::Netlink && row.isOwnedBy(::getpid()) &&
                       row.localText().starts_with("tcpdiag:");
            }));
        table.setKinds({.tcp = true, .udp = false});
        const auto change = table.refresh(SteadyClock::now());
        QVERIFY(std::ranges::any_of(change->gone, [](const SocketRow& row) {
            return row.protocol == SocketProtocol::Unix || row.protocol == SocketProtocol::Udp;
        }));
        QVERIFY(table.stats().notOffered.empty());
    }

    void tellsWhichInterfaceASocketIsBoundTo() {
        const TestSocket bound = TestSocket::bindUdp();
        if (::setsockopt(bound.fd(), SOL_SOCKET, SO_BINDTODEVICE, "lo", 2) != 0)
            QSKIP("may not bind to an interface");
        const auto rows = rowsNow();
        const SocketRow* row = find(rows, bound.port());
        QVERIFY(row->interface != 0);
        QCOMPARE(row->interfaceName, std::string("lo"));
    }

    void tellsWhichTimerRuns() {
        const auto [client, accepted] = connectedPair();
        const int yes = 1;
        ::setsockopt(client.fd(), SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
        const auto rows = rowsNow();
        const SocketRow* row = find(rows, client.port(), accepted.port());
        QVERIFY(row->timer == TimerKind::Keepalive);
        QVERIFY(row->timerExpiresMs > 7'000'000); // two hours (tcp(7))
        QVERIFY(find(rows, accepted.port(), client.port())->timer == TimerKind::None);
    }

    void tellsBothEndsOfAUnixConnection() {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends), 0);
        const UniqueFd one(ends[0]);
        const UniqueFd two(ends[1]);
        const auto rows = rowsNow({false, false, true});
        const auto rowOf = [&](int fd) {
            return std::ranges::find_if(rows, [&](const SocketRow& row) {
                return std::ranges::any_of(row.owners, [&](const SocketOwner& owner) {
                    return owner.fd == fd && owner.process->pid == ::getpid();
                });
            });
        };
        QCOMPARE(rowOf(one.get())->peerInode, rowOf(two.get())->inode);
        QCOMPARE(rowOf(two.get())->peerInode, rowOf(one.get())->inode);
    }
};

QTEST_GUILESS_MAIN(TestSocketTable)
#include "tst_socket_table.moc"
