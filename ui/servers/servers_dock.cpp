#include "ui/servers/servers_dock.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

#include "core/base/shell_words.h"
#include "ui/common/dock_title_bar.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"
#include "ui/servers/server_card_delegate.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_clients_view.h"
#include "ui/servers/server_form.h"
#include "ui/servers/server_list_model.h"

namespace sscope {

namespace {

constexpr int titleHeight = 32;
constexpr int leastWidth = 240;
const QKeySequence newServerKey(Qt::CTRL | Qt::SHIFT | Qt::Key_S);

} // namespace

ServersDock::ServersDock(ServerListModel& servers, QWidget* parent)
    : QDockWidget(tr("Servers"), parent),
      m_servers(servers),
      m_title(new DockTitleBar(tr("Servers"), titleHeight, this)),
      m_pages(new QStackedWidget(this)),
      m_listArea(new QStackedWidget(this)),
      m_list(new QListView(this)),
      m_clientsTitle(makeTitle({}, this)),
      m_clientsPanel(new QWidget(this)),
      m_clients(new ServerClientsView(this)),
      m_form(new ServerForm(this)) {
    setObjectName(QStringLiteral("serversDock"));
    buildTitle();
    m_pages->addWidget(buildListPage());
    m_pages->addWidget(m_form);
    setWidget(m_pages);
    connect(m_form, &ServerForm::cancelAsked, this, &ServersDock::showList);
    connect(m_form, &ServerForm::startAsked, this, &ServersDock::startFromForm);
    connect(m_form, &ServerForm::showPortAsked, this, &ServersDock::showPortAsked);
    connect(&servers, &ServerListModel::started, this, &ServersDock::serverStarted);
    connect(&servers, &ServerListModel::failed, this, &ServersDock::serverFailed);
    connect(&servers, &ServerListModel::summaryChanged, this, &ServersDock::showEmptyClients);
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
    auto* delegate = new ServerCardDelegate(this);
    m_list->setObjectName(QStringLiteral("serverList"));
    m_list->setAccessibleName(tr("Servers"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setModel(&m_servers);
    m_list->setItemDelegate(delegate);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QWidget::customContextMenuRequested, this, [this](const QPoint& position) {
        if (const QModelIndex index = m_list->indexAt(position); index.isValid())
            showMenu(index.row(), m_list->viewport()->mapToGlobal(position));
    });
    connect(delegate, &ServerCardDelegate::toggleAsked, this,
            [this](const QModelIndex& index) { toggle(index.row()); });
    connect(delegate, &ServerCardDelegate::menuAsked, this,
            [this](const QModelIndex& index, const QPoint& position) {
                showMenu(index.row(), position);
            });
    connect(delegate, &ServerCardDelegate::remedyAsked, this,
            [this](const QModelIndex& index) { useRemedy(index.row()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ServersDock::showSelected);

    m_listArea->addWidget(buildEmptyState());
    m_listArea->addWidget(m_list);

    m_clientsTitle->setContentsMargins(12, 0, 12, 0);
    m_clientsTitle->setFixedHeight(titleHeight);
    auto* panel = new QVBoxLayout(m_clientsPanel);
    panel->setContentsMargins(0, 0, 0, 0);
    panel->setSpacing(0);
    panel->addWidget(m_clientsTitle);
    panel->addWidget(m_clients, 1);
    connect(m_clients, &ServerClientsView::openAsked, this, &ServersDock::conversationAsked);
    connect(m_clients, &ServerClientsView::closeAsked, &m_servers,
            &ServerListModel::closeConnection);

    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setMinimumWidth(leastWidth);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_listArea);
    splitter->addWidget(m_clientsPanel);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({300, 150}); // kept as a proportion
    return splitter;
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
    const bool isThere = row >= 0 && row < m_servers.rowCount();
    m_clientsPanel->setVisible(isThere);
    if (!isThere) {
        m_clients->setClients(nullptr, false);
        return;
    }
    const ServerEntry& server = m_servers.at(row);
    const bool datagrams = isDatagram(server.config.listen.front().transport);
    const QString name = toQString(server.config.service);
    m_clientsTitle->setText(datagrams ? tr("Peers of %1").arg(name)
                                      : tr("Clients of %1").arg(name));
    m_clients->setClients(server.clients.get(), datagrams);
    showEmptyClients();
}

void ServersDock::showEmptyClients() {
    const int row = selectedRow();
    if (row < 0 || row >= m_servers.rowCount())
        return;
    const ServerEntry& server = m_servers.at(row);
    if (server.status != ServerStatus::Running)
        m_clients->setEmptyText(tr("The server is not running."));
    else if (isDatagram(server.config.listen.front().transport))
        m_clients->setEmptyText(tr("No datagram has come yet."));
    else
        m_clients->setEmptyText(tr("Nobody is connected yet. Whoever connects to %1 is listed "
                                   "here.")
                                    .arg(server.addressText()));
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
    show();
    raise();
    m_form->setConfig(config);
    setPage(1);
    m_title->setTitle(tr("New server"));
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
    if (server.isActive())
        menu.addAction(lineIcon(QStringLiteral("stop")), tr("Stop"), this,
                       [this, key] { m_servers.stop(key); });
    else
        menu.addAction(lineIcon(QStringLiteral("play")), tr("Start"), this,
                       [this, key] { m_servers.start(key); });
    menu.addAction(lineIcon(QStringLiteral("plus")), tr("Duplicate…"), this,
                   [this, config] { showForm(config); });
    menu.addAction(lineIcon(QStringLiteral("copy")), tr("Copy the command line"), this, [config] {
        QString text = QStringLiteral("socketscope serve");
        for (const std::string& word : serveArguments(config))
            text += QLatin1Char(' ') + toQString(shellQuoted(word));
        QApplication::clipboard()->setText(text);
    });
    menu.addSeparator();
    menu.addAction(lineIcon(QStringLiteral("remove")),
                   server.isActive() ? tr("Stop and remove") : tr("Remove"), this,
                   [this, key] { m_servers.remove(key); });
    menu.exec(position);
}

void ServersDock::useRemedy(int row) {
    const ServerEntry& server = m_servers.at(row);
    const Hint& hint = server.error.hint;
    ServerConfig config = server.config;
    const auto port = hint.kind == Hint::Kind::PrivilegedPort ? hint.number : hint.port;
    config.listen.front().port = static_cast<std::uint16_t>(port);
    m_servers.start(server.key, config);
}

void ServersDock::startFromForm(const ServerConfig& config) {
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
    // The form stays, says why, and can be tried again: the list is not to keep each attempt.
    m_fromForm = 0;
    m_form->showFailure(m_servers.at(m_servers.rowOfKey(key)).error);
    QMetaObject::invokeMethod(
        this, [this, key] { m_servers.remove(key); }, Qt::QueuedConnection);
}

} // namespace sscope
