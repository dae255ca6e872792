// The rooms and bans of a chat's server against a reference, through random changes.

#include <map>
#include <random>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include "ui/common/formats.h"
#include "ui/servers/server_chat.h"
#include "ui/servers/server_clients_model.h"

using namespace sscope;

namespace {

std::shared_ptr<ChatOverview> overview() {
    return std::make_shared<ChatOverview>();
}

ChatPerson person(std::uint32_t connection, const std::string& name) {
    ChatPerson made{.name = name, .source = "10.0.0.1"};
    made.connection = connection;
    return made;
}

} // namespace

class TestServerChatModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roomsFollowWithoutAReset() {
        ServerRoomsModel model;
        const QAbstractItemModelTester tester(&model);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        std::mt19937 random(7);
        std::map<std::string, ChatRoomInfo> rooms; // sorted, as the server gives them
        for (int round = 0; round < 400; ++round) {
            for (unsigned i = 0; i < random() % 6; ++i) {
                const std::string name = "room " + std::to_string(random() % 40);
                if (random() % 3 == 0)
                    rooms.erase(name);
                else
                    rooms[name] = {.name = name, .people = random() % 5, .last = random() % 100};
            }
            std::vector<ChatRoomInfo> now;
            for (const auto& [name, room] : rooms)
                now.push_back(room);
            model.setRows(now);
            QCOMPARE(model.rowCount(), static_cast<int>(now.size()));
            for (int row = 0; row < model.rowCount(); ++row) {
                const ChatRoomInfo& expected = now[static_cast<std::size_t>(row)];
                QVERIFY(model.at(row) == expected);
                QCOMPARE(model.index(row, ServerRoomsModel::LastColumn).data().toString(),
                         shortCountText(expected.last));
            }
        }
        QVERIFY(reset.isEmpty() && moved.isEmpty());
    }

    void onlyWhatIsAnotherIsTold() {
        ServerRoomsModel model;
        std::vector<ChatRoomInfo> rooms{{.name = "a"}, {.name = "b"}, {.name = "c"}};
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.setRows(rooms);
        QCOMPARE(inserted.count(), 1); // neighbours together
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setRows(rooms);
        QVERIFY(changed.isEmpty());
        rooms[1].last = 5;
        model.setRows(rooms);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().row(), 1);
        QCOMPARE(changed.first().at(1).toModelIndex().row(), 1);
        const QPersistentModelIndex last(model.index(2, 0));
        model.setRows({rooms[0], {.name = "aa"}, rooms[2]});
        QCOMPARE(last.row(), 2); // a selection stays with its room
    }

    void aBanOfANameAndOneOfAnAddressAreTwo() {
        ServerBansModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRows({{"ann", "", "spam", 1}, {"ann", "10.0.0.3", "", 2}});
        QCOMPARE(model.index(0, ServerBansModel::WhoColumn).data().toString(), QString("ann"));
        QCOMPARE(model.index(1, ServerBansModel::WhoColumn).data().toString(), QString("10.0.0.3"));
        QCOMPARE(model.index(1, ServerBansModel::ReasonColumn).data().toString(),
                 QString("no reason given"));
        QVERIFY(model.index(1, 0).data(Qt::ToolTipRole).toString().contains("ann"));
        model.setRows({{"ann", "10.0.0.3", "", 2}});
        QCOMPARE(model.rowCount(), 1);
        model.setRows({{"<b>\x1b", "", "\x07<i>", 1}});
        for (const int role : {int{Qt::DisplayRole}, int{Qt::ToolTipRole}}) {
            const QString text = model.index(0, 0).data(role).toString();
            QVERIFY(!text.contains(QChar(0x1b)) && !text.contains(QChar(0x07)));
        }
    }

    void modelsFollowWhileSomebodyLooks() {
        ServerClientsModel clients;
        const QAbstractItemModelTester tester(&clients);
        for (std::uint32_t number = 1; number <= 3; ++number)
            clients.accepted({1, number}, SteadyClock::now(), {"tcp://127.0.0.1:1", "", {}});
        clients.commit();
        ServerChat chat(clients);
        const auto name = [&](int row) {
            return clients.index(row, ServerClientsModel::NameColumn).data().toString();
        };
        auto now = overview();
        now->people = {person(2, "ann")};
        now->rooms = {{.name = "den"}};
        QVERIFY(chat.take(now));
        QVERIFY(!chat.take(now)); // the same one
        QCOMPARE(chat.people(), 1);
        QCOMPARE(chat.rooms().rowCount(), 0); // nobody looks
        chat.setWatched(true);
        QCOMPARE(chat.rooms().rowCount(), 1);
        QCOMPARE(name(1), QString("ann"));
        QSignalSpy changed(&clients, &QAbstractItemModel::dataChanged);
        auto later = overview();
        later->people = {person(2, "ann"), person(3, "bob")};
        QVERIFY(chat.take(later));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().row(), 2); // ann is who she was
        QCOMPARE(chat.rooms().rowCount(), 0);
        chat.clear();
        QCOMPARE(chat.people(), 0);
        QCOMPARE(name(2), QString("no hello yet"));
    }
};

QTEST_MAIN(TestServerChatModels)
#include "tst_server_chat_models.moc"
