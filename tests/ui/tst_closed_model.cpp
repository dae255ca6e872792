#include <deque>
#include <random>

#include <QAbstractItemModelTester>
#include <QtTest>

#include "tests/ui/table_rows.h"
#include "ui/connections/closed_model.h"

using namespace sscope;
using namespace std::chrono_literals;
using Model = ClosedModel;

namespace {

ClosedSocket makeClosed(std::uint64_t cookie, std::uint16_t port) {
    ClosedSocket closed;
    closed.row = makeRow(cookie, port, 9);
    SocketDetails details;
    details.tcpInfo.emplace();
    details.tcpInfo->bytesReceived = 2048;
    details.tcpInfo->dataSegmentsIn = 2;
    details.tcpInfo->bytesSent = 13;
    details.tcpInfo->bytesAcked = 15; // with SYN and FIN
    details.tcpInfo->rttUs = 210;
    details.tcpInfo->retransmitsTotal = 3;
    closed.row.details = std::make_shared<SocketDetails>(details);
    closed.closedAt = std::chrono::system_clock::now();
    return closed;
}

std::vector<quint64> cookies(const Model& model) {
    std::vector<quint64> all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.push_back(model.socketAt(row) ? model.socketAt(row)->row.cookie : 0);
    return all;
}

} // namespace

class TestClosedModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheLatestFirstWithItsLastFigures() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        ClosedSocket second = makeClosed(2, 81);
        second.age = 41s;
        model.add({makeClosed(1, 80), second});
        QVERIFY((cookies(model) == std::vector<quint64>{2, 1}));
        const auto text = [&](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(text(0, Model::LivedColumn), QString("41 s"));
        QCOMPARE(text(1, Model::LivedColumn), QString("short"));
        QCOMPARE(text(0, Model::ReceivedColumn), QString("2.0 KiB"));
        QCOMPARE(text(0, Model::SentColumn), QString("13 B"));
        QCOMPARE(text(0, Model::RttColumn), QString("0.21 ms"));
        QCOMPARE(text(0, Model::RetransmitsColumn), QString("3"));
        QCOMPARE(text(0, Model::LocalColumn), QString("127.0.0.1:81"));
    }

    void aGapIsARowThatPassesEveryFilter() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        model.add({makeClosed(1, 80), HistoryGap{std::chrono::system_clock::now(), 120},
                   makeClosed(2, 443)});
        model.setFilter(*SocketFilter::parse("port:443"));
        QVERIFY((cookies(model) == std::vector<quint64>{2, 0}));
        QVERIFY(model.index(1, Model::ProcessColumn).data().toString().contains("120"));
        model.add({makeClosed(3, 80), makeClosed(4, 443)}); // the filter holds for what comes
        QVERIFY((cookies(model) == std::vector<quint64>{4, 2, 0}));
        model.setFilter({});
        QCOMPARE(model.rowCount(), 5);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.total(), std::size_t{0});
    }

    void findsOneByTheProcessThatListened() {
        Model model;
        ClosedSocket closed = makeClosed(1, 80);
        closed.row.owners.clear();
        closed.listenerOwners = {
            {std::make_shared<ProcessInfo>(ProcessInfo{812, "<img src=x>\n"}), 3}};
        model.add({closed, makeClosed(2, 80)});
        QCOMPARE(model.index(1, Model::ProcessColumn).data().toString(),
                 QString("<img src=x>\\n (listener)"));
        model.setFilter(*SocketFilter::parse("pid:812"));
        QVERIFY((cookies(model) == std::vector<quint64>{1}));
    }

    void sortsByEveryColumnAndTheLatestOfEqualsIsFirst() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        ClosedSocket first = makeClosed(1, 443);
        setOwner(first.row, 900, "nginx");
        first.age = 2s;
        ClosedSocket second = makeClosed(2, 80);
        second.row.localAddress.bytes = {9, 0, 0, 1}; // before 127, and after it as text
        setOwner(second.row, 7, "curl");
        second.age = 41s;
        ClosedSocket third = makeClosed(3, 443);
        third.row.protocol = SocketProtocol::Udp;
        third.row.state = SocketState::Unconnected;
        third.row.details.reset();
        third.listenerOwners = {{std::make_shared<ProcessInfo>(ProcessInfo{900, "nginx"}), 3}};
        ClosedSocket fourth = makeClosed(4, 443);
        fourth.row.localAddress = {.isIpv6 = true};
        fourth.row.family = 6;
        model.add({first, second, HistoryGap{{}, 3}, third, fourth});
        using Order = std::vector<quint64>;
        const auto sorted = [&](int column, Qt::SortOrder order) {
            model.sort(column, order);
            return cookies(model);
        };
        const auto up = [&](int column) { return sorted(column, Qt::AscendingOrder); };
        const auto down = [&](int column) { return sorted(column, Qt::DescendingOrder); };
        QCOMPARE(down(Model::TimeColumn), (Order{4, 3, 0, 2, 1}));
        QCOMPARE(up(Model::TimeColumn), (Order{1, 2, 0, 3, 4}));
        QCOMPARE(up(Model::ProcessColumn), (Order{2, 1, 3, 4, 0})); // who is unknown at the end
        QCOMPARE(down(Model::ProcessColumn), (Order{4, 3, 1, 2, 0}));
        QCOMPARE(up(Model::PidColumn), (Order{4, 2, 3, 1, 0}));
        QCOMPARE(up(Model::ProtocolColumn), (Order{2, 1, 4, 3, 0}));
        QCOMPARE(up(Model::StateColumn), (Order{4, 2, 1, 3, 0}));
        QCOMPARE(up(Model::LocalColumn), (Order{2, 3, 1, 4, 0}));
        QCOMPARE(down(Model::LocalColumn), (Order{4, 3, 1, 2, 0}));
        QCOMPARE(up(Model::LivedColumn), (Order{4, 3, 1, 2, 0}));
        QCOMPARE(down(Model::SentColumn), (Order{4, 2, 1, 3, 0}));
    }

    void whatComesTakesItsPlaceAndIndexesFollow() {
        Model model;
        const QAbstractItemModelTester tester(&model);
        model.add({makeClosed(1, 100), makeClosed(2, 300)});
        model.sort(Model::LocalColumn, Qt::AscendingOrder);
        const QPersistentModelIndex current = model.index(1, Model::LocalColumn);
        const QSignalSpy resets(&model, &Model::modelReset);
        std::vector<HistoryEntry> many{HistoryGap{{}, 3}};
        for (std::uint16_t i = 10; i < 30; ++i) // every other one before it
            many.emplace_back(makeClosed(i, static_cast<std::uint16_t>(i % 2 ? 200 + i : 400 + i)));
        model.add(many);
        model.add({makeClosed(40, 300)}); // an equal, later
        QCOMPARE(current.row(), 12);
        QCOMPARE(model.socketAt(current.row())->row.cookie, quint64{2});
        QCOMPARE(model.socketAt(11)->row.cookie, quint64{40});
        QVERIFY(!model.socketAt(model.rowCount() - 1)); // the gap
        QCOMPARE(resets.count(), 0);
    }

    void aGapThatGrowsIsTold() {
        Model model;
        model.add({HistoryGap{{}, 3}, makeClosed(1, 80), HistoryGap{{}, 4}});
        const QSignalSpy changed(&model, &Model::dataChanged);
        model.add({HistoryGap{{}, 5}});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().row(), 0);
        QVERIFY(model.index(0, Model::ProcessColumn).data().toString().contains("9"));
    }

    void whatIsExportedIsSharedAndStaysAsItWas() {
        Model model(nullptr, 2);
        model.add({makeClosed(1, 80), HistoryGap{{}, 3}});
        const std::vector<SharedEntry> exported = model.shownEntries();
        QCOMPARE(exported[1].get(), &model.at(1)); // no copy: there may be 250 000
        model.add({HistoryGap{{}, 4}, makeClosed(2, 80), makeClosed(3, 80)});
        QCOMPARE(std::get<HistoryGap>(*exported[0]).lost, std::uint64_t{3});
        QCOMPARE(std::get<ClosedSocket>(*exported[1]).row.cookie, quint64{1});
    }

    void agreesWithAReferenceWithinItsBound() {
        constexpr std::size_t most = 1'000;
        std::mt19937 random(5);
        Model model(nullptr, most);
        const QAbstractItemModelTester tester(&model);
        std::deque<std::pair<std::uint64_t, std::uint16_t>> reference; // cookie and port
        int column = Model::TimeColumn;
        std::uint64_t next = 1;
        bool isNarrow = false;
        for (int step = 0; step < 120; ++step) {
            std::vector<HistoryEntry> batch;
            const auto count = random() % (step % 20 == 0 ? 3'000 : 60);
            for (std::size_t i = 0; i < count; ++i) {
                const auto port = static_cast<std::uint16_t>(random() % 3 + 80);
                reference.emplace_front(next, port);
                batch.emplace_back(makeClosed(next++, port));
            }
            model.add(batch);
            if (step % 9 == 0) {
                isNarrow = !isNarrow;
                model.setFilter(isNarrow ? *SocketFilter::parse("port:81") : SocketFilter());
            }
            if (step % 13 == 0) {
                column = step % 2 ? Model::LocalColumn : Model::TimeColumn;
                model.sort(column, Qt::DescendingOrder);
            }
            QTRY_VERIFY(!model.isBusy());
            while (reference.size() > most)
                reference.pop_back();
            auto expected = reference;
            std::erase_if(expected,
                          [&](const auto& each) { return isNarrow && each.second != 81; });
            if (column == Model::LocalColumn)
                std::ranges::stable_sort(expected, std::greater(),
                                         [](auto& each) { return each.second; });
            const auto shown = cookies(model);
            QCOMPARE(shown.size(), expected.size());
            QVERIFY(
                std::ranges::equal(shown, expected, {}, {}, [](auto& each) { return each.first; }));
        }
    }
};

QTEST_MAIN(TestClosedModel)
#include "tst_closed_model.moc"
