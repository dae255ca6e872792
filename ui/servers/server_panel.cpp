#include "ui/servers/server_panel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/server/execution_models.h"
#include "ui/common/icons.h"
#include "ui/common/segments.h"
#include "ui/servers/send_to_all_row.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_clients_view.h"
#include "ui/servers/server_list_model.h"
#include "ui/servers/server_log_model.h"
#include "ui/servers/server_log_view.h"
#include "ui/servers/server_loops_model.h"
#include "ui/servers/server_loops_view.h"

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

} // namespace

ServerPanel::ServerPanel(ServerListModel& servers, RecentInputs& inputs, QWidget* parent)
    : QWidget(parent),
      m_servers(servers),
      m_segments(new Segments(tr("What to see of the server"), this)),
      m_sendToAll(new QToolButton(this)),
      m_pages(new QStackedWidget(this)),
      m_sendRow(new SendToAllRow(inputs, this)),
      m_clients(new ServerClientsView(this)),
      m_loops(new ServerLoopsView(this)),
      m_log(new ServerLogPage(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTitle());
    column->addWidget(m_pages, 1);
    m_pages->addWidget(buildClientsPage());
    m_pages->addWidget(m_loops);
    m_pages->addWidget(m_log);
    connect(m_segments, &Segments::currentChanged, this, &ServerPanel::showPage);
    connect(m_sendToAll, &QToolButton::clicked, m_sendRow, &SendToAllRow::open);
    connect(m_sendRow, &SendToAllRow::sendAsked, this, &ServerPanel::sendToAll);
    connect(m_clients, &ServerClientsView::openAsked, this, &ServerPanel::conversationAsked);
    connect(m_clients, &ServerClientsView::closeAsked, &servers, &ServerListModel::closeConnection);
}

QWidget* ServerPanel::buildTitle() {
    auto* title = new QWidget(this);
    title->setFixedHeight(titleHeight);
    m_segments->add(ClientsPage, tr("Clients"), tr("Who is connected"),
                    QStringLiteral("clientsSegment"));
    m_segments->add(LoopsPage, tr("Loops"), tr("What the multiplexer waits for, and gets"),
                    QStringLiteral("loopsSegment"));
    m_segments->add(LogPage, tr("Log"), tr("What has happened to the server"),
                    QStringLiteral("logSegment"));
    m_sendToAll->setObjectName(QStringLiteral("sendToAll"));
    m_sendToAll->setIcon(lineIcon(QStringLiteral("send")));
    m_sendToAll->setIconSize({16, 16});
    m_sendToAll->setText(tr("Send to all"));
    m_sendToAll->setAccessibleName(m_sendToAll->text());
    m_sendToAll->setAutoRaise(true);
    m_sendToAll->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(title);
    row->setContentsMargins(12, 0, 4, 0);
    row->setSpacing(4);
    row->addWidget(m_segments);
    row->addStretch(1);
    row->addWidget(m_sendToAll);
    return title;
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
    if (key != m_key)
        m_sendRow->hide();
    m_key = key;
    const ServerEntry* entry = server();
    setVisible(entry);
    m_clients->setClients(entry ? entry->clients.get() : nullptr,
                          entry && isDatagramServer(*entry));
    m_loops->setLoops(entry ? entry->loops.get() : nullptr);
    m_log->setLog(entry ? entry->log.get() : nullptr);
    refresh();
}

void ServerPanel::refresh() {
    const ServerEntry* entry = server();
    if (!entry)
        return;
    m_segments->setText(ClientsPage, isDatagramServer(*entry) ? tr("Peers") : tr("Clients"));
    m_segments->setShown(LoopsPage, hasLoops(*entry));
    if (m_segments->current() == LoopsPage && !hasLoops(*entry))
        m_segments->setCurrent(ClientsPage);
    showWhatIsMissing(*entry);
    fitTitle();
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
    m_pages->setCurrentIndex(page);
    m_sendToAll->setVisible(page == ClientsPage);
}

/// Where there is no room for its words the button keeps its icon, and says them in its tooltip.
void ServerPanel::fitTitle() {
    m_sendToAll->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const int needed = m_segments->sizeHint().width() + m_sendToAll->sizeHint().width() + 20;
    if (needed > width())
        m_sendToAll->setToolButtonStyle(Qt::ToolButtonIconOnly);
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
