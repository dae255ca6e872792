// The Servers dock as a person uses it: cards, form, clients, loops, log.

#include <atomic>
#include <thread>

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QTableView>

#include "core/process/helper_process.h"
#include "core/server/execution_models.h"
#include "tests/support/process_info.h"
#include "tests/support/program.h"
#include "tests/ui/window_fixture.h"
#include "ui/servers/server_log_model.h"
#include "ui/servers/server_loops_model.h"
#include "ui/servers/servers_dock.h"

using namespace sscope;
using namespace sscope::test;

namespace {

const ServerEntry& server(WindowFixture& f, int row = 0) {
    return f.window.servers().at(row);
}

ServersDock& dock(WindowFixture& f) {
    return *f.window.findChild<ServersDock*>();
}

bool logHas(const ServerEntry& entry, const QString& part) {
    for (int row = 0; row < entry.log->rowCount(); ++row) {
        if (entry.log->lineText(row).contains(part))
            return true;
    }
    return false;
}

} // namespace

class TestServersDock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsToAllClients() {
        WindowFixture f;
        const std::uint16_t port = f.serve();
        auto* button = f.find<QToolButton>("sendToAll");
        QVERIFY(!button->isEnabled());
        QVERIFY(button->toolTip().contains("Nobody is connected"));
        const TestSocket one = TestSocket::connectTcp(port);
        const TestSocket two = TestSocket::connectTcp(port);
        QTRY_COMPARE(server(f).clients->rowCount(), 2);
        QTRY_VERIFY(button->isEnabled());
        QVERIFY(f.click("sendToAll"));
        auto* text = f.find<QLineEdit>("sendToAllText");
        QVERIFY(text && text->hasFocus());
        QTest::keyClicks(text, "to everybody");
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(one.receive(13), std::string("to everybody\n"));
        QCOMPARE(two.receive(13), std::string("to everybody\n"));
        QCOMPARE(f.find<QLabel>("sendToAllNote")->text(), QString("Sent 13 B to 2 client(s)."));
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!f.find<QLineEdit>("sendToAllText"));
    }

    void everyModelSendsToAll_data() {
        QTest::addColumn<QString>("model");
        for (const ExecutionModel& model : executionModels()) {
            const auto size = static_cast<qsizetype>(model.name.size());
            const QString name = QString::fromUtf8(model.name.data(), size);
            QTest::newRow(qPrintable(name)) << name;
        }
    }

    void everyModelSendsToAll() {
        QFETCH(QString, model);
        WindowFixture f;
        const TestSocket client =
            TestSocket::connectTcp(f.serve(ServerConfig{.model = model.toStdString()}));
        QTRY_COMPARE(server(f).clients->rowCount(), 1);
        QCOMPARE(f.window.servers().sendToAll(server(f).key, {std::byte{'!'}}), 1);
        QCOMPARE(client.receive(1), std::string("!"));
    }

    void startsAndStopsUnderLoadLeaveNothingBehind_data() { everyModelSendsToAll_data(); }

    void startsAndStopsUnderLoadLeaveNothingBehind() {
        QFETCH(QString, model);
        WindowFixture f;
        const std::uint16_t port = f.serve(ServerConfig{.model = model.toStdString()});
        const int key = server(f).key;
        ServerListModel& servers = f.window.servers();
        ServerConfig config = server(f).config;
        config.listen.front().port = port;
        std::atomic<bool> isOver = false;
        std::atomic<int> echoes = 0;
        std::thread load([&] {
            while (!isOver) {
                try {
                    const TestSocket client = TestSocket::connectTcp(port);
                    client.send("load");
                    echoes += client.receive(4) == "load" ? 1 : 0;
                } catch (const std::runtime_error&) {
                    std::this_thread::yield(); // it is stopped just now
                }
            }
        });
        const auto stopped = [&] { return server(f).status == ServerStatus::Stopped; };
        const auto ends = [&] {
            isOver = true;
            load.join();
        };
        test::ProcessInfo first;
        const int rounds = qMax(10, qEnvironmentVariableIntValue("SSCOPE_START_ROUNDS"));
        for (int round = 0; round < rounds; ++round) {
            const int before = echoes;
            if (!QTest::qWaitFor([&] { return echoes > before; }, 10'000)) {
                ends();
                QFAIL("it does not serve");
            }
            servers.stop(key);
            if (!QTest::qWaitFor(stopped, 10'000)) {
                ends();
                QFAIL("it does not stop");
            }
            if (round == 0)
                first = processInfo(::getpid());
            if (round < rounds - 1)
                servers.start(key, config);
        }
        ends();
        const auto isAsBefore = [&] {
            const test::ProcessInfo now = processInfo(::getpid());
            return now.descriptors <= first.descriptors && now.threads <= first.threads &&
                   now.children <= first.children;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isAsBefore(), 10'000);
        QCOMPARE(server(f).clients->rowCount(), 0);
    }

    void sendsToAllPeersOfADatagramServer() {
        WindowFixture f;
        ServerConfig config;
        config.listen = {{.transport = Transport::Udp, .host = "127.0.0.1", .port = 0}};
        const std::uint16_t port = f.serve(config);
        const TestSocket one = TestSocket::connectUdp(port);
        const TestSocket two = TestSocket::connectUdp(port);
        for (const TestSocket* each : {&one, &two}) {
            each->send("x");
            (void)each->receiveSome();
        }
        QTRY_COMPARE(server(f).clients->rowCount(), 2);
        QCOMPARE(f.window.servers().sendToAll(server(f).key, {std::byte{'!'}}), 2);
        QCOMPARE(one.receiveSome(), std::string("!"));
        QCOMPARE(two.receiveSome(), std::string("!"));
    }

    void showsTheLoopsAtWork() {
        WindowFixture f;
        ServerConfig config;
        config.model = "poll";
        const std::uint16_t port = f.serve(config);
        const QAbstractItemModelTester tester(server(f).loops.get());
        const TestSocket client = TestSocket::connectTcp(port);
        client.send("x");
        QTRY_COMPARE(server(f).loops->rowCount(), 1);
        QTRY_COMPARE(server(f).loops->at(0).last.readable, 1u);
        QTRY_COMPARE(server(f).loops->at(0).registered, 2u);
        QTRY_VERIFY(server(f).loops->at(0).perSecond > 0);
        QVERIFY(f.click("loopsSegment"));
        QVERIFY(f.find<QListView>("serverLoopsView"));
        QVERIFY(!f.find<QToolButton>("sendToAll"));
        f.window.servers().stop(server(f).key);
        QTRY_COMPARE(server(f).loops->rowCount(), 0);
    }

    void theLogIsKeptOverAStart() {
        WindowFixture f;
        const std::uint16_t port = f.serve();
        const QAbstractItemModelTester tester(server(f).log.get());
        {
            const TestSocket client = TestSocket::connectTcp(port);
            client.send("12345");
            QCOMPARE(client.receive(5), std::string("12345"));
        }
        QTRY_VERIFY(logHas(server(f), "#1 closed by the other side; 5 B received, 5 B sent"));
        f.window.servers().stop(server(f).key);
        QTRY_VERIFY(logHas(server(f), "stopped"));
        f.window.servers().start(server(f).key);
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        QVERIFY(logHas(server(f), "#1 accepted from 127.0.0.1:"));
        QVERIFY(f.click("logSegment"));
        QCOMPARE(f.find<QListView>("serverLogView")->model(), server(f).log.get());
    }

    void aFailureIsInTheLog() {
        WindowFixture f;
        const TestSocket taken = TestSocket::listenTcp();
        f.window.servers().add({.listen = {{.host = "127.0.0.1", .port = taken.port()}}});
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Failed), 1);
        QTRY_VERIFY(logHas(server(f), "EADDRINUSE"));
        QVERIFY(server(f).log->moodOf(server(f).log->rowCount() - 1) == ServerLogModel::Mood::Bad);
    }

    void aTakenPortLeadsToItsHolder_data() {
        QTest::addColumn<QString>("transport");
        for (const char* transport : {"tcp", "udp"})
            QTest::newRow(transport) << transport;
    }

    void aTakenPortLeadsToItsHolder() {
        QFETCH(const QString, transport);
        WindowFixture f;
        // A number that is held in both kinds of ports.
        const TestSocket stream = TestSocket::listenTcp();
        Endpoint other{.transport = Transport::Udp, .host = "127.0.0.1", .port = stream.port()};
        f.serve({.listen = {other}});
        Endpoint taken = other;
        taken.transport = transport == "udp" ? Transport::Udp : Transport::Tcp;
        f.window.servers().add({.listen = {taken}});
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Failed), 1);
        const ConnectionsModel& table = f.window.connections().model();
        QTRY_VERIFY(table.holderOf(SocketProtocol::Udp, taken.port) != 0 &&
                    table.holderOf(SocketProtocol::Tcp, taken.port) != 0);
        auto* list = f.find<QListView>("serverList");
        list->setCurrentIndex(list->model()->index(1, 0));
        QString words;
        QTimer::singleShot(0, &f.window, [&] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (!menu)
                return;
            if (auto* action = menu->findChild<QAction*>("showHolder")) {
                words = action->text();
                action->trigger();
            }
            menu->close();
        });
        QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(-1, -1), QPoint());
        QApplication::sendEvent(list->viewport(), &key);
        QCOMPARE(words, QString("Show who holds port %1").arg(taken.port));
        QTRY_VERIFY(f.window.connections().view().currentCookie() != 0);
        const auto protocol = transport == "udp" ? SocketProtocol::Udp : SocketProtocol::Tcp;
        const quint64 cookie = f.window.connections().view().currentCookie();
        QCOMPARE(table.find(cookie)->row.protocol, protocol);
        QCOMPARE(table.find(cookie)->row.localPort, taken.port);
    }

    void aStoppedServerIsEditedAndStarted() {
        WindowFixture f;
        f.serve();
        const int key = server(f).key;
        dock(f).editServer(key);
        QVERIFY(!f.find<QLineEdit>("serverPort")); // it runs
        f.window.servers().stop(key);
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Stopped), 1);
        dock(f).editServer(key);
        QCOMPARE(f.find<QLineEdit>("serverPort")->text(), QString("0"));
        f.find<QComboBox>("serverModel")->setCurrentText("select");
        QVERIFY(f.click("startServer"));
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        QCOMPARE(f.window.servers().rowCount(), 1);
        QCOMPARE(server(f).key, key);
        QCOMPARE(server(f).config.model, std::string("select"));
        QTRY_VERIFY(!f.find<QLineEdit>("serverPort")); // back to the list
    }

    void anEditThatFailsKeepsTheServer() {
        WindowFixture f;
        f.serve();
        const int key = server(f).key;
        f.window.servers().stop(key);
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Stopped), 1);
        const TestSocket taken = TestSocket::listenTcp();
        dock(f).editServer(key);
        f.find<QLineEdit>("serverPort")->setText(QString::number(taken.port()));
        QVERIFY(f.click("startServer"));
        QTRY_VERIFY(f.find<QLabel>("fieldFault"));
        QCOMPARE(f.window.servers().rowCount(), 1);
        f.find<QLineEdit>("serverPort")->setText("0");
        QVERIFY(f.click("startServer"));
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        QCOMPARE(f.window.servers().rowCount(), 1);
    }

    void keysReachTheCards() {
        WindowFixture f;
        f.serve();
        auto* list = f.find<QListView>("serverList");
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Space);
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Stopped), 1);
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        // The menu key opens the menu of the selected card.
        bool hasMenu = false;
        QTimer::singleShot(0, &f.window, [&] {
            QWidget* menu = QApplication::activePopupWidget();
            hasMenu = menu != nullptr;
            if (menu)
                menu->close();
        });
        QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(-1, -1), QPoint());
        QApplication::sendEvent(list->viewport(), &key);
        QVERIFY(hasMenu);
        QTest::keyClick(list, Qt::Key_Delete);
        QTRY_COMPARE(f.window.servers().rowCount(), 0);
    }

    void clientsThatWaitAreCounted() {
        WindowFixture f;
        f.serve();
        f.window.servers().setAcceptQueue(server(f).key, {3, 128});
        QCOMPARE(server(f).cautionText(), QString("3 waiting of 128"));
        const QModelIndex card = f.window.servers().index(0);
        auto* list = f.find<QListView>("serverList");
        QTRY_COMPARE(list->visualRect(card).height(), 70); // there is a line for it
        QVERIFY(card.data(Qt::AccessibleTextRole).toString().contains("3 waiting of 128"));
        // The next reading of the table finds nobody.
        QTRY_COMPARE(server(f).cautionText(), QString());
    }

    void anIterativeServerShowsWhoWaits() {
        WindowFixture f;
        const std::uint16_t port = f.serve(ServerConfig{.model = "iterative", .backlog = 5});
        QVERIFY(!f.find<QToolButton>("loopsSegment"));
        const TestSocket served = TestSocket::connectTcp(port);
        QTRY_COMPARE(server(f).clients->rowCount(), 1);
        {
            const TestSocket one = TestSocket::connectTcp(port);
            const TestSocket two = TestSocket::connectTcp(port);
            QTRY_COMPARE(server(f).cautionText(), QString("2 waiting of 5"));
            served.shutdownWrite();
        }
        QTRY_COMPARE(server(f).cautionText(), QString());
    }

    void listenersAreFoundInTheTable_data() {
        QTest::addColumn<QString>("host");
        for (const char* host : {"127.0.0.1", "::1", "0.0.0.0", "*"})
            QTest::newRow(host) << host;
    }

    void listenersAreFoundInTheTable() {
        QFETCH(QString, host);
        WindowFixture f;
        ServerConfig config;
        config.listen = {{.host = host.toStdString(), .port = 0}};
        config.allowPublic = true;
        config.backlog = 7;
        f.serve(config);
        const ConnectionsModel& table = f.window.connections().model();
        const QString endpoint = server(f).endpoints.front();
        QTRY_VERIFY(table.listenerAt(endpoint));
        QCOMPARE(table.listenerAt(endpoint)->sendQueue, 7u);
        QVERIFY(!table.listenerAt("tcp://127.0.0.1:1"));
        QVERIFY(!table.listenerAt("unix:/tmp/x"));
        f.window.servers().stop(server(f).key);
        QTRY_VERIFY(!table.listenerAt(endpoint));
    }

    void aServerWithSeveralAddressesSaysSo() {
        WindowFixture f;
        ServerConfig config;
        config.listen = {{.host = "127.0.0.1", .port = 0}, {.host = "::1", .port = 0}};
        f.serve(config);
        QTRY_COMPARE(server(f).allEndpoints().size(), 2);
        QVERIFY(server(f).addressText().endsWith(" +1"));
    }

    void chunksAreTold() {
        WindowFixture f;
        const TestSocket client = TestSocket::connectTcp(f.serve());
        client.send("12345");
        QCOMPARE(client.receive(5), std::string("12345"));
        client.send("12");
        QCOMPARE(client.receive(2), std::string("12"));
        QTRY_COMPARE(server(f).clients->rowCount(), 1);
        const QModelIndex peer = server(f).clients->index(0, ServerClientsModel::PeerColumn);
        const auto said = [&] { return peer.data(Qt::AccessibleTextRole).toString(); };
        QTRY_VERIFY2(said().contains("last receive 2 B, smallest 2 B, largest 5 B"),
                     qPrintable(said()));
    }
};

QTEST_MAIN(TestServersDock)
#include "tst_servers_dock.moc"
