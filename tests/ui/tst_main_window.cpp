// The window as a person uses it: real widgets, real sockets.

#include <set>
#include <thread>

#include <unistd.h>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QHeaderView>
#include <QListView>
#include <QTableView>

#include "tests/ui/window_fixture.h"
#include "ui/servers/servers_dock.h"

using namespace sscope;
using namespace sscope::test;

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tryItStartsAnEchoServerAndSaysHello() {
        WindowFixture f;
        QVERIFY(f.click("tryItButton"));
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        QTRY_VERIFY(f.window.tabs().currentPage() && f.rows().rowCount() >= 3);
        QTRY_VERIFY(f.hasLine("->  13 B  Hello, world\\n"));
        QTRY_VERIFY(f.hasLine("<-  13 B  Hello, world\\n"));
        // The kernel's table has the listener and both ends, held by this process and in bold.
        const QString endpoint = f.window.servers().at(0).endpoints.at(0);
        const auto port = static_cast<std::uint16_t>(endpoint.section(':', -1).toUInt());
        const ConnectionsModel& table = f.window.connections().model();
        const auto ours = [&](SocketState state) {
            std::set<std::uint16_t> localPorts;
            for (int row = 0; row < table.rowCount(); ++row) {
                const ConnectionEntry& entry = table.at(row);
                const SocketRow& socket = entry.row;
                if (socket.state == state && table.isOurs(entry) && socket.isOwnedBy(::getpid()) &&
                    (socket.localPort == port || socket.remotePort == port))
                    localPorts.insert(socket.localPort);
            }
            return localPorts;
        };
        QTRY_COMPARE(ours(SocketState::Listen).size(), std::size_t{1});
        QTRY_COMPARE(ours(SocketState::Established).size(), std::size_t{2});
        QVERIFY(ours(SocketState::Established).contains(port));
    }

    void processesOfAServerAreOursToo() {
        WindowFixture f;
        const TestSocket client =
            TestSocket::connectTcp(f.serve(ServerConfig{.model = "processes"}));
        const ConnectionsModel& table = f.window.connections().model();
        // The listener of the one that accepts, and the connection of the one that it has forked.
        const auto ours = [&] {
            int count = 0;
            for (int row = 0; row < table.rowCount(); ++row) {
                const ConnectionEntry& entry = table.at(row);
                const bool isHere = entry.row.isOwnedBy(::getpid());
                count += !isHere && table.isOurs(entry) &&
                                 table.linkOf(row).kind == RowLink::Kind::Server
                             ? 1
                             : 0;
            }
            return count;
        };
        QTRY_COMPARE_WITH_TIMEOUT(ours(), 2, 10'000);
    }

    void aClientWhoseOwnPortIsTakenLeadsToItsRow() {
        WindowFixture f;
        const std::uint16_t port = f.serve();
        const TestSocket holder = TestSocket::listenTcp();
        ClientConfig config;
        config.endpoint = {.host = "127.0.0.1", .port = port};
        config.local = {.host = "127.0.0.1", .port = holder.port()};
        f.window.connectClient(config, {});
        QPushButton* link = nullptr;
        QTRY_VERIFY((link = f.window.findChild<QPushButton*>("showOwnPort")) && link->isVisible());
        ConnectionsModel& table = f.window.connections().model();
        QTRY_VERIFY(table.holderOf(SocketProtocol::Tcp, holder.port()) != 0);
        link->click();
        QTRY_COMPARE(f.window.connections().view().currentCookie(),
                     table.holderOf(SocketProtocol::Tcp, holder.port()));
        QVERIFY(f.window.connections().view().currentCookie() != 0);
    }

    void tryItTakesAFreePortWhereItsOwnIsTaken() {
        // Whoever holds 65432 here, this test or another program, it is taken.
        ServerConfig config;
        WindowFixture holder;
        holder.window.serve(config);
        QTRY_VERIFY(holder.window.servers().count(ServerStatus::Starting) == 0);
        WindowFixture f;
        QVERIFY(f.click("tryItButton"));
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        QVERIFY(!f.window.servers().at(0).endpoints.at(0).endsWith(":65432"));
        QTRY_VERIFY(f.window.tabs().currentPage() && f.hasLine("<-  13 B  Hello, world"));
    }

    void sendsWhatIsTypedAndKeepsItsHistory() {
        WindowFixture f;
        f.connectTo(f.serve());
        f.type("first");
        QTRY_VERIFY(f.hasLine("<-  6 B  first\\n"));
        f.type("second");
        QTRY_VERIFY(f.hasLine("<-  7 B  second\\n"));
        auto* edit = f.find<QPlainTextEdit>("messageEdit");
        edit->clear();
        QTest::keyClick(edit, Qt::Key_Up);
        QCOMPARE(edit->toPlainText(), QString("second"));
        QTest::keyClick(edit, Qt::Key_Up);
        QCOMPARE(edit->toPlainText(), QString("first"));
        QTest::keyClick(edit, Qt::Key_Down);
        QTest::keyClick(edit, Qt::Key_Down);
        QCOMPARE(edit->toPlainText(), QString());
        f.find<QComboBox>("ending")->setCurrentText("CRLF");
        f.type("x");
        QTRY_VERIFY(f.hasLine("<-  3 B  x\\r\\n"));
    }

    void theFormStartsAServer() {
        WindowFixture f;
        QTest::keyClick(&f.window, Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(f.find<QLineEdit>("serverPort"));
        f.find<QLineEdit>("serverPort")->setText("0");
        f.find<QComboBox>("serverModel")->setCurrentText("poll");
        QVERIFY(f.find<QLabel>("serverCommand")->text().contains("--model poll"));
        QVERIFY(f.click("startServer"));
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        QTRY_VERIFY(!f.find<QLineEdit>("serverPort")); // back to the list
        QCOMPARE(f.window.servers().at(0).config.model, std::string("poll"));
    }

    void theFormNamesWhoHoldsThePortAndOffersAnother() {
        WindowFixture f;
        const TestSocket taken = TestSocket::listenTcp();
        f.window.findChild<ServersDock*>()->showForm();
        f.find<QLineEdit>("serverPort")->setText(QString::number(taken.port()));
        QVERIFY(f.click("startServer"));
        QTRY_VERIFY(f.find<QLabel>("fieldFault"));
        const QString fault = f.find<QLabel>("fieldFault")->text();
        QVERIFY2(fault.contains("held by") && fault.contains(QString::number(::getpid())) &&
                     fault.contains("EADDRINUSE"),
                 qPrintable(fault));
        QTRY_COMPARE(f.window.servers().rowCount(), 0); // the list does not keep the attempt
        const auto useOther = [&] {
            for (auto* link : f.window.findChildren<QPushButton*>("remedyLink")) {
                if (link->isVisible() && link->text().startsWith("Use port")) {
                    QTest::mouseClick(link, Qt::LeftButton);
                    return true;
                }
            }
            return false;
        };
        QVERIFY(useOther());
        // Somebody may have taken that one meanwhile; then another is offered.
        const auto runs = [&] { return f.window.servers().count(ServerStatus::Running) == 1; };
        QTRY_VERIFY_WITH_TIMEOUT(runs() || (useOther(), false), 20'000);
    }

    void theFormRefusesWhatCannotBe() {
        WindowFixture f;
        f.window.findChild<ServersDock*>()->showForm();
        auto* port = f.find<QLineEdit>("serverPort");
        for (const char* text : {"70000", "-1", "x", ""}) {
            port->setText(QString::fromLatin1(text));
            QVERIFY(f.click("startServer"));
            QVERIFY(f.find<QLabel>("fieldFault"));
            QVERIFY(port->property("atFault").toBool());
            QCOMPARE(f.window.servers().rowCount(), 0);
        }
        port->setText("70000");
        QVERIFY(f.click("startServer"));
        QCOMPARE(f.find<QLabel>("fieldFault")->text(),
                 QString("port 70000 is not between 0 and 65535"));
        port->setText("0");
        f.find<QToolButton>("moreToggle")->setChecked(true);
        f.find<QLineEdit>("receiveSize")->setText("lots");
        QVERIFY(f.click("startServer"));
        QVERIFY(f.find<QLineEdit>("receiveSize")->property("atFault").toBool());
        QCOMPARE(f.window.servers().rowCount(), 0);
        f.find<QLineEdit>("receiveSize")->setText("1 KiB");
        QVERIFY(f.find<QLabel>("serverCommand")->text().contains("--receive-size 1024"));
        QVERIFY(f.click("startServer"));
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        QCOMPARE(f.window.servers().at(0).config.receiveSize, std::size_t{1024});
    }

    void aPublicAddressNeedsLeave() {
        WindowFixture f;
        f.window.findChild<ServersDock*>()->showForm();
        auto* address = f.find<QComboBox>("serverAddress");
        address->setCurrentIndex(address->findData("0.0.0.0"));
        f.find<QLineEdit>("serverPort")->setText("0");
        QVERIFY(f.click("startServer"));
        QTRY_VERIFY(f.find<QLabel>("fieldFault"));
        QVERIFY(f.find<QLabel>("fieldFault")->text().contains("Other machines"));
        f.find<QCheckBox>("allowPublic")->setChecked(true);
        QVERIFY(f.find<QLabel>("serverCommand")->text().contains("--allow-public"));
        QVERIFY(f.click("startServer"));
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        QVERIFY(f.window.servers().at(0).isPublic);
    }

    void failuresToConnectAreSentences() {
        WindowFixture f;
        f.typeEndpoint("localhost:70000");
        QVERIFY(f.messageText().contains("port 70000 is not between 0 and 65535"));
        QVERIFY(f.state() == LinkState::Idle);
        f.typeEndpoint("no-such-host.invalid:80");
        QTRY_VERIFY(f.state() == LinkState::Closed);
        QVERIFY2(f.hasLine("no-such-host.invalid"), qPrintable(f.lines().join('\n')));
        TestSocket closed = TestSocket::listenTcp();
        const QString endpoint = QStringLiteral("127.0.0.1:%1").arg(closed.port());
        closed.close();
        f.typeEndpoint(endpoint);
        QTRY_VERIFY(f.hasLine("connection refused (ECONNREFUSED). Nothing listens there."));
        QCOMPARE(f.lines().size(), 1); // said once
    }

    void aServerThatStopsTellsItsClients() {
        WindowFixture f;
        const std::uint16_t port = f.serve();
        f.connectTo(port);
        const TestSocket other = TestSocket::connectTcp(port);
        const std::uint16_t second = f.serve();
        const TestSocket unaffected = TestSocket::connectTcp(second);
        QTRY_COMPARE(f.window.servers().at(0).clients->rowCount(), 2);
        f.window.servers().stop(f.window.servers().at(0).key);
        QTRY_VERIFY(f.window.servers().at(0).status == ServerStatus::Stopped);
        QTRY_VERIFY(f.state() == LinkState::Closed);
        QVERIFY(f.hasLine("closed by the other side"));
        QCOMPARE(other.receiveToEnd(), std::string());
        QCOMPARE(f.window.servers().at(0).clients->rowCount(), 0);
        unaffected.send("still");
        QCOMPARE(unaffected.receive(5), std::string("still"));
        f.window.servers().start(f.window.servers().at(0).key);
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 2);
    }

    void anAcceptedConnectionHasItsConversation() {
        WindowFixture f;
        const TestSocket client = TestSocket::connectTcp(f.serve());
        client.send("before it was opened");
        (void)client.receive(20);
        const ServerEntry& server = f.window.servers().at(0);
        QTRY_COMPARE(server.clients->rowCount(), 1);
        auto* view = f.find<QTableView>("serverClientsView");
        QVERIFY(view);
        QTRY_VERIFY(view->model() && view->model()->rowCount() == 1);
        const QPoint where = view->visualRect(view->model()->index(0, 0)).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, where);
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, where);
        QTRY_VERIFY(f.window.tabs().currentPage());
        QTRY_VERIFY(f.hasLine("<-  20 B  before it was opened"));
        QTRY_VERIFY(f.hasLine("->  20 B  before it was opened"));
        f.type("from the server");
        QCOMPARE(client.receive(16), std::string("from the server\n"));
        QTRY_VERIFY(f.hasLine("->  16 B  from the server\\n"));
        // Opening it again brings the same tab to the front.
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, where);
        QCOMPARE(f.window.tabs().pages().size(), std::size_t{1});
    }

    void aPeersResetIsToldAndTheOthersGoOn() {
        WindowFixture f;
        const std::uint16_t port = f.serve();
        TestSocket client = TestSocket::connectTcp(port);
        const TestSocket other = TestSocket::connectTcp(port);
        QTRY_COMPARE(f.window.servers().at(0).clients->rowCount(), 2);
        f.window.tabs().openAccepted({f.window.servers().at(0).owner, 1}, 0);
        QTRY_VERIFY(f.window.tabs().currentPage());
        client.reset();
        QTRY_VERIFY(f.hasLine("reset by the other side (ECONNRESET)"));
        QTRY_VERIFY(f.state() == LinkState::Closed);
        other.send("x");
        QCOMPARE(other.receive(1), std::string("x"));
    }

    void halfClosesAndResets() {
        WindowFixture f;
        const TestSocket peer = TestSocket::listenTcp();
        f.connectTo(peer.port());
        TestSocket accepted = peer.accept();
        f.find<QToolButton>("disconnectMenu");
        f.window.tabs().currentPage()->findChild<QAction*>("halfCloseAction")->trigger();
        QCOMPARE(accepted.receiveToEnd(), std::string());
        QTRY_VERIFY(f.state() == LinkState::HalfClosed);
        QVERIFY(!f.find<QPushButton>("sendButton")->isEnabled());
        accepted.send("still answering");
        QTRY_VERIFY(f.hasLine("<-  15 B  still answering"));
        // The pill shows the kernel's own word.
        QTRY_COMPARE(f.find<QWidget>("statePill")->accessibleName(), QString("FIN_WAIT2"));
        f.connectTo(peer.port());
        accepted = peer.accept();
        f.window.tabs().currentPage()->findChild<QAction*>("resetAction")->trigger();
        QVERIFY(accepted.isReset());
        QTRY_VERIFY(f.state() == LinkState::Closed);
    }

    void aPeerThatNeverReadsDoesNotStopTheWindow() {
        WindowFixture f;
        const TestSocket peer = TestSocket::listenTcp();
        f.connectTo(peer.port());
        const TestSocket accepted = peer.accept(); // and does not read
        std::vector<std::byte> large(8 << 20);
        for (int i = 0; i < 6; ++i)
            f.window.tabs().currentPage()->conversation().send({.content = large});
        QTRY_VERIFY(f.state() == LinkState::Closed);
        QVERIFY(f.hasLine("the send queue is full"));
    }

    void aDatagramServerListsItsPeers() {
        WindowFixture f;
        ServerConfig config;
        config.listen = {{.transport = Transport::Udp, .host = "127.0.0.1", .port = 0}};
        const std::uint16_t port = f.serve(config);
        const TestSocket one = TestSocket::connectUdp(port);
        const TestSocket two = TestSocket::connectUdp(port);
        one.send("from one");
        QCOMPARE(one.receiveSome(), std::string("from one"));
        two.send("from two");
        (void)two.receiveSome();
        const ServerEntry& server = f.window.servers().at(0);
        QTRY_COMPARE(server.clients->rowCount(), 2);
        f.window.tabs().openAccepted({server.owner, 1}, 1);
        QTRY_VERIFY(f.window.tabs().currentPage());
        QTRY_VERIFY(f.hasLine("<-  8 B  from one"));
        QVERIFY(!f.hasLine("from two")); // the socket's conversation, filtered
        f.type("answer");
        QCOMPARE(one.receiveSome(), std::string("answer\n"));
    }

    void agesOfClientsGrowWithoutTraffic() {
        struct PaintCounter : QObject {
            bool eventFilter(QObject*, QEvent* event) override {
                paints += event->type() == QEvent::Paint ? 1 : 0;
                return false;
            }
            int paints = 0;
        };
        WindowFixture f;
        const TestSocket client = TestSocket::connectTcp(f.serve());
        QTRY_COMPARE(f.window.servers().at(0).clients->rowCount(), 1);
        PaintCounter counter;
        auto* view = f.find<QTableView>("serverClientsView");
        view->viewport()->installEventFilter(&counter);
        QTRY_VERIFY(counter.paints >= 3);
    }

    void countersStayExactUnderAFlood() {
        WindowFixture f;
        ServerConfig config;
        config.listen = {{.transport = Transport::Udp, .host = "127.0.0.1", .port = 0}};
        const std::uint16_t port = f.serve(config);
        constexpr quint64 count = 20'000;
        std::thread sender([&] {
            const TestSocket socket = TestSocket::connectUdp(port);
            for (quint64 i = 0; i < count; ++i) {
                socket.send("0123456789");
                if (i % 50 == 0)
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        });
        const ServerEntry& server = f.window.servers().at(0);
        // Whatever the kernel dropped for want of room is counted, so that the sum is exact.
        QTRY_VERIFY_WITH_TIMEOUT(
            server.totals.counters.receivedMessages + server.totals.kernelDrops == count, 20'000);
        sender.join();
        QCOMPARE(server.totals.counters.receivedBytes,
                 server.totals.counters.receivedMessages * 10);
    }

    void askBeforeCuttingOthers() {
        WindowFixture f;
        const std::uint16_t port = f.serve();
        f.connectTo(port); // ours: nothing to ask about
        const TestSocket other = TestSocket::connectTcp(port);
        QTRY_COMPARE(f.window.servers().at(0).clients->rowCount(), 2);
        QSignalSpy finished(&f.window, &MainWindow::finished);
        f.window.close();
        QVERIFY(f.window.isVisible());
        QVERIFY2(f.messageText().startsWith("1 "), qPrintable(f.messageText()));
        QVERIFY(f.clickMessage("Stay"));
        QVERIFY(f.window.isVisible() && f.messageText().isEmpty());
        f.window.close();
        QVERIFY(f.clickMessage("Stop and close"));
        QTRY_VERIFY(finished.count() > 0);
        QVERIFY(!f.window.isVisible());
        QCOMPARE(other.receiveToEnd(), std::string());
    }

    void closesAtOnceWhereNobodyElseIsConnected() {
        WindowFixture f;
        f.connectTo(f.serve());
        QSignalSpy finished(&f.window, &MainWindow::finished);
        f.window.close();
        QTRY_VERIFY(finished.count() > 0);
    }

    void keepsItsStateForTheNextTime() {
        const QString path = WindowFixture::freshSettings();
        {
            WindowFixture f(path);
            f.connectTo(f.serve());
            f.typeEndpoint("127.0.0.1:1");
            f.window.tabs().select(0);
            f.type("remember me");
            f.find<QComboBox>("ending")->setCurrentText("CRLF");
            f.window.connections().view().setColumnHidden(ConnectionsModel::UserColumn, true);
            f.window.connections().view().sortByColumn(ConnectionsModel::LocalColumn,
                                                       Qt::DescendingOrder);
            f.window.findChild<ServersDock*>()->hide();
            QSignalSpy finished(&f.window, &MainWindow::finished);
            f.window.close();
            QTRY_VERIFY(finished.count() > 0);
        }
        WindowFixture f(path);
        QVERIFY(!f.window.findChild<ServersDock*>()->isVisible());
        QVERIFY(f.window.connections().view().isColumnHidden(ConnectionsModel::UserColumn));
        QCOMPARE(f.window.connections().view().horizontalHeader()->sortIndicatorSection(),
                 int{ConnectionsModel::LocalColumn});
        f.window.tabs().addClient();
        QCOMPARE(f.find<QComboBox>("endpoint")->itemText(0), QString("tcp://127.0.0.1:1"));
        QCOMPARE(f.find<QComboBox>("ending")->currentText(), QString("CRLF"));
        auto* edit = f.find<QPlainTextEdit>("messageEdit");
        QTest::keyClick(edit, Qt::Key_Up);
        QCOMPARE(edit->toPlainText(), QString("remember me"));
    }

    void keysReachEverything() {
        WindowFixture f;
        QTest::keyClick(&f.window, Qt::Key_T, Qt::ControlModifier);
        QTest::keyClick(&f.window, Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(f.window.tabs().pages().size(), std::size_t{2});
        QTest::keyClick(&f.window, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(f.window.tabs().currentPage(), f.window.tabs().pages()[0]);
        QTest::keyClick(&f.window, Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(f.window.tabs().pages().size(), std::size_t{1});
        QTest::keyClick(&f.window, Qt::Key_F6);
        QVERIFY(f.window.connections().isPaused());
        QTest::keyClick(&f.window, Qt::Key_F6);
        QVERIFY(!f.window.connections().isPaused());
        QTest::keyClick(&f.window, Qt::Key_F1);
        QVERIFY(f.find<QFrame>("helpPanel"));
        QTest::keyClick(f.find<QFrame>("helpPanel"), Qt::Key_Escape);
        QVERIFY(!f.find<QFrame>("helpPanel"));
    }

    void findsInTheViewThatWasUsedLast() {
        WindowFixture f;
        const std::uint16_t port = f.serve();
        f.connectTo(port);
        f.type("needle");
        QTRY_VERIFY(f.hasLine("<-  7 B  needle"));
        auto* find = f.find<QLineEdit>("findField");
        find->setFocus();
        QTest::keyClicks(find, "needle");
        QTest::keyClick(find, Qt::Key_Return);
        auto* view = f.find<ConversationView>("conversationView");
        QVERIFY(view->currentIndex().isValid());
        QVERIFY(!find->property("atFault").toBool());
        find->setText("nowhere to be found");
        QTest::keyClick(find, Qt::Key_Return);
        QVERIFY(find->property("atFault").toBool());
        f.window.connections().view().setFocus();
        find->setFocus();
        find->setText(QString::number(port));
        QTest::keyClick(find, Qt::Key_Return);
        QVERIFY(f.window.connections().view().currentIndex().isValid());
    }

    void everyControlCanBeNamed() {
        WindowFixture f;
        f.connectTo(f.serve());
        f.window.findChild<ServersDock*>()->showForm();
        f.find<QToolButton>("moreToggle")->setChecked(true);
        int checked = 0;
        for (auto* widget : f.window.findChildren<QWidget*>()) {
            const bool isControl = qobject_cast<QAbstractButton*>(widget) ||
                                   qobject_cast<QComboBox*>(widget) ||
                                   (qobject_cast<QLineEdit*>(widget) &&
                                    !qobject_cast<QComboBox*>(widget->parentWidget())) ||
                                   qobject_cast<QPlainTextEdit*>(widget);
            if (!isControl || !widget->isVisible() ||
                widget->metaObject()->className() == QByteArray("CloseButton") ||
                widget->parentWidget()->inherits("QTabBar") ||
                widget->inherits("QLineEditIconButton"))
                continue;
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            const bool hasName =
                !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(hasName, qPrintable(widget->objectName()));
            ++checked;
        }
        QVERIFY(checked > 30);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
