#include "ui/main_window/main_window.h"

#include <algorithm>
#include <chrono>

#include <QApplication>
#include <QCloseEvent>
#include <QScreen>
#include <QShortcut>
#include <QStatusBar>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/chat/chat_page.h"
#include "ui/clients/client_tabs.h"
#include "ui/clients/conversation_hub.h"
#include "ui/clients/conversation_view.h"
#include "ui/clients/recent_inputs.h"
#include "ui/common/command_line_reader.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/settings.h"
#include "ui/connections/closed_view.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/connections_model.h"
#include "ui/engine_bridge.h"
#include "ui/inspector/inspector_dock.h"
#include "ui/main_window/app_menu.h"
#include "ui/main_window/chat_invitation.h"
#include "ui/main_window/client_menu.h"
#include "ui/main_window/example_runner.h"
#include "ui/main_window/find_field.h"
#include "ui/main_window/help_panel.h"
#include "ui/main_window/status_bar.h"
#include "ui/main_window/table_links.h"
#include "ui/main_window/toolbar.h"
#include "ui/main_window/try_it.h"
#include "ui/servers/saved_servers.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_list_model.h"
#include "ui/servers/servers_dock.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr int serversWidth = 288;
constexpr int formWidth = 344;
// The inspector is narrower where the window is.
constexpr int inspectorWidth = 335;
constexpr int narrowInspectorWidth = 320;
constexpr int narrowWindow = 1360;
constexpr int narrowGroup = 400;
// What the window manager's frame may take of the screen.
constexpr int titleBarHeight = 32;
// Servers send what is queued for up to two seconds; then the window goes in any case.
constexpr auto closingLimit = 2500ms;

const QString geometryKey = QStringLiteral("windowGeometry");
const QString stateKey = QStringLiteral("windowState");

} // namespace

MainWindow::MainWindow(EngineBridge& bridge, Settings& settings)
    : m_bridge(bridge),
      m_settings(settings),
      m_inputs(new RecentInputs(settings, this)),
      m_servers(new ServerListModel(bridge, this)),
      m_savedServers(new SavedServers(*m_servers, settings, this)),
      m_hub(new ConversationHub(bridge, this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Socketscope"));
    setContextMenuPolicy(Qt::NoContextMenu);
    setDockNestingEnabled(true);
    setAnimated(false); // docks are where they belong at once
    auto* centre = new QWidget(this);
    m_message = new InlineMessage(centre);
    auto* look = new InlineMessage(centre); // a notice does not take its place
    m_help = new HelpPanel(centre);
    m_tabs = new ClientTabs(bridge, *m_hub, *m_servers, *m_inputs, centre);
    m_examples = new ExampleRunner(*m_servers, *m_tabs, *look, this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_message);
    column->addWidget(look);
    column->addWidget(m_tabs, 1);
    centre->setMinimumWidth(420);
    setCentralWidget(centre);
    buildDocks();
    buildToolbar();
    buildShortcuts();
    auto* tryIt = new TryIt(*m_servers, *m_serversDock, *m_tabs, this);
    connect(m_tabs, &ClientTabs::tryItAsked, tryIt, &TryIt::start);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (now && (m_connections->isAncestorOf(now) || m_tabs->isAncestorOf(now)))
            m_lastSearched = now;
    });
    restoreWindow();
    if (!settings.notice().isEmpty())
        showNotice(settings.notice());
}

MainWindow::~MainWindow() {
    disconnect(qApp, nullptr, this, nullptr); // the keyboard leaves what goes
    // Pages tell the hub and the engine that they go; both must still be there.
    delete takeCentralWidget();
}

void MainWindow::buildDocks() {
    m_serversDock = new ServersDock(*m_servers, *m_inputs, this);
    m_connections = new ConnectionsDock(m_bridge, m_settings, this);
    addDockWidget(Qt::LeftDockWidgetArea, m_serversDock);
    addDockWidget(Qt::BottomDockWidgetArea, m_connections);
    m_connections->model().setOwnProcesses(
        [this](int pid) { return m_servers->isOwnProcess(pid); });
    connect(m_serversDock, &ServersDock::conversationAsked, m_tabs, &ClientTabs::openAccepted);
    connect(m_serversDock, &ServersDock::joinAsked, this, &MainWindow::joinChatOf);
    const auto showPort = [this](std::uint16_t port, bool isDatagram) {
        m_connections->showPort(port, isDatagram ? SocketProtocol::Udp : SocketProtocol::Tcp);
    };
    connect(m_serversDock, &ServersDock::showPortAsked, this, showPort);
    connect(m_serversDock, &ServersDock::pageChanged, this, [this](bool isForm) {
        if (!m_serversDock->isFloating())
            resizeDocks({m_serversDock}, {isForm ? formWidth : serversWidth}, Qt::Horizontal);
    });
    m_links = new TableLinks(*m_connections, *m_tabs, *m_servers, *m_serversDock, this);
    connect(m_connections, &ConnectionsDock::clientAsked, this,
            [this](const Endpoint& endpoint) { connectClient({.endpoint = endpoint}, {}); });
    connect(m_tabs, &ClientTabs::showPortAsked, this, showPort);
    buildInspector();

    m_status = new StatusBar(*m_servers, *m_connections, m_bridge, this);
    connect(m_tabs, &ClientTabs::droppedRowsChanged, m_status, &StatusBar::setDroppedRows);
    connect(m_status, &StatusBar::permissionExplanationAsked, this, [this] {
        showNotice(tr("Linux shows who holds a socket only to its owner and to root. Run "
                      "Socketscope as root to see every owner; all the rest of the table is "
                      "complete without."));
    });
    auto* bar = new QStatusBar(this);
    bar->setSizeGripEnabled(false);
    bar->addWidget(m_status, 1);
    bar->layout()->setContentsMargins(0, 0, 0, 0);
    bar->setFixedHeight(24);
    setStatusBar(bar);
}

void MainWindow::buildInspector() {
    m_inspector = new InspectorDock(m_bridge, m_connections->model(), m_settings, this);
    addDockWidget(Qt::RightDockWidgetArea, m_inspector);
    m_inspector->setLinkSource([this](const SocketRow& row) { return m_links->linkFor(row); });
    connect(m_inspector, &InspectorDock::linkActivated, m_links, &TableLinks::follow);
    connect(m_inspector, &InspectorDock::otherEndAsked, &m_connections->view(),
            &ConnectionsView::selectCookie);
    connect(&m_connections->view(), &ConnectionsView::selectionChangedTo, m_inspector,
            &InspectorDock::select);
    connect(&m_connections->view(), &ConnectionsView::inspectAsked, m_inspector,
            &InspectorDock::inspect);
    connect(&m_connections->closedView(), &ClosedView::chosen, m_inspector,
            &InspectorDock::selectClosed);
    connect(m_connections, &ConnectionsDock::tableRead, m_inspector, &InspectorDock::takeTable);
    connect(m_tabs, &ClientTabs::groupsChanged, this, &MainWindow::giveRoomToGroups);
    // A person who hides it now means it.
    connect(m_inspector->toggleViewAction(), &QAction::triggered, this,
            [this] { m_hasFoldedInspector = false; });
}

/// Tabs beside each other need the inspector's room where there is little; it comes back with the
/// room.
void MainWindow::giveRoomToGroups() {
    const auto groups = static_cast<int>(m_tabs->groups().size());
    const bool isTight = m_tabs->width() / groups < narrowGroup;
    if (groups == 1) {
        if (std::exchange(m_hasFoldedInspector, false))
            m_inspector->show();
    } else if (isTight && !m_inspector->isFloating() && !m_inspector->isHidden()) {
        m_hasFoldedInspector = true;
        m_inspector->hide();
    }
}

void MainWindow::buildToolbar() {
    const std::vector<Example>& examples = m_examples->examples();
    m_toolbar = new Toolbar(examples, this);
    connect(m_toolbar, &Toolbar::newServerAsked, m_serversDock,
            [this] { m_serversDock->showForm(); });
    connect(m_toolbar, &Toolbar::newClientAsked, m_tabs, &ClientTabs::addClient);
    m_clientMenu = new ClientMenu(*m_tabs, *m_servers, *m_inputs, this);
    addActions(m_clientMenu->actions()); // for their keys
    m_toolbar->setClientMenu(m_clientMenu);
    connect(m_examples, &ExampleRunner::pageAsked, m_clientMenu, &ClientMenu::startExample);
    connect(m_toolbar->pauseAction(), &QAction::toggled, m_connections,
            &ConnectionsDock::setPaused);
    connect(m_connections, &ConnectionsDock::pausedChanged, m_toolbar->pauseAction(),
            &QAction::setChecked);
    m_find = &m_toolbar->findField();
    connect(m_find, &FindField::findAsked, this, &MainWindow::find);
    connect(m_tabs, &ClientTabs::findMissed, this, [this] { m_find->showMissed(true); });
    connect(m_find, &FindField::left, this, [this] {
        if (m_lastSearched)
            m_lastSearched->setFocus();
    });
    m_tabs->setExamples(examples);
    connect(m_toolbar, &Toolbar::exampleAsked, m_examples, &ExampleRunner::startListed);
    connect(m_tabs, &ClientTabs::exampleAsked, m_examples, &ExampleRunner::startListed);
    connect(m_tabs, &ClientTabs::allExamplesAsked, m_toolbar, &Toolbar::showExamples);
    connect(m_examples, &ExampleRunner::serversStarted, m_serversDock, &ServersDock::selectServer);
    buildMenu();
    addToolBar(m_toolbar);
}

void MainWindow::buildMenu() {
    auto* menu = new AppMenu(m_settings, this);
    menu->addDock(m_serversDock, tr("Servers"));
    menu->addDock(m_connections, tr("Connections"));
    menu->addDock(m_inspector, tr("Inspector"));
    menu->addRest(*m_help);
    connect(menu, &AppMenu::noticeAsked, this, &MainWindow::showNotice);
    connect(menu, &AppMenu::quitAsked, this, &QWidget::close);
    connect(m_toolbar, &Toolbar::themeToggled, menu, &AppMenu::toggleTheme);
    m_toolbar->setMenu(menu);
    // A shortcut works without the menu being open only where the window has the action too.
    addActions(menu->actions());
}

void MainWindow::buildShortcuts() {
    const auto add = [this](const QKeySequence& key, auto action) {
        auto* shortcut = new QShortcut(key, this);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_W), [this] { m_tabs->closeCurrent(); });
    add(ClientTabs::moveKey(), [this] {
        if (TabPage* page = m_tabs->currentTab())
            m_tabs->moveToOtherSide(page);
    });
    add(QKeySequence(Qt::CTRL | Qt::Key_L), [this] {
        if (TabPage* page = m_tabs->currentTab())
            page->focusEndpoint();
        else
            m_tabs->addClient();
    });
    add(QKeySequence(QKeySequence::Find), [this] {
        m_find->setFocus();
        m_find->selectAll();
    });
    add(QKeySequence(Qt::Key_F5), [this] { m_connections->refreshNow(); });
    for (int i = 0; i < 9; ++i)
        add(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)),
            [this, i] { m_tabs->select(i); });
}

void MainWindow::restoreWindow() {
    const auto bytes = [this](const QString& key) {
        return QByteArray::fromBase64(m_settings.value(key).toString().toLatin1());
    };
    if (!restoreGeometry(bytes(geometryKey))) {
        const QSize room = screen()->availableSize() - QSize(0, titleBarHeight);
        resize(QSize(1440, 900).boundedTo(room));
    }
    m_hasLayout = restoreState(bytes(stateKey));
    // A kept state has its corners too, and an older one not these.
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    // Docks take sizes only where the window has its own.
    if (std::exchange(m_hasLayout, true))
        return;
    const bool isNarrow = width() < narrowWindow;
    resizeDocks({m_serversDock, m_inspector},
                {serversWidth, isNarrow ? narrowInspectorWidth : inspectorWidth}, Qt::Horizontal);
    resizeDocks({m_connections}, {height() * 7 / 20}, Qt::Vertical);
}

void MainWindow::saveWindow() {
    m_settings.setValue(geometryKey, QString::fromLatin1(saveGeometry().toBase64()));
    if (std::exchange(m_hasFoldedInspector, false))
        m_inspector->show(); // the tabs do not come back, it does
    m_settings.setValue(stateKey, QString::fromLatin1(saveState().toBase64()));
    m_connections->saveLayout();
}

void MainWindow::find(bool backwards) {
    const QString text = m_find->text();
    const bool inTable = m_lastSearched && m_connections->isAncestorOf(m_lastSearched);
    TabPage* page = m_tabs->currentTab();
    const bool found =
        inTable || !page ? m_connections->find(text, backwards) : page->find(text, backwards);
    m_find->showMissed(!found && !text.isEmpty());
}

void MainWindow::showNotice(const QString& text) {
    m_message->show(InlineMessage::Kind::Remark, text);
    m_message->addAction(tr("Close"), false, [this] { m_message->hide(); });
}

void MainWindow::serve(const ServerConfig& config) {
    m_serversDock->selectServer(m_servers->add(config, ServerListModel::Origin::Elsewhere));
}

void MainWindow::connectClient(const ClientConfig& config, std::vector<OwnedMessage> messages,
                               bool halfClose) {
    m_tabs->openClient(config, std::move(messages), halfClose);
}

void MainWindow::joinChat(const ChatTabRequest& request) {
    m_tabs->openChat(request);
}

void MainWindow::joinChatOf(int serverKey) {
    const int row = m_servers->rowOfKey(serverKey);
    if (row < 0)
        return; // removed while its menu was open
    const ServerEntry& server = m_servers->at(row);
    const auto config = invitationTo(server, m_inputs->chatName());
    if (!config)
        return;
    if (!asksForPassword(server)) {
        m_tabs->openChat({*config, {}});
        return;
    }
    ChatPage* page = m_tabs->addChat();
    page->setConfig(*config);
    page->focusFirst();
}

void MainWindow::setCommandLineReader(const CommandLineReader& reader) {
    m_examples->setCommandLineReader(reader);
    m_savedServers->restore(reader);
}

int MainWindow::connectionsOfOthers() const {
    const std::vector<TabPage*> tabs = m_tabs->tabs();
    const auto isOurs = [&tabs](const ServerClientsModel::Client& client) {
        return client.peer != 0 || std::ranges::any_of(tabs, [&client](const TabPage* page) {
                   return page->client() && page->client()->local() == client.endpoint;
               });
    };
    int count = 0;
    for (int i = 0; i < m_servers->rowCount(); ++i) {
        const ServerClientsModel& clients = *m_servers->at(i).clients;
        for (int row = 0; row < clients.rowCount(); ++row)
            count += isOurs(clients.at(row)) ? 0 : 1;
    }
    return count;
}

void MainWindow::askBeforeClosing(int connections) {
    m_message->show(InlineMessage::Kind::Caution,
                    tr("%n connection(s) of other programs will be cut.", nullptr, connections));
    m_message->addAction(tr("Stop and close"), true, [this] { closeWithoutAsking(); });
    m_message->addAction(tr("Stay"), false, [this] { m_message->hide(); });
}

void MainWindow::closeWithoutAsking() {
    m_mayClose = true;
    close();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    const int others = connectionsOfOthers();
    event->ignore();
    if (m_isClosing)
        return;
    if (others > 0 && !m_mayClose)
        askBeforeClosing(others);
    else
        beginClosing();
}

void MainWindow::beginClosing() {
    m_isClosing = true;
    saveWindow();
    hide();
    const auto finishWhenStopped = [this] {
        if (m_bridge.engine().servers().isIdle())
            Q_EMIT finished();
    };
    connect(m_servers, &ServerListModel::summaryChanged, this, finishWhenStopped,
            Qt::QueuedConnection);
    QTimer::singleShot(closingLimit, this, &MainWindow::finished);
    m_servers->stopAll();
    QTimer::singleShot(0, this, finishWhenStopped);
}

} // namespace sscope
