#include <map>
#include <random>
#include <set>

#include <unistd.h>

#include <QAbstractItemModelTester>
#include <QtTest>

#include "ui/connections/connections_model.h"

using namespace sscope;
using namespace std::chrono_literals;
using Model = ConnectionsModel;

namespace {

SocketRow makeRow(std::uint64_t cookie, std::uint16_t local, std::uint16_t remote = 0,
                  SocketState state = SocketState::Established) {
    SocketRow row;
    row.cookie = cookie;
    row.inode = static_cast<std::uint32_t>(cookie);
    row.state = state;
    row.localAddress.bytes = {127, 0, 0, 1};
    row.localPort = local;
    if (remote != 0) {
        row.remoteAddress.bytes = {127, 0, 0, 1};
        row.remotePort = remote;
    }
    row.user = "mira";
    row.hasUid = true;
    return row;
}

void setOwner(SocketRow& row, int pid, const std::string& command) {
    row.owners = {{std::make_shared<ProcessInfo>(ProcessInfo{pid, command}), 3}};
}

TableUpdate update(TableChange change, int second = 0) {
    return {TimePoint(std::chrono::seconds(1000 + second)), std::move(change), {}};
}

std::vector<quint64> cookies(const Model& model) {
    std::vector<quint64> all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.push_back(model.at(row).row.cookie);
    return all;
}

} // namespace

class TestConnectionsModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsThereAtFirstIsNotNew() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        model.apply(update({.added = {makeRow(1, 80)}}));
        QVERIFY(model.at(0).change == RowChange::None && model.at(0).isOlder);
        model.apply(update({.added = {makeRow(2, 81)}}, 1));
        const int row = model.rowOfCookie(2);
        QVERIFY(model.at(row).change == RowChange::New && !model.at(row).isOlder);
        model.apply(update({}, 2));
        QVERIFY(model.at(row).change == RowChange::None);
        QVERIFY(model.index(0, Model::AgeColumn).data().toString().startsWith('>'));
    }

    void aGoneRowStaysForOneInterval() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        model.apply(update({.added = {makeRow(1, 80), makeRow(2, 81)}}));
        model.apply(update({.gone = {makeRow(1, 80)}}, 1));
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.at(model.rowOfCookie(1)).change == RowChange::Gone);
        model.apply(update({}, 2));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowOfCookie(1), -1);
        QCOMPARE(model.total(), std::size_t{1});
    }

    void tellsWhatHasChanged() {
        Model model;
        model.apply(update({.added = {makeRow(1, 80, 9)}}));
        SocketRow row = makeRow(1, 80, 9, SocketState::CloseWait);
        row.receiveQueue = 1208;
        model.apply(update({.changed = {row}}, 1));
        QVERIFY(model.at(0).stateChanged && model.at(0).queuesChanged);
        QVERIFY(model.index(0, Model::NotesColumn).data().toString().contains("ESTABLISHED"));
        QCOMPARE(model.index(0, Model::ReceiveQueueColumn).data().toString(), QString("1 208"));
    }

    void sortsByAnyColumnAndKeepsTheSelection() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        TableChange first;
        for (std::uint64_t i = 1; i <= 50; ++i) {
            SocketRow row = makeRow(i, static_cast<std::uint16_t>(1000 + i * 37 % 50));
            setOwner(row, static_cast<int>(i % 7), std::string(1, static_cast<char>('a' + i % 5)));
            row.receiveQueue = static_cast<std::uint32_t>(i * 13 % 20);
            first.added.push_back(row);
        }
        model.apply(update(first));
        const QPersistentModelIndex selected = model.index(model.rowOfCookie(7), 0);
        for (int column = 0; column < Model::ColumnCount; ++column) {
            for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
                model.sort(column, order);
                QCOMPARE(model.at(selected.row()).row.cookie, std::uint64_t{7});
            }
        }
        model.sort(Model::LocalColumn, Qt::AscendingOrder);
        for (int row = 1; row < model.rowCount(); ++row)
            QVERIFY(model.at(row - 1).row.localPort <= model.at(row).row.localPort);
        model.sort(Model::ReceiveQueueColumn, Qt::DescendingOrder);
        for (int row = 1; row < model.rowCount(); ++row)
            QVERIFY(model.at(row - 1).row.receiveQueue >= model.at(row).row.receiveQueue);
    }

    void filtersAndFindsAgain() {
        Model model;
        SocketRow ours = makeRow(1, 80, 0, SocketState::Listen);
        setOwner(ours, ::getpid(), "socketscope");
        SocketRow other = makeRow(2, 443, 50'000);
        setOwner(other, 1, "nginx");
        SocketRow remote = makeRow(3, 444, 5);
        remote.remoteAddress.bytes = {192, 0, 2, 1};
        remote.localAddress.bytes = {192, 0, 2, 2};
        model.apply(update({.added = {ours, other, remote}}));
        model.setFilter({.text = SocketFilter("nginx")});
        QVERIFY((cookies(model) == std::vector<quint64>{2}));
        model.setFilter({.oursOnly = true});
        QVERIFY((cookies(model) == std::vector<quint64>{1}));
        QVERIFY(model.isOurs(model.at(0)));
        model.setFilter({.listeningOnly = true});
        QVERIFY((cookies(model) == std::vector<quint64>{1}));
        model.setFilter({.hideLoopback = true});
        QVERIFY((cookies(model) == std::vector<quint64>{3}));
        model.setFilter({});
        QCOMPARE(model.rowCount(), 3);
    }

    void aFilterHoldsForWhatComesLater() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        model.setFilter({.text = SocketFilter("443")});
        model.apply(update({.added = {makeRow(1, 443), makeRow(2, 80)}}));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.total(), std::size_t{2});
        SocketRow changed = makeRow(2, 80);
        setOwner(changed, 443, "x"); // passes now, by its pid
        model.apply(update({.changed = {changed}}, 1));
        QCOMPARE(model.rowCount(), 2);
        model.apply(update({.gone = {changed}}, 2));
        model.apply(update({}, 3));
        QCOMPARE(model.rowCount(), 1);
    }

    void pairsBothEndsOfALocalConnection() {
        Model model;
        SocketRow mapped = makeRow(3, 8001, 40'003);
        mapped.family = 6;
        for (IpAddress* address : {&mapped.localAddress, &mapped.remoteAddress}) {
            address->isIpv6 = true;
            address->bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1};
        }
        model.apply(update({.added = {makeRow(1, 80, 40'000), makeRow(2, 40'000, 80), mapped,
                                      makeRow(4, 40'003, 8001), makeRow(5, 99)}}));
        const auto peerOf = [&](quint64 cookie) {
            const int row = model.peerRow(model.rowOfCookie(cookie));
            return row < 0 ? quint64{0} : quint64{model.at(row).row.cookie};
        };
        QCOMPARE(peerOf(1), quint64{2});
        QCOMPARE(peerOf(2), quint64{1});
        QCOMPARE(peerOf(3), quint64{4}); // of a dual-stack socket
        QCOMPARE(peerOf(5), quint64{0});
        QVERIFY(model.stateOf("tcp://127.0.0.1:40000", "tcp://127.0.0.1:80") ==
                SocketState::Established);
        QVERIFY(!model.stateOf("tcp://127.0.0.1:1", "tcp://127.0.0.1:80"));
        model.apply(update({.gone = {makeRow(2, 40'000, 80)}}, 1));
        model.apply(update({}, 2));
        QCOMPARE(peerOf(1), quint64{0});
    }

    void saysWhyThereIsNoName() {
        Model model;
        SocketRow hidden = makeRow(1, 80);
        hidden.ownersKnown = false;
        SocketRow waiting = makeRow(2, 81, 5, SocketState::TimeWait);
        waiting.inode = 0;
        waiting.user.clear();
        SocketRow hostile = makeRow(3, 82);
        setOwner(hostile, 7, "<img src=x>\n\x1b");
        model.apply(update({.added = {hidden, waiting, hostile}}));
        const auto text = [&](quint64 cookie, int column) {
            return model.index(model.rowOfCookie(cookie), column).data().toString();
        };
        QCOMPARE(text(1, Model::ProcessColumn), QString("no permission"));
        QCOMPARE(text(2, Model::ProcessColumn), QString("kernel"));
        QCOMPARE(text(2, Model::UserColumn), QString("unknown"));
        QCOMPARE(text(3, Model::ProcessColumn), QString("<img src=x>\\n\\x1b"));
        QCOMPARE(text(1, Model::RemoteColumn), QString("*"));
    }

    void agreesWithAReferenceUnderRandomUpdates() {
        std::mt19937 random(11);
        Model model;
        const QAbstractItemModelTester tester(&model);
        std::map<std::uint64_t, SocketRow> reference;
        std::uint64_t next = 1;
        std::set<std::uint64_t> leaving;
        for (int step = 0; step < 150; ++step) {
            TableChange change;
            for (const std::uint64_t cookie : leaving)
                reference.erase(cookie);
            leaving.clear();
            for (auto& [cookie, row] : reference) {
                const auto dice = random() % 20;
                if (dice < 3 || step % 40 == 39) {
                    change.gone.push_back(row);
                    leaving.insert(cookie);
                } else if (dice < 6) {
                    row.receiveQueue = static_cast<std::uint32_t>(random() % 100);
                    change.changed.push_back(row);
                }
            }
            const int count = step % 25 == 0 ? 200 : static_cast<int>(random() % 10);
            for (int i = 0; i < count; ++i) {
                SocketRow row = makeRow(next++, static_cast<std::uint16_t>(random() % 60'000 + 1));
                reference[row.cookie] = row;
                change.added.push_back(row);
            }
            if (step % 17 == 0)
                model.sort(static_cast<int>(random() % Model::ColumnCount),
                           random() % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            model.apply(update(std::move(change), step));
            std::set<std::uint64_t> shown;
            for (const quint64 cookie : cookies(model))
                shown.insert(cookie);
            QCOMPARE(shown.size(), reference.size());
            for (int row = 0; row < model.rowCount(); ++row) {
                const ConnectionEntry& entry = model.at(row);
                QVERIFY(reference.contains(entry.row.cookie));
                QCOMPARE(entry.row.receiveQueue, reference[entry.row.cookie].receiveQueue);
                QCOMPARE(entry.change == RowChange::Gone, leaving.contains(entry.row.cookie));
            }
        }
    }
};

QTEST_MAIN(TestConnectionsModel)
#include "tst_connections_model.moc"
