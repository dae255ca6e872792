#include <QtTest>

#include "core/diagnostics/seen_sockets.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

const TimePoint start{};

SocketRow rowOf(std::uint64_t cookie, SocketState state, std::uint16_t localPort,
                std::uint16_t remotePort) {
    SocketRow row{.cookie = cookie, .state = state};
    row.inode = 7000;
    row.localAddress.bytes = {127, 0, 0, 1};
    row.localPort = localPort;
    row.remotePort = remotePort;
    if (remotePort != 0)
        row.remoteAddress.bytes = {127, 0, 0, 1};
    row.hasUid = true;
    row.uid = 1000;
    row.user = "mira";
    row.owners.push_back(
        {std::make_shared<ProcessInfo>(ProcessInfo{.pid = 42, .command = "nginx"}), 5});
    return row;
}

/// As the kernel tells it.
ClosedSocket closedOf(std::uint64_t cookie, std::uint16_t localPort, std::uint16_t remotePort) {
    SocketRow row = rowOf(cookie, SocketState::Close, localPort, remotePort);
    row.inode = 0;
    row.hasUid = false;
    row.owners.clear();
    row.user.clear();
    return {row, {}, {}, {}};
}

} // namespace

class TestSeenSockets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesAClosedSocketWhatTheTableKnew() {
        SeenSockets seen;
        seen.learn({.added = {rowOf(1, SocketState::SynSent, 5000, 80)}}, start);
        seen.learn({.changed = {rowOf(1, SocketState::Established, 5000, 80)}}, start + 1s);
        ClosedSocket closed = closedOf(1, 5000, 80);
        seen.complete(closed, start + 3s);
        QVERIFY(closed.row.state == SocketState::Established);
        QCOMPARE(closed.row.inode, 7000u);
        QCOMPARE(closed.row.user, std::string("mira"));
        QVERIFY(closed.row.isOwnedBy(42));
        QVERIFY(closed.age == Duration(3s));
        QVERIFY(closed.listenerOwners.empty());
    }

    void remembersTheOwnersOfAnOrphan() {
        SeenSockets seen;
        seen.learn({.added = {rowOf(1, SocketState::Established, 5000, 80)}}, start);
        SocketRow orphan = rowOf(1, SocketState::FinWait2, 5000, 80);
        orphan.inode = 0;
        orphan.owners.clear();
        seen.learn({.changed = {orphan}}, start + 1s);
        ClosedSocket closed = closedOf(1, 5000, 80);
        seen.complete(closed, start + 2s);
        QVERIFY(closed.row.state == SocketState::FinWait2);
        QVERIFY(closed.row.isOwnedBy(42));
    }

    void namesTheListenerWhereTheSocketWasNeverSeen() {
        SeenSockets seen;
        seen.learn({.added = {rowOf(1, SocketState::Listen, 80, 0)}}, start);
        ClosedSocket server = closedOf(2, 80, 5000);
        seen.complete(server, start);
        QVERIFY(!server.age);
        QVERIFY(server.row.owners.empty());
        QCOMPARE(server.listenerOwners.size(), std::size_t{1});
        QCOMPARE(server.listenerOwners[0].process->pid, 42);
        ClosedSocket client = closedOf(3, 5000, 80);
        seen.complete(client, start);
        QVERIFY(client.listenerOwners.empty());
        seen.learn({.gone = {rowOf(1, SocketState::Listen, 80, 0)}}, start + 1s);
        ClosedSocket late = closedOf(4, 80, 5000);
        seen.complete(late, start + 1s);
        QVERIFY(late.listenerOwners.empty());
    }

    void hearsAListenerOnEveryAddress() {
        SocketRow listener = rowOf(1, SocketState::Listen, 80, 0);
        listener.family = 6;
        listener.localAddress = {.isIpv6 = true};
        SocketRow other = rowOf(2, SocketState::Listen, 80, 0);
        other.localAddress.bytes = {10, 0, 0, 1};
        other.owners.clear();
        SeenSockets seen;
        seen.learn({.added = {other, listener}}, start);
        ClosedSocket server = closedOf(3, 80, 5000);
        seen.complete(server, start);
        QCOMPARE(server.listenerOwners.size(), std::size_t{1});
        listener.v6Only = true;
        seen.learn({.changed = {listener}}, start);
        ClosedSocket unheard = closedOf(4, 80, 5000);
        seen.complete(unheard, start);
        QVERIFY(unheard.listenerOwners.empty());
    }

    void keepsWhatIsGoneForAMinute() {
        SeenSockets seen;
        const SocketRow row = rowOf(1, SocketState::Established, 5000, 80);
        seen.learn({.added = {row}}, start);
        seen.learn({.gone = {row}}, start + 1s);
        QCOMPARE(seen.size(), std::size_t{1});
        ClosedSocket closed = closedOf(1, 5000, 80);
        seen.complete(closed, start + 2s);
        QVERIFY(closed.row.isOwnedBy(42));
        seen.learn({}, start + 62s);
        QCOMPARE(seen.size(), std::size_t{0});
    }

    /// Its kind was not asked for meanwhile.
    void keepsWhatHasComeBack() {
        SeenSockets seen;
        const SocketRow row = rowOf(1, SocketState::Established, 5000, 80);
        seen.learn({.added = {row}}, start);
        seen.learn({.gone = {row}}, start + 1s);
        seen.learn({.added = {row}}, start + 2s);
        seen.learn({}, start + 90s);
        ClosedSocket closed = closedOf(1, 5000, 80);
        seen.complete(closed, start + 90s);
        QVERIFY(closed.row.isOwnedBy(42));
        QVERIFY(closed.age == Duration(90s));
    }

    void passesOverWhatNeverIsTold() {
        SeenSockets seen;
        SocketRow local = rowOf(3, SocketState::Established, 0, 0);
        local.protocol = SocketProtocol::Unix;
        seen.learn({.added = {rowOf(1, SocketState::TimeWait, 5000, 80),
                              rowOf(2, SocketState::SynRecv, 80, 5000), local}},
                   start);
        QCOMPARE(seen.size(), std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestSeenSockets)
#include "tst_seen_sockets.moc"
