#include <set>

#include <QtTest>

#include "core/net/datagram_peers.h"
#include "core/trace/trace_outbox.h"

using namespace sscope;

namespace {

SocketAddress peerNumber(int n) {
    return *SocketAddress::fromNumeric("127.0.0." + std::to_string(n % 250 + 1),
                                       static_cast<std::uint16_t>(1000 + n / 250));
}

} // namespace

class TestDatagramPeers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsAPeerAgain() {
        TraceBatch batch;
        DatagramPeers peers(batch, {1, 1}, Transport::Udp);
        const PeerId one = peers.at(peerNumber(1)).counters.peer;
        const PeerId two = peers.at(peerNumber(2)).counters.peer;
        QVERIFY(one != two && one != 0 && two != 0);
        QCOMPARE(peers.at(peerNumber(1)).counters.peer, one);
        QCOMPARE(peers.find(two)->address.text(), peerNumber(2).text());
        QCOMPARE(peers.at(peerNumber(2)).counters.endpoint, std::string("udp://127.0.0.3:1000"));
    }

    void forgetsWhoWasSilentTheLongest() {
        TraceBatch batch;
        DatagramPeers peers(batch, {1, 1}, Transport::Udp);
        const PeerId first = peers.at(peerNumber(0)).counters.peer;
        const PeerId second = peers.at(peerNumber(1)).counters.peer;
        for (int i = 2; i < static_cast<int>(DatagramPeers::capacity); ++i)
            peers.at(peerNumber(i));
        peers.at(peerNumber(0)); // speaks again
        peers.at(peerNumber(5000));
        QVERIFY(peers.find(first));
        QVERIFY(!peers.find(second));
        QVERIFY(peers.at(peerNumber(1)).counters.peer != second); // a new id
    }

    void whatTheLogSaysOfAForgottenPeerHasItsName() {
        TraceOutbox outbox({}, {});
        TraceBatch batch(&outbox, TraceBatch::Detail::Log);
        {
            ConnectionTrace trace(batch, {1, 1});
            DatagramPeers peers(batch, {1, 1}, Transport::Udp);
            for (int i = 0; i < 1500; ++i)
                trace.received(bytesOf("x"), &peers.at(peerNumber(i)).counters);
            batch.flush();
        }
        TraceDrain drain;
        outbox.swap(drain);
        std::set<PeerId> named;
        for (const ConnectionState& state : drain.states)
            named.insert(state.peer);
        for (const LogChunk* chunk : {&drain.olderLog, &drain.newerLog}) {
            for (const TraceEvent& event : chunk->events)
                QVERIFY(named.contains(event.peer));
        }
    }
};

QTEST_GUILESS_MAIN(TestDatagramPeers)
#include "tst_datagram_peers.moc"
