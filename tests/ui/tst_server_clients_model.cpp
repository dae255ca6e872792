#include <map>
#include <random>

#include <QAbstractItemModelTester>
#include <QtTest>

#include "ui/servers/server_clients_model.h"

using namespace sscope;
using Model = ServerClientsModel;

namespace {

ConnectionId connection(std::uint32_t number) {
    return {1, number};
}

lifecycle::Accepted acceptedFrom(std::uint32_t number) {
    return {"tcp://127.0.0.1:" + std::to_string(40'000 + number), "tcp://127.0.0.1:80"};
}

ConnectionState stateOf(std::uint32_t number, std::uint64_t bytes, PeerId peer = 0) {
    return {connection(number),
            peer,
            peer == 0 ? "" : "udp://127.0.0.1:" + std::to_string(peer),
            {.receivedBytes = bytes, .receivedMessages = bytes / 10}};
}

} // namespace

class TestServerClientsModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsConnectionsWithTheirCounters() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        model.accepted(connection(1), SteadyClock::now(), acceptedFrom(1));
        model.counted(stateOf(1, 20), SteadyClock::now());
        model.commit();
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, Model::PeerColumn).data().toString(), QString("127.0.0.1:40001"));
        QCOMPARE(model.index(0, Model::MessagesColumn).data().toString(), QString("2"));
        QCOMPARE(model.index(0, Model::BytesColumn).data().toString(), QString("20 B"));
        model.counted(stateOf(1, 4301), SteadyClock::now());
        model.commit();
        QCOMPARE(model.index(0, Model::BytesColumn).data().toString(), QString("4.2 KiB"));
        model.closed(connection(1));
        model.commit();
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.find(connection(1)));
    }

    void datagramPeersPushNoConnectionOut() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        for (std::uint32_t number = 1; number <= 5; ++number)
            model.accepted(connection(number), SteadyClock::now(), acceptedFrom(number));
        model.commit();
        for (PeerId peer = 1; peer <= 2000; ++peer) {
            model.counted(stateOf(9, 10, peer), SteadyClock::now());
            if (peer % 700 == 0) {
                model.closed(connection(peer / 700)); // goes in the same commit as the oldest peers
                model.commit();
            }
        }
        model.commit();
        QCOMPARE(model.rowCount(), 1003);
        QVERIFY(!model.find(connection(1)) && !model.find(connection(2)));
        QVERIFY(model.find(connection(3)) && model.find(connection(5)));
        QVERIFY(model.find(connection(9), 2000) && !model.find(connection(9), 1));
    }

    void showsAPeersNameSafely() {
        Model model;
        model.accepted(connection(1), SteadyClock::now(),
                       {"unix:@<img src=x>\n\x1b[31m", "unix:/s"});
        model.commit();
        const QModelIndex index = model.index(0, Model::PeerColumn);
        QVERIFY(!index.data().toString().contains(QLatin1Char('\n')));
        QVERIFY(!index.data(Qt::ToolTipRole).toString().contains("<img"));
    }

    void listsDatagramPeersAndLetsTheOldestGo() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        for (PeerId peer = 1; peer <= 2500; ++peer) {
            model.counted(stateOf(1, 10, peer), SteadyClock::now());
            if (peer % 300 == 0)
                model.commit();
        }
        model.commit();
        QCOMPARE(model.rowCount(), 1000);
        QVERIFY(model.find(connection(1), 2500) && !model.find(connection(1), 1500));
        // The socket's own counters are no peer.
        model.counted(stateOf(1, 25'000), SteadyClock::now());
        model.commit();
        QCOMPARE(model.rowCount(), 1000);
    }

    void agreesWithAReferenceUnderRandomBatches() {
        std::mt19937 random(5);
        Model model;
        const QAbstractItemModelTester tester(&model);
        std::map<std::uint32_t, std::uint64_t> reference;
        std::uint32_t next = 1;
        for (int batch = 0; batch < 300; ++batch) {
            for (int i = static_cast<int>(random() % 30); i > 0; --i) {
                model.accepted(connection(next), SteadyClock::now(), acceptedFrom(next));
                reference[next++] = 0;
            }
            for (auto it = reference.begin(); it != reference.end();) {
                const auto dice = random() % 10;
                if (dice < 2) {
                    model.closed(connection(it->first));
                    it = reference.erase(it);
                    continue;
                }
                if (dice < 6) {
                    it->second += random() % 1000;
                    model.counted(stateOf(it->first, it->second), SteadyClock::now());
                }
                ++it;
            }
            model.commit();
            QCOMPARE(model.rowCount(), static_cast<int>(reference.size()));
            for (const auto& [number, bytes] : reference) {
                const auto* client = model.find(connection(number));
                QVERIFY(client);
                QCOMPARE(client->counters.receivedBytes, bytes);
            }
        }
        model.removeAll();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestServerClientsModel)
#include "tst_server_clients_model.moc"
