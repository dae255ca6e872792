#include "ui/clients/client_tabs.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/service/services.h"
#include "ui/clients/accepted_conversation.h"
#include "ui/clients/welcome_page.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/small_widgets.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_list_model.h"

namespace sscope {

namespace {

/// The framing that was chosen for a server, or its service's own.
Framing framingOf(const ServerConfig& config) {
    const Service* service = findService(config.service);
    const std::string_view own = service ? service->framing : std::string_view("raw");
    const auto framing = Framing::parse(config.framing.empty() ? own : config.framing);
    return framing.value_or(Framing());
}

} // namespace

ClientTabs::ClientTabs(EngineBridge& bridge, ConversationHub& hub, ServerListModel& servers,
                       RecentInputs& inputs, QWidget* parent)
    : QWidget(parent),
      m_bridge(bridge),
      m_hub(hub),
      m_servers(servers),
      m_inputs(inputs),
      m_bar(new QTabBar(this)),
      m_add(makeIconButton(QStringLiteral("plus"),
                           tipWithKey(tr("New client tab"), QKeySequence(Qt::CTRL | Qt::Key_T)),
                           QStringLiteral("addTabButton"), this)),
      m_barRow(new QWidget(this)),
      m_stack(new QStackedWidget(this)),
      m_welcome(new WelcomePage(this)) {
    m_bar->setObjectName(QStringLiteral("clientTabBar"));
    m_bar->setDocumentMode(true);
    m_bar->setExpanding(false);
    m_bar->setElideMode(Qt::ElideRight);
    m_bar->setTabsClosable(true);
    m_bar->setMovable(true);
    m_bar->setDrawBase(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setContextMenuPolicy(Qt::NoContextMenu);
    auto* row = new QHBoxLayout(m_barRow);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(4);
    row->addWidget(m_bar);
    row->addWidget(m_add);
    row->addStretch(1);
    m_stack->addWidget(m_welcome);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_barRow);
    column->addWidget(m_stack, 1);
    connect(m_welcome, &WelcomePage::tryItAsked, this, &ClientTabs::tryItAsked);
    connect(m_welcome, &WelcomePage::newClientAsked, this, &ClientTabs::addClient);
    connect(m_welcome, &WelcomePage::exampleAsked, this, &ClientTabs::exampleAsked);
    connect(m_welcome, &WelcomePage::allExamplesAsked, this, &ClientTabs::allExamplesAsked);
    connect(m_add, &QToolButton::clicked, this, &ClientTabs::addClient);
    connect(m_bar, &QTabBar::currentChanged, this, &ClientTabs::showCurrent);
    connect(m_bar, &QTabBar::tabCloseRequested, this, &ClientTabs::closePage);
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) {
        ConversationPage* page = pageAt(from);
        m_pages.erase(m_pages.begin() + from);
        m_pages.insert(m_pages.begin() + to, page);
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        for (ConversationPage* page : m_pages)
            updateTab(page);
    });
    showCurrent();
}

ConversationPage* ClientTabs::addClient() {
    auto* page = new ConversationPage(m_bridge, m_hub, m_inputs, m_stack);
    addPage(page);
    page->focusEndpoint();
    return page;
}

ConversationPage* ClientTabs::openClient(const ClientConfig& config,
                                         std::vector<OwnedMessage> messages, bool halfClose) {
    ConversationPage* page = addClient();
    page->setClientConfig(config);
    page->sendWhenConnected(std::move(messages), halfClose);
    page->connectNow();
    page->focusMessage();
    return page;
}

void ClientTabs::openAccepted(ConnectionId connection, PeerId peer) {
    for (ConversationPage* page : m_pages) {
        if (page->conversation().connection() == connection &&
            page->conversation().peer() == peer) {
            show(page);
            return;
        }
    }
    const int row = m_servers.rowOfOwner(connection.owner);
    if (row < 0)
        return;
    const ServerEntry& server = m_servers.at(row);
    const ServerClientsModel::Client* client = server.clients->find(connection, peer);
    if (!client)
        return;
    auto* conversation = new AcceptedConversation(m_servers, m_hub, connection, peer, client->local,
                                                  client->endpoint, framingOf(server.config));
    addPage(
        new ConversationPage(conversation, toQString(server.config.service), m_inputs, m_stack));
    currentPage()->focusMessage();
}

void ClientTabs::addPage(ConversationPage* page) {
    m_pages.push_back(page);
    m_stack->addWidget(page);
    // The first tab becomes current, and that is heard, before this returns.
    const int index = m_bar->addTab(page->title());
    connect(page, &ConversationPage::titleChanged, this, [this, page] { updateTab(page); });
    updateTab(page);
    m_bar->setCurrentIndex(index);
    showCurrent();
    connect(&page->conversation().model(), &ConversationModel::droppedRowsChanged, this,
            &ClientTabs::countDroppedRows);
}

void ClientTabs::countDroppedRows() {
    quint64 rows = 0;
    for (ConversationPage* page : m_pages)
        rows += page->conversation().model().droppedRows();
    Q_EMIT droppedRowsChanged(rows);
}

void ClientTabs::closePage(int index) {
    ConversationPage* page = pageAt(index);
    if (!page)
        return;
    m_pages.erase(m_pages.begin() + index);
    m_bar->removeTab(index);
    m_stack->removeWidget(page);
    page->deleteLater();
    showCurrent();
    countDroppedRows();
}

void ClientTabs::closeCurrent() {
    closePage(m_bar->currentIndex());
}

void ClientTabs::close(ConversationPage* page) {
    const auto it = std::ranges::find(m_pages, page);
    if (it != m_pages.end())
        closePage(static_cast<int>(it - m_pages.begin()));
}

void ClientTabs::setExamples(const std::vector<Example>& examples) {
    m_welcome->setExamples(examples);
}

void ClientTabs::select(int index) {
    if (index >= 0 && index < m_bar->count())
        m_bar->setCurrentIndex(index);
}

void ClientTabs::show(ConversationPage* page) {
    const auto it = std::ranges::find(m_pages, page);
    if (it != m_pages.end())
        select(static_cast<int>(it - m_pages.begin()));
}

ConversationPage* ClientTabs::pageAt(int index) const {
    const bool isThere = index >= 0 && static_cast<std::size_t>(index) < m_pages.size();
    return isThere ? m_pages[static_cast<std::size_t>(index)] : nullptr;
}

ConversationPage* ClientTabs::currentPage() const {
    return pageAt(m_bar->currentIndex());
}

ConversationPage* ClientTabs::pageOf(ConnectionId connection) const {
    for (ConversationPage* page : m_pages) {
        if (page->conversation().connection() == connection)
            return page;
    }
    return nullptr;
}

void ClientTabs::showCurrent() {
    ConversationPage* page = currentPage();
    m_barRow->setVisible(page != nullptr);
    m_stack->setCurrentWidget(page ? static_cast<QWidget*>(page) : m_welcome);
}

void ClientTabs::updateTab(ConversationPage* page) {
    const auto it = std::ranges::find(m_pages, page);
    if (it == m_pages.end())
        return;
    const int index = static_cast<int>(it - m_pages.begin());
    const LinkState state = page->conversation().state();
    const bool isUp = state == LinkState::Open || state == LinkState::HalfClosed;
    const QString word = isUp ? tr("open") : tr("closed");
    m_bar->setTabText(index, page->title());
    m_bar->setTabIcon(index, dotPixmap(themeColor(isUp ? ColorToken::Success : ColorToken::Muted),
                                       isUp, 14, devicePixelRatioF()));
    m_bar->setTabToolTip(index, plainTip(tr("%1, %2").arg(page->title(), word)));
}

void ClientTabs::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    // The line under the tabs goes on to the right of them.
    const int bottom = m_barRow->geometry().bottom();
    if (m_barRow->isVisible())
        painter.fillRect(QRect(0, bottom, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
