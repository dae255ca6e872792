#include <map>
#include <random>
#include <set>

#include <unistd.h>

#include <QAbstractItemModelTester>
#include <QtTest>

#include "tests/ui/table_rows.h"
#include "ui/connections/connections_model.h"

using namespace sscope;
using namespace std::chrono_literals;
using Model = ConnectionsModel;

namespace {

TableUpdate update(TableChange change, int second = 0) {
    return makeUpdate(std::move(change), second);
}

std::vector<quint64> cookies(const Model& model) {
    std::vector<quint64> all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.push_back(model.entryAt(row) ? model.at(row).row.cookie : 0);
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
        QVERIFY(model.at(0).stateChanged && model.at(0).receiveQueueChanged &&
                !model.at(0).sendQueueChanged);
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
        model.setFilter({.text = *SocketFilter::parse("nginx")});
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
        model.setFilter({.text = *SocketFilter::parse("443")});
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

    void pairsUnixSocketsByTheirInodes() {
        Model model;
        model.apply(update({.added = {makeUnixRow(11, 12, "/run/x"), makeUnixRow(12, 11),
                                      makeUnixRow(13, 0, "@name"), makeUnixRow(14, 99)}}));
        const auto peerOf = [&](quint64 cookie) {
            const ConnectionEntry* peer = model.peerOf(*model.find(cookie));
            return peer ? quint64{peer->row.cookie} : 0;
        };
        QCOMPARE(peerOf(11), quint64{12});
        QCOMPARE(peerOf(12), quint64{11});
        QCOMPARE(peerOf(13), quint64{0});
        QCOMPARE(peerOf(14), quint64{0}); // its other end is not in the table
    }

    void aUnixSocketsPeerIsNamed() {
        Model model;
        SocketRow client = makeUnixRow(12, 11);
        setOwner(client, 7, "dbus\n-daemon");
        model.apply(update(
            {.added = {makeUnixRow(11, 12, "/run/z"), client, makeUnixRow(21, 22, "@na\nme"),
                       makeUnixRow(22, 21), makeUnixRow(13, 0, "/run/x"), makeUnixRow(14, 99)}}));
        const auto remote = [&](quint64 cookie) {
            return model.index(model.rowOfCookie(cookie), Model::RemoteColumn).data().toString();
        };
        QCOMPARE(remote(12), QString("/run/z"));
        QCOMPARE(remote(22), QString("@na\\nme"));
        QCOMPARE(remote(11), QString("dbus\\n-daemon 12"));
        QCOMPARE(remote(21), QString("* 22")); // who holds it is not known
        QCOMPARE(remote(14), QString("* 99"));
        QCOMPARE(remote(13), QString("*"));
        QVERIFY(model.lineText(model.rowOfCookie(12)).contains("\t/run/z\t"));
        model.sort(Model::RemoteColumn, Qt::AscendingOrder);
        QCOMPARE(cookies(model), (std::vector<quint64>{13, 11, 21, 14, 12, 22}));
        model.setStyle(TableStyle::Ss); // as ss has it
        QTRY_VERIFY(!model.isBusy());
        const int row = model.rowOfCookie(12);
        QCOMPARE(model.index(row, 6).data().toString(), QString("* 11"));
    }

    void gathersRowsByProcessStateAndRemote() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        SocketRow a = makeRow(1, 80, 5000);
        setOwner(a, 7, "nginx");
        SocketRow b = makeRow(2, 81, 0, SocketState::Listen);
        setOwner(b, 7, "nginx");
        SocketRow c = makeRow(3, 90, 6000, SocketState::CloseWait);
        setOwner(c, 9, "curl");
        c.remoteAddress.bytes = {192, 0, 2, 1};
        model.apply(update({.added = {a, b, c}}));
        model.setGrouping(Grouping::Process);
        QVERIFY((cookies(model) == std::vector<quint64>{0, 3, 0, 1, 2}));
        QCOMPARE(model.index(0, 0).data().toString(), QString("curl, pid 9 (1)"));
        QCOMPARE(model.index(2, 0).data().toString(), QString("nginx, pid 7 (2)"));
        QCOMPARE(model.headingOf(3), 2);
        model.setGrouping(Grouping::State);
        QVERIFY((cookies(model) == std::vector<quint64>{0, 2, 0, 1, 0, 3}));
        model.setGrouping(Grouping::Remote);
        QVERIFY((cookies(model) == std::vector<quint64>{0, 1, 0, 3, 0, 2}));
        QCOMPARE(model.index(4, 0).data().toString(), QString("no peer (1)"));
        model.setGrouping(Grouping::None);
        QCOMPARE(model.rowCount(), 3);
    }

    void aFoldedGroupStaysFoldedAndOpensForItsRow() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        model.apply(update({.added = {makeRow(1, 80, 5), makeRow(2, 81, 0, SocketState::Listen)}}));
        model.setGrouping(Grouping::State);
        model.setCollapsed(0, true);
        QVERIFY((cookies(model) == std::vector<quint64>{0, 0, 1}));
        model.apply(update({.added = {makeRow(3, 82, 0, SocketState::Listen)}}, 1));
        QVERIFY((cookies(model) == std::vector<quint64>{0, 0, 1}));
        QCOMPARE(model.index(0, 0).data().toString(), QString("LISTEN (2)"));
        QCOMPARE(model.passing(), std::size_t{3});
        QCOMPARE(model.reveal(3), 2);
        QVERIFY(!model.headingAt(0)->isCollapsed);
        model.setAllCollapsed(true);
        QVERIFY((cookies(model) == std::vector<quint64>{0, 0}));
    }

    void countsByStateFollowTheTableAndTheFilter() {
        Model model;
        const auto count = [&](SocketState state) {
            return model.stateCounts()[static_cast<std::size_t>(state)];
        };
        model.apply(update({.added = {makeRow(1, 80, 5), makeRow(2, 80, 6),
                                      makeRow(3, 443, 0, SocketState::Listen)}}));
        QCOMPARE(count(SocketState::Established), 2);
        model.apply(update(
            {.changed = {makeRow(1, 80, 5, SocketState::CloseWait)}, .gone = {makeRow(2, 80, 6)}},
            1));
        QCOMPARE(count(SocketState::Established), 0);
        QCOMPARE(count(SocketState::CloseWait), 1);
        model.setFilter({.states = 1u << static_cast<unsigned>(SocketState::Listen)});
        QVERIFY((cookies(model) == std::vector<quint64>{3}));
        QCOMPARE(count(SocketState::CloseWait), 1); // what the other buttons would show
        model.setFilter({.text = *SocketFilter::parse("port:443")});
        QCOMPARE(count(SocketState::CloseWait), 0);
        QCOMPARE(count(SocketState::Listen), 1);
    }

    void hasTheColumnsOfATool_data() {
        QTest::addColumn<int>("style");
        QTest::newRow("netstat") << static_cast<int>(TableStyle::Netstat);
        QTest::newRow("lsof") << static_cast<int>(TableStyle::Lsof);
        QTest::newRow("ss") << static_cast<int>(TableStyle::Ss);
    }
    void hasTheColumnsOfATool() {
        QFETCH(int, style);
        const auto tool = static_cast<TableStyle>(style);
        Model model;
        const QAbstractItemModelTester tester(&model);
        SocketRow row = makeRow(1, 80, 5000);
        setOwner(row, 7, "nginx");
        row.owners.push_back({row.owners.front().process, 4});
        SocketRow bound = makeRow(2, 99, 0, SocketState::Bound);
        model.apply(update({.added = {row, bound}}));
        model.setStyle(tool);
        QTRY_VERIFY(!model.isBusy());
        const auto columns = styleColumns(tool);
        QCOMPARE(model.columnCount(), 1 + static_cast<int>(columns.size()));
        const auto cells = styleCells(tool, row);
        for (int column = 1; column < model.columnCount(); ++column) {
            const auto at = static_cast<std::size_t>(column - 1);
            QCOMPARE(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                     QString::fromLatin1(columns[at].title));
            QCOMPARE(model.index(0, column).data().toString(), QString::fromStdString(cells[at]));
        }
        // lsof has a line for each descriptor; none of them shows what is only bound.
        QCOMPARE(model.rowCount(), tool == TableStyle::Lsof ? 2 : 1);
        for (int column = 0; column < model.columnCount(); ++column)
            model.sort(column, Qt::DescendingOrder);
        model.setStyle(TableStyle::Full);
        QTRY_COMPARE(model.rowCount(), 2);
    }

    void tellsHowFastBytesMove() {
        Model model;
        const auto reading = [](std::uint64_t received, std::uint64_t acked) {
            SocketRow row = makeRow(1, 80, 5000);
            SocketDetails details;
            details.tcpInfo.emplace();
            details.tcpInfo->bytesReceived = received;
            details.tcpInfo->bytesAcked = acked;
            details.tcpInfo->rttUs = 210;
            row.details = std::make_shared<SocketDetails>(details);
            return row;
        };
        model.apply(update({.added = {makeRow(1, 80, 5000)}}));
        QCOMPARE(model.index(0, Model::ReceiveRateColumn).data().toString(), QString("-"));
        model.apply(update({.detailed = {reading(1000, 0)}}, 1));
        QCOMPARE(model.index(0, Model::ReceiveRateColumn).data().toString(), QString("-"));
        model.apply(update({.detailed = {reading(5096, 1024)}}, 3));
        QCOMPARE(model.index(0, Model::ReceiveRateColumn).data().toString(), QString("2.0 KiB/s"));
        QCOMPARE(model.index(0, Model::SendRateColumn).data().toString(), QString("512 B/s"));
        QCOMPARE(model.index(0, Model::RttColumn).data().toString(), QString("0.21 ms"));
        QVERIFY(model.at(0).change == RowChange::None); // details alone are no change
    }

    void aKindThatIsAskedForLaterIsNotNew() {
        Model model;
        model.apply(update({.added = {makeRow(1, 80)}}));
        model.expectOlder({.tcp = false, .udp = false, .unixSockets = true});
        model.apply(update({.added = {makeRow(2, 81), makeUnixRow(3, 0, "/x")}}, 1));
        QVERIFY(model.find(2)->change == RowChange::New);
        QVERIFY(model.find(3)->change == RowChange::None && model.find(3)->isOlder);
        model.apply(update({.added = {makeUnixRow(4, 0, "/y")}}, 2));
        QVERIFY(model.find(4)->change == RowChange::New);
    }

    void manyRowsComeInSlicesAndNoUpdateIsLost() {
        Model model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        constexpr std::uint64_t many = 40'000;
        TableChange first;
        for (std::uint64_t i = 1; i <= many; ++i)
            first.added.push_back(makeRow(i, static_cast<std::uint16_t>(i % 60'000 + 1), 9));
        model.apply(update(first));
        QVERIFY(model.isBusy());
        model.apply(update({.gone = {makeRow(many, 1)}}, 1)); // waits for its turn
        model.apply(update({}, 2));
        model.setFilter({.text = *SocketFilter::parse("sport:1-30000")});
        QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy(), 60'000);
        QCOMPARE(model.total(), static_cast<std::size_t>(many - 1));
        QCOMPARE(model.passing(), std::size_t{29'999});
    }

    void agreesWithAReferenceUnderRandomUpdates_data() {
        QTest::addColumn<int>("grouping");
        QTest::newRow("plain") << static_cast<int>(Grouping::None);
        QTest::newRow("by process") << static_cast<int>(Grouping::Process);
        QTest::newRow("by state") << static_cast<int>(Grouping::State);
        QTest::newRow("by remote") << static_cast<int>(Grouping::Remote);
    }
    void agreesWithAReferenceUnderRandomUpdates() {
        QFETCH(int, grouping);
        std::mt19937 random(11);
        Model model;
        const QAbstractItemModelTester tester(&model);
        model.setGrouping(static_cast<Grouping>(grouping));
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
                    row.state = static_cast<SocketState>(random() % 9);
                    change.changed.push_back(row);
                }
            }
            const int count = step % 25 == 0 ? 200 : static_cast<int>(random() % 10);
            for (int i = 0; i < count; ++i) {
                SocketRow row = makeRow(next++, static_cast<std::uint16_t>(random() % 60'000 + 1),
                                        static_cast<std::uint16_t>(random() % 2));
                row.remoteAddress.bytes[3] = static_cast<std::uint8_t>(random() % 3);
                if (random() % 3 > 0)
                    setOwner(row, static_cast<int>(random() % 5 + 1), "x");
                reference[row.cookie] = row;
                change.added.push_back(row);
            }
            if (step % 17 == 0)
                model.sort(static_cast<int>(random() % Model::ColumnCount),
                           random() % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            model.apply(update(std::move(change), step));
            if (step % 13 == 0)
                model.setAllCollapsed(false);
            QTRY_VERIFY(!model.isBusy());
            std::set<std::uint64_t> shown;
            int rows = 0;
            for (int row = 0; row < model.rowCount(); ++row) {
                if (!model.entryAt(row))
                    continue;
                const ConnectionEntry& entry = model.at(row);
                shown.insert(entry.row.cookie);
                ++rows;
                QCOMPARE(model.rowOfCookie(entry.row.cookie), row);
                QVERIFY(reference.contains(entry.row.cookie));
                QCOMPARE(entry.row.receiveQueue, reference[entry.row.cookie].receiveQueue);
                QCOMPARE(entry.change == RowChange::Gone, leaving.contains(entry.row.cookie));
                if (grouping != 0) // below the heading of its group
                    QVERIFY(model.headingOf(row) >= 0 && model.headingOf(row) < row);
            }
            QCOMPARE(static_cast<std::size_t>(rows), shown.size());
            QVERIFY(rows <= static_cast<int>(reference.size()));
            QCOMPARE(model.passing(), reference.size() - leaving.size());
            QCOMPARE(model.total(), model.passing());
            if (step % 7 == 0 && grouping != 0 && model.rowCount() > 0)
                model.setCollapsed(0, random() % 2 == 0);
        }
    }
};

QTEST_MAIN(TestConnectionsModel)
#include "tst_connections_model.moc"
