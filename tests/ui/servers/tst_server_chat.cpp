// The server's side of a chat as its owner uses it: the card, the people, the rooms, the bans.

#include <array>

#include <sys/socket.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>

#include "tests/ui/window_fixture.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/servers/server_card_delegate.h"
#include "ui/servers/server_chat.h"
#include "ui/servers/servers_dock.h"

using namespace sscope;
using namespace sscope::test;

namespace {

const ServerEntry& server(WindowFixture& f) {
    return f.window.servers().at(0);
}

ServerConfig chatConfig() {
    ServerConfig config;
    config.service = "chat";
    return config;
}

/// Somebody with ncat: what has come so far is kept.
class Person {
public:
    Person(std::uint16_t port, const std::string& name) : m_socket(TestSocket::connectTcp(port)) {
        if (!name.empty())
            say(name);
    }
    void say(const std::string& line) { m_socket.send(line + '\n'); }
    bool hasHeard(const std::string& part) {
        read();
        return m_heard.find(part) != std::string::npos;
    }
    bool hasEnded() {
        read();
        return m_hasEnded;
    }

private:
    /// What is there, without waiting.
    void read() {
        std::array<char, 4096> buffer{};
        ssize_t count = 0;
        while ((count = ::recv(m_socket.fd(), buffer.data(), buffer.size(), MSG_DONTWAIT)) > 0)
            m_heard.append(buffer.data(), static_cast<std::size_t>(count));
        m_hasEnded = m_hasEnded || count == 0;
    }

    TestSocket m_socket;
    std::string m_heard;
    bool m_hasEnded = false;
};

QTableView* clients(WindowFixture& f) {
    return f.find<QTableView>("serverClientsView");
}

/// The row of a name; -1 where nobody has it.
int rowOf(WindowFixture& f, const QString& name) {
    const auto* model = server(f).clients.get();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, ServerClientsModel::NameColumn).data().toString() == name)
            return row;
    }
    return -1;
}

void pick(WindowFixture& f, const QString& name) {
    clients(f)->setFocus();
    clients(f)->setCurrentIndex(clients(f)->model()->index(rowOf(f, name), 0));
}

/// An icon at the right of a row, counted from the right.
QPoint iconAt(QTableView* view, int row, int fromRight) {
    const QRect cell =
        view->visualRect(view->model()->index(row, view->model()->columnCount() - 1));
    return {cell.right() - 4 - 17 * fromRight - 8, cell.center().y()};
}

} // namespace

class TestServerChat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCardCountsPeopleAndJoins() {
        WindowFixture f;
        const std::uint16_t port = f.serve(chatConfig());
        QVERIFY(server(f).statusText().endsWith("0 person(s)"));
        Person ann(port, "ann");
        Person silent(port, "");
        QTRY_VERIFY(server(f).statusText().endsWith("1 person(s)"));
        QCOMPARE(server(f).clients->rowCount(), 2);

        auto* dock = f.window.findChild<ServersDock*>();
        QSignalSpy joined(dock, &ServersDock::joinAsked);
        auto* list = f.find<QListView>("serverList");
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_J);
        QCOMPARE(joined.count(), 1);
        QTRY_COMPARE(f.settings.value("recentEndpoints").toArray().size(), 1);
        QVERIFY(f.settings.value("recentEndpoints")
                    .toArray()
                    .first()
                    .toString()
                    .endsWith(QString(":%1").arg(port)));
        const QRect card = list->visualRect(list->model()->index(0, 0));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          {card.right() - 12 - 19 - 52 + 12, card.top() + 16});
        QCOMPARE(joined.count(), 2);
        QCOMPARE(joined.last().first().toInt(), server(f).key);
        f.window.servers().stop(server(f).key);
        QTRY_VERIFY(server(f).status == ServerStatus::Stopped);
        QTest::keyClick(list, Qt::Key_J); // nothing to join
        QCOMPARE(joined.count(), 2);
    }

    void joiningSaysWhatItCosts() {
        ServerEntry entry;
        entry.config = chatConfig();
        entry.status = ServerStatus::Running;
        QCOMPARE(entry.joinText(), QString("Join this chat (J)"));
        entry.config.model = "iterative";
        QVERIFY(entry.joinText().contains("one person at a time"));
    }

    void peopleHaveTheirNamesAtTheirConnections() {
        WindowFixture f;
        const std::uint16_t port = f.serve(chatConfig());
        const QAbstractItemModelTester tester(server(f).clients.get());
        QTRY_VERIFY(!clients(f)->isColumnHidden(ServerClientsModel::NameColumn));
        QVERIFY(clients(f)->isColumnHidden(ServerClientsModel::MessagesColumn));
        Person silent(port, "");
        QTRY_COMPARE(server(f).clients->rowCount(), 1);
        QCOMPARE(rowOf(f, "no hello yet"), 0);
        Person ann(port, "ann");
        QTRY_COMPARE(rowOf(f, "ann"), 1);
        ann.say("/join attic");
        const auto tip = [&] {
            return server(f)
                .clients->index(1, ServerClientsModel::NameColumn)
                .data(Qt::ToolTipRole)
                .toString();
        };
        QTRY_VERIFY(tip().contains("ann, in attic"));
        QVERIFY(tip().contains("line by line"));
        silent.say("bob");
        QTRY_COMPARE(rowOf(f, "bob"), 0);
        ann.say("/nick anna");
        QTRY_COMPARE(rowOf(f, "anna"), 1);
    }

    void theOwnerAnnounces() {
        WindowFixture f;
        const std::uint16_t port = f.serve(chatConfig());
        auto* button = f.find<QToolButton>("announce");
        QVERIFY(button && !button->isEnabled());
        QVERIFY(button->toolTip().contains("Nobody has said hello yet"));
        Person ann(port, "ann");
        Person bob(port, "bob");
        QTRY_COMPARE(server(f).chat->people(), 2);
        QTRY_VERIFY(button->isEnabled());
        QVERIFY(f.click("announce"));
        auto* text = f.find<QLineEdit>("chatOwnerText");
        QVERIFY(text && text->hasFocus());
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(f.find<QLabel>("chatOwnerNote")->text().contains("nothing to say"));
        QTest::keyClicks(text, "back at noon");
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_COMPARE(f.find<QLabel>("chatOwnerNote")->text(), QString("2 person(s) heard it."));
        QTRY_VERIFY(ann.hasHeard("back at noon") && bob.hasHeard("back at noon"));
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!f.find<QLineEdit>("chatOwnerText"));
    }

    void oneIsToldByIconAndKey() {
        WindowFixture f;
        const std::uint16_t port = f.serve(chatConfig());
        Person ann(port, "ann");
        Person bob(port, "bob");
        QTRY_VERIFY(rowOf(f, "ann") >= 0 && rowOf(f, "bob") >= 0);
        QTest::mouseClick(clients(f)->viewport(), Qt::LeftButton, {},
                          iconAt(clients(f), rowOf(f, "bob"), 2));
        auto* text = f.find<QLineEdit>("chatOwnerText");
        QVERIFY(text && text->placeholderText().contains("bob"));
        QTest::keyClicks(text, "only you");
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY(bob.hasHeard("only you"));
        QTRY_COMPARE(f.find<QLabel>("chatOwnerNote")->text(), QString("It was handed over."));
        QVERIFY(!ann.hasHeard("only you"));
        pick(f, "ann");
        QTest::keyClick(clients(f), Qt::Key_M);
        QVERIFY(text->placeholderText().contains("ann"));
        QVERIFY(text->text().isEmpty()); // what bob heard is not offered to ann
    }

    void aKickIsForOnce() {
        WindowFixture f;
        const std::uint16_t port = f.serve(chatConfig());
        Person ann(port, "ann");
        Person bob(port, "bob");
        QTRY_VERIFY(rowOf(f, "ann") >= 0 && rowOf(f, "bob") >= 0);
        QTest::mouseClick(clients(f)->viewport(), Qt::LeftButton, {},
                          iconAt(clients(f), rowOf(f, "ann"), 1));
        auto* text = f.find<QLineEdit>("chatOwnerText");
        QVERIFY(text && text->hasFocus());
        QVERIFY(f.find<QLabel>("chatOwnerNote")->text().contains("Kicks ann"));
        QVERIFY(!ann.hasEnded()); // nothing has been answered yet
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY(ann.hasEnded());
        QVERIFY(ann.hasHeard("sent you away"));
        QTRY_COMPARE(rowOf(f, "ann"), -1);
        Person again(port, "ann");
        QTRY_VERIFY(rowOf(f, "ann") >= 0);
        pick(f, "ann");
        QTest::keyClick(clients(f), Qt::Key_Delete);
        QTest::keyClicks(text, "twice");
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY(again.hasEnded());
        QVERIFY(again.hasHeard("twice"));
        QVERIFY(rowOf(f, "bob") >= 0);
    }

    void aSecondKeyHitsNobodyElse() {
        WindowFixture f;
        const std::uint16_t port = f.serve(chatConfig());
        Person ann(port, "ann");
        Person bob(port, "bob");
        QTRY_VERIFY(rowOf(f, "ann") >= 0 && rowOf(f, "bob") >= 0);
        pick(f, "ann");
        QTest::keyClick(clients(f), Qt::Key_B);
        QTest::keyClick(f.find<QLineEdit>("chatOwnerText"), Qt::Key_Return);
        QTRY_COMPARE(rowOf(f, "ann"), -1);
        QVERIFY(!clients(f)->selectionModel()->hasSelection());
        for (const auto key : {Qt::Key_Delete, Qt::Key_B, Qt::Key_M}) {
            QTest::keyClick(clients(f), key);
            QVERIFY(!f.find<QLineEdit>("chatOwnerText"));
        }
        pick(f, "bob");
        bob.say("/quit"); // whoever leaves by himself passes the selection to nobody either
        Person cleo(port, "cleo");
        QTRY_VERIFY(rowOf(f, "bob") < 0 && rowOf(f, "cleo") >= 0);
        QVERIFY(!clients(f)->selectionModel()->hasSelection());
    }

    void numbersAndTitlesAreWhole() {
        WindowFixture f;
        const std::uint16_t port = f.serve(chatConfig());
        Person ann(port, "ann");
        QTRY_VERIFY(rowOf(f, "ann") >= 0);
        QVERIFY(f.click("roomsSegment"));
        auto* rooms = f.find<QTableView>("serverRooms");
        QTRY_COMPARE(rooms->model()->rowCount(), 1);
        rooms->window()->resize(1280, 800);
        const QFontMetrics numbers(monoFont());
        for (const int column : {ServerRoomsModel::PeopleColumn, ServerRoomsModel::LastColumn}) {
            const int width =
                rooms->columnWidth(column) - 8 - (column == ServerRoomsModel::LastColumn ? 12 : 8);
            QVERIFY(width >= numbers.horizontalAdvance(shortCountText(2000)));
            const QString title = rooms->model()->headerData(column, Qt::Horizontal).toString();
            QVERIFY(width >= QFontMetrics(QApplication::font()).horizontalAdvance(title));
        }
        QCOMPARE(rooms->horizontalHeader()->length(), rooms->viewport()->width());
    }

    void theMenuOfOneWithoutANameIsThatOfAConnection_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("actions");
        QTest::newRow("somebody") << "ann"
                                  << QStringList{"Tell them something…", "Kick…", "Ban…",
                                                 "Open the conversation", "Reset"};
        QTest::newRow("no hello yet")
            << "" << QStringList{"Open the conversation", "Close", "Reset"};
    }
    void theMenuOfOneWithoutANameIsThatOfAConnection() {
        QFETCH(QString, name);
        QFETCH(QStringList, actions);
        WindowFixture f;
        Person person(f.serve(chatConfig()), name.toStdString());
        const QString shown = name.isEmpty() ? QString("no hello yet") : name;
        QTRY_COMPARE(rowOf(f, shown), 0);
        QStringList offered;
        QTimer::singleShot(0, clients(f), [&] {
            if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())) {
                for (const QAction* action : menu->actions())
                    offered.append(action->text());
                menu->close();
            }
        });
        const QPoint at = clients(f)->visualRect(clients(f)->model()->index(0, 0)).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, clients(f)->mapToGlobal(at));
        QApplication::sendEvent(clients(f)->viewport(), &event);
        QCOMPARE(offered, actions);
    }

    void aBanAsksWhyAndIsLifted() {
        WindowFixture f;
        const QTemporaryDir folder;
        ServerConfig config = chatConfig();
        config.settings.chat.historyFile = folder.filePath("history").toStdString();
        const std::uint16_t port = f.serve(config);
        Person ann(port, "ann");
        QTRY_VERIFY(rowOf(f, "ann") >= 0);
        pick(f, "ann");
        QTest::keyClick(clients(f), Qt::Key_B);
        auto* text = f.find<QLineEdit>("chatOwnerText");
        QVERIFY(text && text->hasFocus());
        const QString note = f.find<QLabel>("chatOwnerNote")->text();
        QVERIFY(note.contains("Bans ann until you lift it") && !note.contains("stops"));
        QTest::keyClick(text, Qt::Key_Escape); // not meant
        QVERIFY(!f.find<QLineEdit>("chatOwnerText"));
        QVERIFY(server(f).chat->overview().bans.empty());
        QTest::mouseClick(clients(f)->viewport(), Qt::LeftButton, {},
                          iconAt(clients(f), rowOf(f, "ann"), 0));
        QTest::keyClicks(text, "spam");
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(!f.find<QLineEdit>("chatOwnerText"));
        QTRY_VERIFY(ann.hasEnded());
        QVERIFY(ann.hasHeard("spam"));
        QTRY_COMPARE(server(f).chat->bans().rowCount(), 1);

        auto* link = f.find<QPushButton>("showBans"); // says where they are
        QVERIFY(link);
        link->click();
        QVERIFY(!f.find<QPushButton>("showBans"));
        QCOMPARE(f.find<QLabel>("serverBansTitle")->text(), QString("Banned (1)"));
        auto* bans = f.find<QTableView>("serverBans");
        QVERIFY(bans);
        QCOMPARE(bans->model()->index(0, ServerBansModel::WhoColumn).data().toString(),
                 QString("ann"));
        QCOMPARE(bans->model()->index(0, ServerBansModel::ReasonColumn).data().toString(),
                 QString("spam"));
        Person again(port, "Ann");
        QTRY_VERIFY(again.hasEnded());

        // It holds after a restart too.
        const int key = server(f).key;
        f.window.servers().stop(key);
        QTRY_VERIFY(server(f).status == ServerStatus::Stopped);
        QCOMPARE(server(f).chat->bans().rowCount(), 0);
        f.window.servers().start(key);
        QTRY_VERIFY(server(f).status == ServerStatus::Running);
        QTRY_COMPARE(server(f).chat->bans().rowCount(), 1);
        QTRY_VERIFY(f.find<QTableView>("serverBans"));
        const QRect last = bans->visualRect(bans->model()->index(0, ServerBansModel::AgeColumn));
        QTest::mouseClick(bans->viewport(), Qt::LeftButton, {},
                          {last.right() - 10, last.center().y()});
        QTRY_COMPARE(server(f).chat->bans().rowCount(), 0);
        QVERIFY(!f.find<QTableView>("serverBans"));
    }

    void roomsAreListed() {
        WindowFixture f;
        const std::uint16_t port = f.serve(chatConfig());
        QVERIFY(f.click("roomsSegment"));
        const QAbstractItemModelTester tester(&server(f).chat->rooms());
        auto* rooms = f.find<QTableView>("serverRooms");
        QVERIFY(rooms);
        Person ann(port, "ann");
        const auto cell = [&](int row, int column) {
            return rooms->model()->index(row, column).data().toString();
        };
        QTRY_COMPARE(cell(0, ServerRoomsModel::RoomColumn), QString("lobby"));
        QCOMPARE(cell(0, ServerRoomsModel::PeopleColumn), QString("1"));
        Person bob(port, "bob");
        bob.say("/join attic");
        bob.say("/topic tea & \x1b[31m");
        bob.say("hello");
        QTRY_COMPARE(cell(0, ServerRoomsModel::LastColumn), QString("1"));
        QCOMPARE(cell(0, ServerRoomsModel::RoomColumn), QString("attic"));
        QVERIFY(!cell(0, ServerRoomsModel::TopicColumn).contains(QChar(0x1b)));
        QCOMPARE(rooms->model()->rowCount(), 2);
        f.window.servers().stop(server(f).key);
        QTRY_COMPARE(rooms->model()->rowCount(), 0);
    }

    void whatOthersHaveIsNotOfAChat() {
        WindowFixture f;
        f.serve();
        QVERIFY(!f.find<QToolButton>("roomsSegment") && !f.find<QToolButton>("announce"));
        QVERIFY(f.find<QToolButton>("sendToAll"));
        QVERIFY(clients(f)->isColumnHidden(ServerClientsModel::NameColumn));
    }
};

QTEST_MAIN(TestServerChat)
#include "tst_server_chat.moc"
