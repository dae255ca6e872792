#include "ui/servers/servers_dock.h"

#include <QApplication>
#include <QClipboard>
#include <QSplitter>
#include <QVBoxLayout>

#include "core/base/shell_words.h"
#include "ui/common/dock_title_bar.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"
#include "ui/servers/server_form.h"
#include "ui/servers/server_list_model.h"
#include "ui/servers/server_list_view.h"
#include "ui/servers/server_panel.h"

namespace sscope {

namespace {

constexpr int titleHeight = 32;
constexpr int leastWidth = 240;
const QKeySequence newServerKey(Qt::CTRL | Qt::SHIFT | Qt::Key_S);
const QKeySequence toggleKey(Qt::Key_Space);
const QKeySequence joinKey(Qt::Key_J);

} // namespace

ServersDock::ServersDock(ServerListModel& servers, RecentInputs& inputs, QWidget* parent)
    : QDockWidget(tr("Servers"), parent),
      m_servers(servers),
      m_title(new DockTitleBar(tr("Servers"), titleHeight, this)),
      m_pages(new QStackedWidget(this)),
      m_listArea(new QStackedWidget(this)),
      m_list(new ServerListView(this)),
      m_panel(new ServerPanel(servers, inputs, this)),
      m_form(new ServerForm(this)) {
    setObjectName(QStringLiteral("serversDock"));
    buildTitle();
    m_pages->addWidget(buildListPage());
    m_pages->addWidget(m_form);
    setWidget(m_pages);
    connect(m_form, &ServerForm::cancelAsked, this, &ServersDock::showList);
    connect(m_form, &ServerForm::startAsked, this, &ServersDock::startFromForm);
    connect(m_form, &ServerForm::showPortAsked, this, &ServersDock::showPortAsked);
    connect(m_panel, &ServerPanel::conversationAsked, this, &ServersDock::conversationAsked);
    connect(&servers, &ServerListModel::started, this, &ServersDock::serverStarted);
    connect(&servers, &ServerListModel::failed, this, &ServersDock::serverFailed);
    connect(&servers, &ServerListModel::summaryChanged, m_panel, &ServerPanel::refresh);
    connect(&servers, &QAbstractItemModel::rowsInserted, this, &ServersDock::showEmptyState);
    connect(&servers, &QAbstractItemModel::rowsRemoved, this, &ServersDock::showEmptyState);
    showEmptyState();
    showList();
}

void ServersDock::buildTitle() {
    m_back = makeIconButton(QStringLiteral("chevron-left"), tr("Back to the servers"),
                            QStringLiteral("backToServers"), this);
    connect(m_back, &QToolButton::clicked, this, &ServersDock::showList);
    m_title->setLeading(m_back);
    m_add = makeIconButton(QStringLiteral("plus"), tipWithKey(tr("New server"), newServerKey),
                           QStringLiteral("addServer"), this);
    connect(m_add, &QToolButton::clicked, this, [this] { showForm(); });
    m_title->addStretch();
    m_title->addWidget(m_add);
    setTitleBarWidget(m_title);
}

QWidget* ServersDock::buildListPage() {
    m_list->setModel(&m_servers);
    connectList();
    m_listArea->addWidget(buildEmptyState());
    m_listArea->addWidget(m_list);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setMinimumWidth(leastWidth);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_listArea);
    splitter->addWidget(m_panel);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({300, 200}); // kept as a proportion
    return splitter;
}

void ServersDock::connectList() {
    connect(m_list, &ServerListView::toggleAsked, this, &ServersDock::toggle);
    connect(m_list, &ServerListView::menuAsked, this, &ServersDock::showMenu);
    connect(m_list, &ServerListView::remedyAsked, this, &ServersDock::useRemedy);
    connect(m_list, &ServerListView::joinAsked, this, &ServersDock::join);
    connect(m_list, &ServerListView::removeAsked, this,
            [this](int row) { m_servers.remove(m_servers.at(row).key); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ServersDock::showSelected);
}

QWidget* ServersDock::buildEmptyState() {
    auto* page = new QWidget(this);
    auto* button = new QPushButton(lineIcon(QStringLiteral("plus")), tr("New server"), page);
    button->setObjectName(QStringLiteral("firstServer"));
    connect(button, &QPushButton::clicked, this, [this] { showForm(); });
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(button);
    row->addWidget(makeNote(newServerKey.toString(QKeySequence::NativeText), page));
    row->addStretch(1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(4);
    column->addWidget(makeTitle(tr("No servers yet"), page));
    column->addWidget(
        makeNote(tr("A server waits on a port and answers whoever connects. Its clients are listed "
                    "here."),
                 page));
    column->addSpacing(8);
    column->addLayout(row);
    column->addStretch(1);
    return page;
}

int ServersDock::selectedRow() const {
    return m_list->currentIndex().row();
}

void ServersDock::showEmptyState() {
    const bool isEmpty = m_servers.rowCount() == 0;
    m_listArea->setCurrentIndex(isEmpty ? 0 : 1);
    if (!isEmpty && selectedRow() < 0)
        m_list->setCurrentIndex(m_servers.index(0));
    showSelected();
}

void ServersDock::showSelected() {
    const int row = selectedRow();
    m_panel->setServer(row >= 0 && row < m_servers.rowCount() ? m_servers.at(row).key : 0);
}

void ServersDock::setPage(int index) {
    // A stack is as wide as its widest page, unless that page is told not to count.
    m_pages->setCurrentIndex(index);
    for (int i = 0; i < m_pages->count(); ++i) {
        const auto policy = i == index ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        m_pages->widget(i)->setSizePolicy(policy, policy);
    }
}

void ServersDock::showList() {
    setPage(0);
    m_title->setTitle(tr("Servers"));
    m_back->hide();
    m_add->show();
    Q_EMIT pageChanged(false);
}

void ServersDock::showForm() {
    showForm(ServerConfig());
}

void ServersDock::showForm(const ServerConfig& config) {
    openForm(config, tr("New server"), 0);
}

void ServersDock::editServer(int key) {
    const int row = m_servers.rowOfKey(key);
    if (row >= 0 && !m_servers.at(row).isActive())
        openForm(m_servers.at(row).config, tr("Edit server"), key);
}

void ServersDock::openForm(const ServerConfig& config, const QString& title, int editedKey) {
    show();
    raise();
    m_edited = editedKey;
    m_fromForm = 0; // a start that is still under way is not this form's
    m_form->setConfig(config);
    setPage(1);
    m_title->setTitle(title);
    m_back->show();
    m_add->hide();
    Q_EMIT pageChanged(true);
    m_form->focusFirst();
}

void ServersDock::selectServer(int key) {
    const int row = m_servers.rowOfKey(key);
    if (row < 0)
        return;
    showList();
    show();
    raise();
    m_list->setCurrentIndex(m_servers.index(row));
}

void ServersDock::toggle(int row) {
    const ServerEntry& server = m_servers.at(row);
    if (server.status == ServerStatus::Running)
        m_servers.stop(server.key);
    else
        m_servers.start(server.key);
}

void ServersDock::showMenu(int row, const QPoint& position) {
    const ServerEntry& server = m_servers.at(row);
    const int key = server.key;
    const ServerConfig config = server.config;
    QMenu menu(this);
    addJoin(menu, server);
    if (server.isActive())
        menu.addAction(lineIcon(QStringLiteral("stop")), tr("Stop"), toggleKey, this,
                       [this, key] { m_servers.stop(key); });
    else
        menu.addAction(lineIcon(QStringLiteral("play")), tr("Start"), toggleKey, this,
                       [this, key] { m_servers.start(key); });
    QAction* edit = menu.addAction(lineIcon(QStringLiteral("edit")), tr("Edit…"), this,
                                   [this, key] { editServer(key); });
    edit->setEnabled(!server.isActive());
    menu.addAction(lineIcon(QStringLiteral("plus")), tr("Duplicate…"), this,
                   [this, config] { showForm(config); });
    menu.addAction(lineIcon(QStringLiteral("copy")), tr("Copy the command line"), this,
                   [this, config] { copyCommand(config); });
    const Hint::Kind hint = server.error.hint.kind;
    const bool isTaken = hint == Hint::Kind::PortHeld || hint == Hint::Kind::PortTaken;
    if (server.status == ServerStatus::Failed && isTaken) {
        const auto subject = parseEndpoint(server.error.subject);
        const std::uint16_t port = subject ? subject->port : config.listen.front().port;
        const bool isDatagrams = isDatagram(config.listen.front().transport);
        menu.addAction(lineIcon(QStringLiteral("search")), tr("Show who holds port %1").arg(port),
                       this, [this, port, isDatagrams] { Q_EMIT showPortAsked(port, isDatagrams); })
            ->setObjectName(QStringLiteral("showHolder"));
    }
    menu.addSeparator();
    menu.addAction(lineIcon(QStringLiteral("remove")),
                   server.isActive() ? tr("Stop and remove") : tr("Remove"),
                   QKeySequence(Qt::Key_Delete), this, [this, key] { m_servers.remove(key); });
    menu.exec(position);
}

void ServersDock::addJoin(QMenu& menu, const ServerEntry& server) {
    if (!server.canBeJoined())
        return;
    QAction* join = menu.addAction(lineIcon(QStringLiteral("enter")), tr("Join the chat"), joinKey,
                                   this, [this, key = server.key] { Q_EMIT joinAsked(key); });
    join->setObjectName(QStringLiteral("joinChat"));
    join->setToolTip(server.joinText());
    menu.setToolTipsVisible(true);
    menu.addSeparator();
}

void ServersDock::join(int row) {
    if (const ServerEntry& server = m_servers.at(row); server.canBeJoined())
        Q_EMIT joinAsked(server.key);
}

void ServersDock::useRemedy(int row) {
    const ServerEntry& server = m_servers.at(row);
    const Hint& hint = server.error.hint;
    ServerConfig config = server.config;
    const auto port = hint.kind == Hint::Kind::PrivilegedPort ? hint.number : hint.port;
    config.listen.front().port = static_cast<std::uint16_t>(port);
    m_servers.start(server.key, config);
}

void ServersDock::copyCommand(const ServerConfig& config) {
    QString text = QStringLiteral("socketscope serve");
    for (const std::string& word : serveArguments(config))
        text += QLatin1Char(' ') + toQString(shellQuoted(word));
    QApplication::clipboard()->setText(text);
}

void ServersDock::startFromForm(const ServerConfig& config) {
    const int row = m_servers.rowOfKey(m_edited);
    if (row >= 0 && !m_servers.at(row).isActive()) {
        m_fromForm = m_edited;
        m_servers.remember(m_edited);
        m_servers.start(m_edited, config);
        return;
    }
    m_edited = 0;    // what was edited is gone, or runs: this is another one
    m_fromForm = -1; // a start that fails at once is heard before its key is known
    const int key = m_servers.add(config);
    if (m_fromForm == -1)
        m_fromForm = key;
}

void ServersDock::serverStarted(int key) {
    if (key != m_fromForm)
        return;
    m_fromForm = 0;
    selectServer(key);
}

void ServersDock::serverFailed(int key) {
    // A failed card is taller: its reason is to be seen whole.
    if (const int row = m_servers.rowOfKey(key); row == selectedRow())
        m_list->scrollTo(m_servers.index(row));
    if (m_fromForm == 0 || (m_fromForm > 0 && key != m_fromForm))
        return;
    // The form stays, says why, and can be tried again: the list is not to keep each attempt at a
    // new one.
    m_fromForm = 0;
    m_form->showFailure(m_servers.at(m_servers.rowOfKey(key)).error);
    if (key != m_edited)
        QMetaObject::invokeMethod(
            this, [this, key] { m_servers.remove(key); }, Qt::QueuedConnection);
}

} // namespace sscope
