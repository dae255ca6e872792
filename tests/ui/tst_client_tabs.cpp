// Tabs side by side, the options of a client, and connecting again, as a person uses them.

#include <QClipboard>
#include <QElapsedTimer>
#include <QMenu>
#include <QSplitter>
#include <QTabBar>

#include "app/command_line_reader.h"
#include "core/base/shell_words.h"
#include "core/client/send_arguments.h"
#include "tests/ui/window_fixture.h"
#include "ui/clients/client_options_panel.h"
#include "ui/clients/datagram_strip.h"
#include "ui/clients/endpoint_bar.h"
#include "ui/clients/state_pill.h"
#include "ui/common/fonts.h"

using namespace sscope;
using namespace sscope::test;

namespace {

/// A page that is no conversation.
class PlainPage : public TabPage {
public:
    explicit PlainPage(const QString& title, QWidget* parent = nullptr)
        : TabPage(parent), m_title(title) {}
    [[nodiscard]] QString title() const override { return m_title; }
    [[nodiscard]] QIcon tabIcon() const override { return {}; }
    [[nodiscard]] QString stateWord() const override { return QStringLiteral("3 of 7 done"); }
    bool find(const QString& text, bool) override { return text == m_title; }
    void focusFirst() override { setFocus(); }
    void setTitle(const QString& title) {
        m_title = title;
        Q_EMIT titleChanged();
    }

private:
    QString m_title;
};

const QString pythonEcho =
    QStringLiteral("import socketserver\n"
                   "class Echo(socketserver.BaseRequestHandler):\n"
                   "    def handle(self):\n"
                   "        while data := self.request.recv(4096): self.request.sendall(data)\n"
                   "class Server(socketserver.ThreadingTCPServer): request_queue_size = 128\n"
                   "server = Server(('127.0.0.1', 0), Echo)\n"
                   "print(server.server_address[1])\n"
                   "server.serve_forever()\n");

void pressMoveKey(WindowFixture& f) {
    QTest::keyClick(&f.window, Qt::Key_Backslash, Qt::ControlModifier);
}

QTabBar* barOf(const TabGroup* group) {
    return group->findChild<QTabBar*>("clientTabBar");
}

QString pillWord(ConversationPage* page) {
    return page->findChild<StatePill*>("statePill")->word();
}

void chooseTransport(WindowFixture& f, const QString& name) {
    f.find<QComboBox>("transport")->setCurrentText(name);
}

/// The option of the panel that is shown.
void setOption(WindowFixture& f, const QString& name, const QString& text) {
    auto* edit = f.find<QLineEdit>(name);
    if (!edit)
        qFatal("no field %s", qPrintable(name));
    edit->setText(text);
}

} // namespace

class TestClientTabs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPageOfAnyKindIsATab() {
        WindowFixture f;
        ClientTabs& tabs = f.window.tabs();
        tabs.addClient();
        auto* page = new PlainPage("Race & load");
        tabs.addPage(page);
        QCOMPARE(tabs.currentTab(), page);
        QVERIFY(!tabs.currentPage());
        QCOMPARE(tabs.tabs().size(), std::size_t{2});
        QCOMPARE(tabs.pages().size(), std::size_t{1});
        QTabBar* bar = barOf(tabs.groups().front());
        QCOMPARE(bar->tabText(1), QString("Race && load"));
        QVERIFY(bar->tabToolTip(1).contains("3 of 7 done"));
        page->setTitle("Other");
        QCOMPARE(bar->tabText(1), QString("Other"));
        QTest::keyClick(&f.window, Qt::Key_1, Qt::ControlModifier);
        QVERIFY(tabs.currentPage());
        QTest::keyClick(&f.window, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(tabs.currentTab(), page);
        bar->moveTab(1, 0);
        QCOMPARE(tabs.tabs().front(), page);
        QTest::keyClick(&f.window, Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs.tabs().size(), std::size_t{1});
    }

    void aTabIsAsWideAsItsTitle() {
        WindowFixture f;
        ClientTabs& tabs = f.window.tabs();
        QTabBar* bar = barOf(tabs.groups().front());
        std::vector<PlainPage*> pages;
        const QString longTitle(60, 'm');
        for (int i = 0; i < 6; ++i) {
            pages.push_back(new PlainPage(longTitle));
            tabs.addPage(pages.back());
        }
        for (PlainPage* page : pages)
            page->setTitle("race");
        for (int i = 0; i < bar->count(); ++i)
            QTRY_COMPARE(bar->tabRect(i).width(), bar->tabRect(0).width());
        const int needed = QFontMetrics(demiBold(bar->font())).horizontalAdvance("race");
        QTRY_VERIFY2(bar->tabRect(3).width() > needed + 28,
                     qPrintable(QString("%1 %2").arg(bar->tabRect(3).width()).arg(needed)));
        pages[2]->setTitle("localhost:65432");
        QTRY_VERIFY(bar->tabRect(2).width() > bar->tabRect(3).width() + 40);
        pages[2]->setTitle("race");
        QTRY_COMPARE(bar->tabRect(2).width(), bar->tabRect(3).width());
        // The current one too, which is bold.
        for (const char* title : {"127.0.0.1:65432", "localhost:80", "x", "localhost:8080"}) {
            pages.back()->setTitle(title);
            pages.front()->setTitle(title);
            QTRY_COMPARE(bar->tabRect(5).width(), bar->tabRect(0).width());
            const int text = QFontMetrics(demiBold(bar->font())).horizontalAdvance(title);
            QVERIFY2(bar->tabRect(5).width() >= text + 28 + 16, title);
        }
    }

    void anEndpointIsTakenAsItIsTyped() {
        WindowFixture f;
        f.connectTo(f.serve());
        f.typeEndpoint("127.0.0.1:1"); // the beginning of the recent one, or near to it
        QCOMPARE(f.find<QComboBox>("endpoint")->currentText(), QString("127.0.0.1:1"));
        QTRY_COMPARE(f.state(), LinkState::Closed);
        f.typeEndpoint("localhost:70000");
        QVERIFY2(f.messageText().contains("70000"), qPrintable(f.messageText()));
        // It is selected now, and Return says the same again.
        auto* box = f.find<QComboBox>("endpoint");
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(box->currentText(), QString("localhost:70000"));
        QVERIFY2(f.messageText().contains("70000"), qPrintable(f.messageText()));
        QCOMPARE(f.state(), LinkState::Idle);
        box->lineEdit()->clear();
        QTest::keyClicks(box->lineEdit(), "127.0.0.1:");
        QCOMPARE(box->currentText(), QString("127.0.0.1:"));
    }

    void aTabMovesToTheOtherSideWithItsConnection() {
        WindowFixture f;
        ClientTabs& tabs = f.window.tabs();
        const std::uint16_t port = f.serve();
        f.connectTo(port);
        pressMoveKey(f); // alone: there is no other side
        QCOMPARE(tabs.groups().size(), std::size_t{1});
        f.connectTo(port);
        ConversationPage* page = tabs.currentPage();
        const ConnectionId connection = page->conversation().connection();
        f.type("before");
        QTRY_VERIFY(f.hasLine("<-  7 B  before"));
        pressMoveKey(f);
        QCOMPARE(tabs.groups().size(), std::size_t{2});
        QCOMPARE(tabs.groups()[1]->pages(), (std::vector<TabPage*>{page}));
        QCOMPARE(tabs.currentPage(), page);
        QVERIFY(page->isVisible());
        QVERIFY(tabs.pages()[0]->isVisible());
        QCOMPARE(page->conversation().connection(), connection);
        QCOMPARE(page->conversation().state(), LinkState::Open);
        f.window.tabs().currentPage()->focusMessage();
        page->conversation().send({.content = {std::byte{'x'}}});
        QTRY_VERIFY(f.hasLine("<-  1 B  x"));
        QTRY_COMPARE(f.window.servers().at(0).clients->rowCount(), 2);
        // Its row in the table of the kernel leads to it.
        QCOMPARE(tabs.clientTab(connection), page);
        tabs.select(5); // nothing there
        QCOMPARE(tabs.currentPage(), page);
        pressMoveKey(f); // and back, which leaves nothing on the right
        QCOMPARE(tabs.groups().size(), std::size_t{1});
        QCOMPARE(tabs.pages().size(), std::size_t{2});
        QCOMPARE(page->conversation().state(), LinkState::Open);
    }

    void keysActOnTheGroupThatWasUsedLast() {
        WindowFixture f;
        ClientTabs& tabs = f.window.tabs();
        std::vector<ConversationPage*> pages;
        for (int i = 0; i < 4; ++i)
            pages.push_back(tabs.addClient());
        tabs.splitRight(pages[3]);
        tabs.show(pages[2]);
        tabs.moveToOtherSide(pages[2]);
        QCOMPARE(tabs.groups()[1]->pages().size(), std::size_t{2});
        QVERIFY(barOf(tabs.groups()[1])->property("active").toBool());
        QVERIFY(!barOf(tabs.groups()[0])->property("active").toBool());
        QTest::keyClick(&f.window, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(tabs.currentPage(), pages[3]);
        // A click into a page of the other group makes that the current one.
        QTest::mouseClick(barOf(tabs.groups()[0]), Qt::LeftButton, {},
                          barOf(tabs.groups()[0])->tabRect(0).center());
        QCOMPARE(tabs.currentPage(), pages[0]);
        QVERIFY(barOf(tabs.groups()[0])->property("active").toBool());
        QTRY_VERIFY(pages[0]->isAncestorOf(QApplication::focusWidget()));
        pages[3]->focusEndpoint();
        QTRY_COMPARE(tabs.currentPage(), pages[3]);
        QTest::keyClick(&f.window, Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(tabs.groups()[1]->pages().size(), std::size_t{3});
        // The last of a group takes the group along.
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&f.window, Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs.groups().size(), std::size_t{1});
        QCOMPARE(tabs.pages().size(), std::size_t{2});
        for (int i = 0; i < 2; ++i)
            QTest::keyClick(&f.window, Qt::Key_W, Qt::ControlModifier);
        QTRY_VERIFY(f.find<QPushButton>("tryItButton")); // the page that welcomes
    }

    void threeGroupsStandSideBySide() {
        WindowFixture f;
        ClientTabs& tabs = f.window.tabs();
        for (int i = 0; i < 3; ++i)
            tabs.addClient();
        const std::vector<ConversationPage*> pages = tabs.pages();
        tabs.splitRight(pages[2]);
        tabs.splitRight(pages[1]);
        QCOMPARE(tabs.groups().size(), std::size_t{3});
        QCOMPARE(tabs.pages(), pages);
        for (ConversationPage* page : pages)
            QVERIFY(page->isVisible());
        tabs.splitRight(pages[1]); // alone already
        QCOMPARE(tabs.groups().size(), std::size_t{3});
        tabs.close(pages[1]);
        QCOMPARE(tabs.groups().size(), std::size_t{2});
    }

    void aTabIsDraggedToTheOtherBar() {
        WindowFixture f;
        ClientTabs& tabs = f.window.tabs();
        for (int i = 0; i < 3; ++i)
            tabs.addClient();
        const std::vector<ConversationPage*> pages = tabs.pages();
        tabs.splitRight(pages[2]);
        QTabBar* from = barOf(tabs.groups()[0]);
        const QPoint start = from->tabRect(0).center();
        QWidget* target = tabs.groups()[1];
        const QPoint end = from->mapFromGlobal(target->mapToGlobal(QPoint(200, 100)));
        QTest::mousePress(from, Qt::LeftButton, {}, start);
        QTest::mouseMove(from, start + QPoint(30, 0));
        QTest::mouseMove(from, end);
        QTest::mouseRelease(from, Qt::LeftButton, {}, end);
        QCOMPARE(tabs.groups()[1]->pages().size(), std::size_t{2});
        QVERIFY(tabs.groups()[1]->holds(pages[0]));
        QCOMPARE(tabs.currentPage(), pages[0]);
    }

    void theMenuOfATabDoesWhatItSays() {
        WindowFixture f;
        ClientTabs& tabs = f.window.tabs();
        const auto choose = [&](int tab, const QString& name) {
            QTabBar* bar = barOf(tabs.groups()[0]);
            QContextMenuEvent event(QContextMenuEvent::Mouse, bar->tabRect(tab).center(),
                                    bar->mapToGlobal(bar->tabRect(tab).center()));
            QApplication::sendEvent(bar, &event);
            auto* menu = tabs.findChild<QMenu*>("tabMenu");
            QAction* action = menu ? menu->findChild<QAction*>(name) : nullptr;
            const bool isEnabled = action && action->isEnabled();
            if (isEnabled)
                action->trigger();
            delete menu;
            return isEnabled;
        };
        tabs.addClient();
        QVERIFY(!choose(0, "splitRight"));
        QVERIFY(!choose(0, "moveToOtherSide"));
        QVERIFY(!choose(0, "closeOtherTabs"));
        tabs.addClient();
        tabs.addClient();
        QVERIFY(choose(0, "splitRight"));
        QCOMPARE(tabs.groups().size(), std::size_t{2});
        QVERIFY(choose(0, "moveToOtherSide"));
        QCOMPARE(tabs.groups()[1]->pages().size(), std::size_t{2});
        QVERIFY(choose(0, "closeTab"));
        QCOMPARE(tabs.groups().size(), std::size_t{1});
        QVERIFY(choose(0, "closeOtherTabs"));
        QCOMPARE(tabs.pages().size(), std::size_t{1});
    }

    void optionsBindThisEnd() {
        WindowFixture f;
        const TestSocket server = TestSocket::listenTcp();
        f.window.tabs().addClient();
        f.find<QComboBox>("endpoint")->setEditText(QString("127.0.0.1:%1").arg(server.port()));
        QVERIFY(f.click("optionsToggle"));
        setOption(f, "localAddress", "127.0.0.9");
        setOption(f, "connectTimeout", "3 s");
        f.find<QCheckBox>("noDelay")->setChecked(false);
        QCOMPARE(f.find<QLabel>("changedOptions")->text(), QString("3 changed"));
        const QString command = f.find<QLabel>("sendCommand")->text();
        QVERIFY2(command.startsWith(QString("socketscope send tcp://127.0.0.1:%1 --local "
                                            "tcp://127.0.0.9:0")
                                        .arg(server.port())),
                 qPrintable(command));
        QVERIFY(command.contains("--connect-timeout 3"));
        QVERIFY(command.contains("--nodelay off"));
        QVERIFY(f.click("copySendCommand"));
        QCOMPARE(QGuiApplication::clipboard()->text(), command);
        QVERIFY(f.click("connectButton"));
        QTRY_COMPARE(f.state(), LinkState::Open);
        QVERIFY(
            f.window.tabs().currentPage()->conversation().local().startsWith("tcp://127.0.0.9:"));
        QVERIFY(f.click("resetOptions"));
        QVERIFY(!f.find<QLabel>("changedOptions"));
        QCOMPARE(f.find<QLabel>("sendCommand")->text(),
                 QString("socketscope send tcp://127.0.0.1:%1").arg(server.port()));
    }

    void aFaultStandsUnderItsFieldAndNothingIsOpened() {
        WindowFixture f;
        f.window.tabs().addClient();
        f.find<QComboBox>("endpoint")->setEditText("127.0.0.1:1");
        QVERIFY(f.click("optionsToggle"));
        setOption(f, "localPort", "70000");
        QVERIFY(f.click("optionsToggle")); // put away
        QVERIFY(f.click("connectButton"));
        QCOMPARE(f.state(), LinkState::Idle);
        auto* fault = f.find<QLabel>("fieldFault");
        QVERIFY(fault);
        QVERIFY2(fault->text().contains("70000"), qPrintable(fault->text()));
        auto* field = f.find<QLineEdit>("localPort");
        QVERIFY(field->hasFocus());
        setOption(f, "localPort", "0");
        QVERIFY(!f.find<QLabel>("fieldFault"));
        setOption(f, "localAddress", "not an address");
        QVERIFY(f.click("connectButton"));
        QCOMPARE(f.state(), LinkState::Idle);
        QVERIFY(f.find<QLabel>("fieldFault"));
    }

    void theFormFollowsTheTransport() {
        WindowFixture f;
        f.window.tabs().addClient();
        QVERIFY(f.click("optionsToggle"));
        const auto isOffered = [&](const QString& name) {
            return f.find<QWidget>(name) != nullptr;
        };
        f.find<QComboBox>("endpoint")->setEditText("localhost:1");
        QVERIFY(isOffered("keepalive") && isOffered("localPort") && !isOffered("joinGroups"));
        chooseTransport(f, "udp");
        QVERIFY(isOffered("joinGroups") && isOffered("broadcast") && !isOffered("keepalive"));
        chooseTransport(f, "unix");
        f.find<QComboBox>("endpoint")->setEditText("/tmp/x");
        QVERIFY(isOffered("localPath") && !isOffered("localPort") && !isOffered("lookupTimeout"));
        f.find<QComboBox>("endpoint")->setEditText("udp://localhost:1"); // names its own
        QVERIFY(isOffered("joinGroups"));
    }

    void commandLinesSayTheSame_data() {
        QTest::addColumn<QString>("endpoint");
        QTest::newRow("tcp") << "tcp://localhost:80";
        QTest::newRow("udp") << "udp://[::1]:80";
        QTest::newRow("unix") << "unix:/tmp/it's here";
        QTest::newRow("unixgram") << "unixgram:@name";
    }
    void commandLinesSayTheSame() {
        QFETCH(QString, endpoint);
        ClientConfig config{.endpoint = *parseEndpoint(endpoint.toStdString())};
        config.connectTimeout = std::chrono::milliseconds(2500);
        config.lookupTimeout = std::chrono::seconds(4);
        config.receiveSize = 512;
        config.options.receiveBuffer = 4096;
        config.options.sendBuffer = 8192;
        if (config.endpoint.transport == Transport::Tcp) {
            config.local = Endpoint{.host = "127.0.0.1", .port = 4000};
            config.options.noDelay = false;
            config.options.keepaliveSeconds = 7;
            config.options.lingerSeconds = 0;
            config.framing = *Framing::parse("length:u16be");
        }
        if (config.endpoint.transport == Transport::Udp)
            config.datagrams = {.broadcast = true,
                                .multicastTtl = 4,
                                .multicastInterface = "lo",
                                .multicastLoop = false,
                                .join = {"239.1.2.3", "ff02::1"}};
        const auto read = cli::commandLineReader().client(sendArguments(config));
        QVERIFY(read);
        QCOMPARE(QString::fromStdString(sendArguments(read->config).back()),
                 QString::fromStdString(sendArguments(config).back()));
        QCOMPARE(sendArguments(read->config), sendArguments(config));
        QVERIFY(read->config.local == config.local);
        QVERIFY(read->config.options == config.options);
        QVERIFY(read->config.datagrams == config.datagrams);
        QCOMPARE(read->config.receiveSize, config.receiveSize);
        QVERIFY(read->config.lookupTimeout == config.lookupTimeout);
    }

    void unixSocketsAreTransportsLikeOthers() {
        WindowFixture f;
        const QString path = QString::fromStdString(temporaryPath("echo.sock"));
        ServerConfig config;
        config.listen = {*parseEndpoint("unix:" + path.toStdString())};
        f.serve(config);
        f.window.tabs().addClient();
        chooseTransport(f, "unix");
        f.find<QComboBox>("endpoint")->setEditText(path);
        QVERIFY(f.click("connectButton"));
        QTRY_COMPARE(f.state(), LinkState::Open);
        f.type("over a path");
        QTRY_VERIFY(f.hasLine("<-  12 B  over a path"));
        config.listen = {*parseEndpoint("unixgram:" + path.toStdString() + "-d")};
        f.serve(config);
        f.typeEndpoint("unixgram:" + path + "-d");
        QTRY_COMPARE(f.state(), LinkState::Open);
        f.type("a datagram");
        QTRY_VERIFY(f.hasLine("<-  11 B  a datagram"));
    }

    void everyAddressThatIsFoundAndTriedIsARow() {
        WindowFixture f;
        ServerConfig config;
        const std::uint16_t port = f.serve(config); // on 127.0.0.1 only
        f.typeEndpoint(QString("localhost:%1").arg(port));
        QTRY_COMPARE(f.state(), LinkState::Open);
        QVERIFY2(
            f.hasLine(QString("found 127.0.0.1:%1 (AF_INET, SOCK_STREAM, IPPROTO_TCP)").arg(port)),
            qPrintable(f.lines().join('\n')));
        const bool hasIpv6 = f.hasLine(QString("found [::1]:%1 (AF_INET6").arg(port));
        QCOMPARE(f.hasLine(QString("[::1]:%1 connection refused (ECONNREFUSED)").arg(port)),
                 hasIpv6);
    }

    void anAttemptCanBeGivenUp() {
        WindowFixture f;
        // A listener whose backlog is full leaves an attempt without an answer.
        const TestSocket listener = TestSocket::listenTcp(0);
        f.window.tabs().addClient();
        for (int i = 0; i < 4; ++i) {
            f.typeEndpoint(QString("127.0.0.1:%1").arg(listener.port()));
            QTest::qWait(20);
        }
        QTRY_COMPARE(f.state(), LinkState::Connecting);
        ConversationPage* page = f.window.tabs().currentPage();
        QTRY_COMPARE(pillWord(page), QString("SYN_SENT")); // the kernel's word, not ours
        QTRY_VERIFY(f.hasLine("trying 127.0.0.1:"));
        auto* button = page->findChild<QPushButton*>("connectButton");
        QCOMPARE(button->text(), QString("Cancel"));
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(f.state(), LinkState::Closed);
        QVERIFY(f.hasLine("given up by this side"));
        QTRY_COMPARE(pillWord(page), QString("closed"));
        QCOMPARE(button->text(), QString("Connect"));
    }

    void theStateIsTheKernelsAlsoWhileTheTablePauses() {
        WindowFixture f;
        f.window.connections().setPaused(true);
        TestSocket listener = TestSocket::listenTcp();
        f.connectTo(listener.port());
        TestSocket peer = listener.accept();
        ConversationPage* page = f.window.tabs().currentPage();
        QTRY_COMPARE(pillWord(page), QString("ESTABLISHED"));
        page->findChild<QAction*>("halfCloseAction")->trigger();
        QTRY_COMPARE(pillWord(page), QString("FIN_WAIT2"));
        peer.close();
        QTRY_COMPARE(f.state(), LinkState::Closed);
        QTRY_COMPARE(pillWord(page), QString("TIME_WAIT"));
    }

    void connectsAgainToAServerThatComesBack() {
        WindowFixture f;
        const std::uint16_t port = f.serve();
        const int key = f.window.servers().at(0).key;
        f.window.tabs().addClient();
        f.find<QComboBox>("endpoint")->setEditText(QString("127.0.0.1:%1").arg(port));
        QVERIFY(f.click("optionsToggle"));
        f.find<QCheckBox>("reconnect")->setChecked(true);
        QVERIFY(f.click("connectButton"));
        QTRY_COMPARE(f.state(), LinkState::Open);
        f.window.servers().stop(key);
        QTRY_VERIFY(f.hasLine("trying again in "));
        QTRY_VERIFY(f.hasLine("(attempt 2)"));
        QTRY_VERIFY(f.hasLine("(attempt 3)"));
        ServerConfig same;
        same.listen = {{.host = "127.0.0.1", .port = port}};
        f.window.servers().start(key, same);
        QTRY_COMPARE_WITH_TIMEOUT(f.state(), LinkState::Open, 20'000);
        f.type("there again");
        QTRY_VERIFY(f.hasLine("<-  12 B  there again"));
        // Not after a close of ours.
        QVERIFY(f.click("connectButton"));
        QTRY_COMPARE(f.state(), LinkState::Closed);
    }

    void theWaitForAnotherAttemptCanBeEnded() {
        WindowFixture f;
        f.window.tabs().addClient();
        TestSocket closed = TestSocket::listenTcp();
        const QString endpoint = QString("127.0.0.1:%1").arg(closed.port());
        closed.close();
        f.find<QComboBox>("endpoint")->setEditText(endpoint);
        QVERIFY(f.click("optionsToggle"));
        f.find<QCheckBox>("reconnect")->setChecked(true);
        QVERIFY(f.click("connectButton"));
        QTRY_VERIFY(f.hasLine("(attempt 4)"));
        QTRY_COMPARE(f.state(), LinkState::Waiting);
        QCOMPARE(f.find<QPushButton>("connectButton")->text(), QString("Cancel"));
        QVERIFY(f.click("connectButton"));
        QCOMPARE(f.state(), LinkState::Closed);
        QVERIFY(f.hasLine("not tried again"));
    }

    void datagramsAreCounted() {
        WindowFixture f;
        ServerConfig config;
        config.listen = {*parseEndpoint("udp://127.0.0.1:0")};
        f.serve(config);
        const QString endpoint = f.window.servers().at(0).endpoints.at(0);
        f.typeEndpoint(endpoint);
        QTRY_COMPARE(f.state(), LinkState::Open);
        auto* strip = f.find<DatagramStrip>("datagramStrip");
        QVERIFY(strip);
        f.type("one");
        f.window.tabs().currentPage()->conversation().send({}); // of no length
        QTRY_VERIFY2(strip->text().startsWith("Sent 2, Received 2, Lost 0, Reordered 0"),
                     qPrintable(strip->text()));
        QTRY_VERIFY(f.hasLine("<-  0 B"));
        f.typeEndpoint("127.0.0.1:1");
        QVERIFY(!f.find<DatagramStrip>("datagramStrip"));
    }

    void aSessionIsCopiedAsCodeThatDoesTheSame() {
        WindowFixture f;
        f.connectTo(f.serve());
        f.type("first");
        QTRY_VERIFY(f.hasLine("<-  6 B  first"));
        f.type("second");
        QTRY_VERIFY(f.hasLine("<-  7 B  second"));
        QGuiApplication::clipboard()->clear();
        ConversationPage* page = f.window.tabs().currentPage();
        page->findChild<QAction*>("copyAsPython")->trigger();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().contains("import socket"));
        // The server of this window answers it while this thread looks after nothing.
        const auto result =
            runProgram("python3", {"-c", QGuiApplication::clipboard()->text()}, {}, {});
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY2(result.output.contains("first") && result.output.contains("second"),
                 result.output);
        page->findChild<QAction*>("copyAsSend")->trigger();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().contains("socketscope send tcp://"));
        page->findChild<QAction*>("copyAsPipe")->trigger();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().contains("ncat") ||
                    QGuiApplication::clipboard()->text().contains("socat"));
    }

    void aHundredTabsHearThatTheirServerDied() {
        WindowFixture f;
        constexpr int count = 100;
        // A server that we did not write, killed without a word.
        RunningProgram server("python3", {"-uc", pythonEcho});
        const auto port = static_cast<std::uint16_t>(server.readLine().trimmed().toUInt());
        QVERIFY(port != 0);
        for (int i = 0; i < count; ++i)
            f.window.connectClient({.endpoint = {.host = "127.0.0.1", .port = port}}, {});
        const auto inState = [&](LinkState state) {
            return std::ranges::count_if(f.window.tabs().pages(), [&](ConversationPage* page) {
                return page->conversation().state() == state;
            });
        };
        QTRY_COMPARE(inState(LinkState::Open), std::ptrdiff_t{count});
        for (ConversationPage* page : f.window.tabs().pages())
            page->conversation().send({.content = std::vector<std::byte>(1000)});
        const auto answered = [&] {
            return std::ranges::count_if(f.window.tabs().pages(), [](ConversationPage* page) {
                return page->conversation().counters().receivedBytes == 1000;
            });
        };
        QTRY_COMPARE(answered(), std::ptrdiff_t{count});
        server.process().kill();
        QTRY_COMPARE(inState(LinkState::Closed), std::ptrdiff_t{count});
        for (ConversationPage* page : f.window.tabs().pages()) {
            const ConversationModel& model = page->conversation().model();
            QTRY_VERIFY(model.lineText(model.rowCount() - 1).contains("by the other side"));
            const QString last = model.lineText(model.rowCount() - 1);
            QVERIFY2(last.contains("closed by the other side") ||
                         last.contains("reset by the other side (ECONNRESET)"),
                     qPrintable(last));
            bool isKept = false; // what had come
            for (int row = 0; row < model.rowCount(); ++row)
                isKept = isKept || model.lineText(row).contains("<-  1000 B");
            QVERIFY(isKept);
        }
        // It answers at once.
        f.window.tabs().select(0);
        QCOMPARE(f.window.tabs().currentPage(), f.window.tabs().pages().front());
        f.connectTo(f.serve());
        QCOMPARE(f.state(), LinkState::Open);
        f.typeEndpoint("localhost:70000");
        QVERIFY2(f.messageText().contains("70000"), qPrintable(f.messageText()));
    }
};

QTEST_MAIN(TestClientTabs)
#include "tst_client_tabs.moc"
