#include "ui/servers/server_panel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/server/execution_models.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/inline_message.h"
#include "ui/common/segments.h"
#include "ui/common/small_widgets.h"
#include "ui/servers/send_to_all_row.h"
#include "ui/servers/server_chat.h"
#include "ui/servers/server_chat_row.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_clients_view.h"
#include "ui/servers/server_list_model.h"
#include "ui/servers/server_log_model.h"
#include "ui/servers/server_log_view.h"
#include "ui/servers/server_loops_model.h"
#include "ui/servers/server_loops_view.h"
#include "ui/servers/server_rooms_page.h"

namespace sscope {

namespace {

constexpr int titleHeight = 32;

bool hasLoops(const ServerEntry& server) {
    const ExecutionModel* model = findExecutionModel(server.config.model);
    return model && model->hasLoops;
}

bool isDatagramServer(const ServerEntry& server) {
    return isDatagram(server.config.listen.front().transport);
}

ClientsKind kindOf(const ServerEntry* server) {
    if (server && server->isChat())
        return ClientsKind::Chat;
    return server && isDatagramServer(*server) ? ClientsKind::Datagram : ClientsKind::Stream;
}

} // namespace

ServerPanel::ServerPanel(ServerListModel& servers, RecentInputs& inputs, QWidget* parent)
    : QWidget(parent),
      m_servers(servers),
      m_segments(new Segments(tr("What to see of the server"), this)),
      m_sendToAll(new QToolButton(this)),
      m_announce(new QToolButton(this)),
      m_pages(new QStackedWidget(this)),
      m_sendRow(new SendToAllRow(inputs, this)),
      m_chatRow(new ServerChatRow(this)),
      m_banned(new InlineMessage(this)),
      m_clients(new ServerClientsView(this)),
      m_rooms(new ServerRoomsPage(this)),
      m_loops(new ServerLoopsView(this)),
      m_log(new ServerLogPage(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTitle());
    column->addWidget(m_chatRow);
    column->addWidget(m_banned);
    column->addWidget(m_pages, 1);
    m_pages->addWidget(buildClientsPage());
    m_pages->addWidget(m_rooms);
    m_pages->addWidget(m_loops);
    m_pages->addWidget(m_log);
    connect(m_segments, &Segments::currentChanged, this, &ServerPanel::showPage);
    connect(m_sendToAll, &QToolButton::clicked, m_sendRow, &SendToAllRow::openToSend);
    connect(m_sendRow, &SendToAllRow::sendAsked, this, &ServerPanel::sendToAll);
    connect(m_clients, &ServerClientsView::openAsked, this, &ServerPanel::conversationAsked);
    connect(m_clients, &ServerClientsView::closeAsked, &servers, &ServerListModel::closeConnection);
    connectChat();
}

QWidget* ServerPanel::buildTitle() {
    auto* title = new QWidget(this);
    title->setFixedHeight(titleHeight);
    m_segments->add(ClientsPage, tr("Clients"), tr("Who is connected"),
                    QStringLiteral("clientsSegment"));
    m_segments->add(RoomsPage, tr("Rooms"), tr("The rooms of the chat, and who is banned"),
                    QStringLiteral("roomsSegment"));
    m_segments->add(LoopsPage, tr("Loops"), tr("What the multiplexer waits for, and gets"),
                    QStringLiteral("loopsSegment"));
    m_segments->add(LogPage, tr("Log"), tr("What has happened to the server"),
                    QStringLiteral("logSegment"));
    setUpTitleButton(m_sendToAll, QStringLiteral("sendToAll"), QStringLiteral("send"),
                     tr("Send to all"));
    setUpTitleButton(m_announce, QStringLiteral("announce"), QStringLiteral("bell"),
                     tr("Announce"));
    auto* row = new QHBoxLayout(title);
    row->setContentsMargins(12, 0, 4, 0);
    row->setSpacing(4);
    row->addWidget(m_segments);
    row->addStretch(1);
    row->addWidget(m_sendToAll);
    row->addWidget(m_announce);
    return title;
}

void ServerPanel::setUpTitleButton(QToolButton* button, const QString& name, const QString& icon,
                                   const QString& text) {
    button->setObjectName(name);
    button->setIcon(lineIcon(icon));
    button->setIconSize({16, 16});
    button->setText(text);
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
}

QWidget* ServerPanel::buildClientsPage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_sendRow);
    column->addWidget(m_clients, 1);
    return page;
}

const ServerEntry* ServerPanel::server() const {
    const int row = m_servers.rowOfKey(m_key);
    return row < 0 ? nullptr : &m_servers.at(row);
}

void ServerPanel::setServer(int key) {
    if (key != m_key) {
        m_sendRow->hide();
        m_chatRow->hide();
        m_banned->hide();
        m_banAsked.clear();
    }
    m_key = key;
    const ServerEntry* entry = server();
    setVisible(entry);
    m_clients->setClients(entry ? entry->clients.get() : nullptr, kindOf(entry));
    m_rooms->setChat(entry ? entry->chat.get() : nullptr);
    m_loops->setLoops(entry ? entry->loops.get() : nullptr);
    m_log->setLog(entry ? entry->log.get() : nullptr);
    if (isVisible())
        m_servers.watchChat(m_key);
    refresh();
}

void ServerPanel::refresh() {
    const ServerEntry* entry = server();
    if (!entry)
        return;
    m_segments->setText(ClientsPage, isDatagramServer(*entry) ? tr("Peers") : tr("Clients"));
    m_segments->setShown(LoopsPage, hasLoops(*entry));
    m_segments->setShown(RoomsPage, entry->isChat());
    const int page = m_segments->current();
    if ((page == LoopsPage && !hasLoops(*entry)) || (page == RoomsPage && !entry->isChat()))
        m_segments->setCurrent(ClientsPage);
    showWhatIsMissing(*entry);
    showTitleButtons();
    showChat();
}

void ServerPanel::showTitleButtons() {
    const ServerEntry* entry = server();
    const int page = m_segments->current();
    const bool isChat = entry && entry->isChat();
    m_sendToAll->setVisible(page == ClientsPage && !isChat);
    m_announce->setVisible((page == ClientsPage || page == RoomsPage) && isChat);
    if (isChat)
        m_sendRow->hide();
    if (!m_announce->isVisibleTo(this))
        m_chatRow->hide();
    fitTitle();
}

void ServerPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_servers.watchChat(m_key);
}

void ServerPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_servers.watchChat(0);
}

void ServerPanel::showWhatIsMissing(const ServerEntry& entry) {
    const bool isRunning = entry.status == ServerStatus::Running;
    const QString notRunning = tr("The server is not running.");
    QString nobody = notRunning;
    if (isRunning && isDatagramServer(entry))
        nobody = tr("No datagram has come yet.");
    else if (isRunning)
        nobody = tr("Nobody is connected yet. Whoever connects to %1 is listed here.")
                     .arg(entry.addressText());
    m_clients->setEmptyText(nobody);
    m_loops->setEmptyText(isRunning ? tr("The loops have not woken up yet.") : notRunning);
    const bool isAlone = entry.clients->rowCount() == 0;
    const QString reason = !isAlone    ? QString()
                           : isRunning ? tr("Nobody is connected.")
                                       : notRunning;
    m_sendToAll->setEnabled(reason.isEmpty());
    m_sendToAll->setToolTip(reason.isEmpty()
                                ? tr("Sends a message to each client")
                                : QStringLiteral("%1. %2").arg(m_sendToAll->text(), reason));
    m_sendRow->setReasonAgainst(reason);
}

void ServerPanel::showPage(int page) {
    m_banned->hide();
    m_pages->setCurrentIndex(page);
    showTitleButtons();
}

/// The button's word is given up last: first the room beside the segments' words, then its icon.
/// Where there is no room for the word either it stands in the tooltip.
void ServerPanel::fitTitle() {
    QToolButton* const button = m_announce->isHidden() ? m_sendToAll : m_announce;
    for (const auto& [isTight, style] :
         {std::pair(false, Qt::ToolButtonTextBesideIcon),
          std::pair(true, Qt::ToolButtonTextBesideIcon), std::pair(true, Qt::ToolButtonTextOnly),
          std::pair(false, Qt::ToolButtonIconOnly)}) {
        m_segments->setTight(isTight);
        button->setToolButtonStyle(style);
        const int needed = m_segments->sizeHint().width() + button->sizeHint().width() + 20;
        if (button->isHidden() || needed <= width())
            return;
    }
}

void ServerPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitTitle();
}

void ServerPanel::sendToAll(const std::vector<std::byte>& content) {
    const ServerEntry* entry = server();
    if (!entry)
        return;
    const int count = m_servers.sendToAll(m_key, content);
    m_sendRow->showSent(count, isDatagramServer(*entry), content.size());
}

} // namespace sscope
