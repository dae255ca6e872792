#include "ui/clients/client_tabs.h"

#include <algorithm>

#include <QApplication>
#include <QMenu>
#include <QTimer>
#include <QVBoxLayout>

#include "core/service/services.h"
#include "ui/chat/chat_page.h"
#include "ui/clients/accepted_conversation.h"
#include "ui/clients/recent_inputs.h"
#include "ui/clients/welcome_page.h"
#include "ui/common/command_line_reader.h"
#include "ui/common/formats.h"
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

using namespace std::chrono_literals;

// As often as the engine looks (StateWatch).
constexpr auto stateInterval = 250ms;

} // namespace

ClientTabs::ClientTabs(EngineBridge& bridge, ConversationHub& hub, ServerListModel& servers,
                       RecentInputs& inputs, QWidget* parent)
    : QWidget(parent),
      m_bridge(bridge),
      m_hub(hub),
      m_servers(servers),
      m_inputs(inputs),
      m_stack(new QStackedWidget(this)),
      m_welcome(new WelcomePage(this)),
      m_split(new QSplitter(Qt::Horizontal, this)) {
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(1);
    m_stack->addWidget(m_welcome);
    m_stack->addWidget(m_split);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    connect(m_welcome, &WelcomePage::tryItAsked, this, &ClientTabs::tryItAsked);
    connect(m_welcome, &WelcomePage::newClientAsked, this, &ClientTabs::addClient);
    connect(m_welcome, &WelcomePage::exampleAsked, this, &ClientTabs::exampleAsked);
    connect(m_welcome, &WelcomePage::allExamplesAsked, this, &ClientTabs::allExamplesAsked);
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget*, QWidget* now) { followFocus(now); });
    auto* look = new QTimer(this);
    connect(look, &QTimer::timeout, this, [this] {
        for (ConversationPage* page : m_conversations) {
            page->readKernelState();
            if (page->isVisible())
                page->readFigures();
        }
    });
    look->start(stateInterval);
    setCurrentGroup(addGroup(0));
    tabsChanged();
}

ClientTabs::~ClientTabs() {
    disconnect(qApp, nullptr, this, nullptr); // the keyboard leaves the pages as they go
}

TabGroup* ClientTabs::addGroup(int at) {
    auto* group = new TabGroup(m_split);
    m_split->insertWidget(at, group);
    m_groups.insert(m_groups.begin() + at, group);
    connect(group, &TabGroup::chosen, this, [this, group] { setCurrentGroup(group); });
    connect(group, &TabGroup::moved, this, &ClientTabs::tabsChanged);
    connect(group, &TabGroup::closeAsked, this, &ClientTabs::close);
    connect(group, &TabGroup::menuAsked, this, &ClientTabs::showMenu);
    connect(group, &TabGroup::addAsked, this, [this, group] {
        setCurrentGroup(group);
        addClient();
    });
    connect(group, &TabGroup::tabDragged, this,
            [this, group](QPoint global) { showTarget(group, global); });
    connect(group, &TabGroup::tabLetGo, this, [this, group](TabPage* page, QPoint global) {
        showTarget(group, {});
        if (TabGroup* target = groupAt(global); target && target != group)
            moveInto(target, page);
    });
    Q_EMIT groupsChanged();
    return group;
}

ConversationPage* ClientTabs::addClient() {
    auto* page = new ConversationPage(m_bridge, m_hub, m_inputs, this);
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

ChatPage* ClientTabs::makeChat() {
    auto* page = new ChatPage(m_bridge, m_hub, m_inputs, this);
    addPage(page);
    connect(page, &ChatPage::joined, &m_inputs, [this, page] {
        m_inputs.addEndpoint(toQString(page->session().config().client.endpoint.text()));
    });
    return page;
}

ChatPage* ClientTabs::addChat() {
    ChatPage* page = makeChat();
    ChatClientConfig config;
    config.name = m_inputs.chatName().toStdString();
    page->setConfig(config);
    connect(page, &ChatPage::joined, &m_inputs, &RecentInputs::setChatName);
    page->focusFirst();
    return page;
}

ChatPage* ClientTabs::openChat(const ChatTabRequest& request) {
    ChatPage* page = makeChat();
    page->setConfig(request.config);
    page->joinNow();
    for (const std::string& line : request.lines)
        page->type(toQString(line));
    page->focusFirst();
    return page;
}

void ClientTabs::openAccepted(ConnectionId connection, PeerId peer) {
    for (ConversationPage* page : m_conversations) {
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
    auto* page =
        new ConversationPage(conversation, toQString(server.config.service), m_inputs, this);
    addPage(page);
    page->focusMessage();
}

void ClientTabs::addPage(TabPage* page) {
    m_group->add(page);
    tabsChanged();
    connect(page, &TabPage::findMissed, this, &ClientTabs::findMissed);
    connect(page, &TabPage::showPortAsked, this, &ClientTabs::showPortAsked);
    if (auto* conversation = qobject_cast<ConversationPage*>(page))
        connect(&conversation->conversation().model(), &ConversationModel::droppedRowsChanged, this,
                &ClientTabs::countDroppedRows);
}

void ClientTabs::countDroppedRows() {
    quint64 rows = 0;
    for (ConversationPage* page : m_conversations)
        rows += page->conversation().model().droppedRows();
    Q_EMIT droppedRowsChanged(rows);
}

void ClientTabs::close(TabPage* page) {
    TabGroup* group = page ? groupOf(page) : nullptr;
    if (!group)
        return;
    group->remove(page);
    page->hide();
    page->deleteLater();
    removeIfEmpty(group);
    tabsChanged();
    countDroppedRows();
}

void ClientTabs::closeCurrent() {
    close(currentTab());
}

void ClientTabs::select(int index) {
    m_group->select(index);
}

void ClientTabs::show(TabPage* page) {
    if (TabGroup* group = groupOf(page))
        group->show(page);
}

TabPage* ClientTabs::currentTab() const {
    return m_group->current();
}

ConversationPage* ClientTabs::currentPage() const {
    return qobject_cast<ConversationPage*>(currentTab());
}

std::vector<TabPage*> ClientTabs::tabs() const {
    std::vector<TabPage*> all;
    for (const TabGroup* group : m_groups)
        all.insert(all.end(), group->pages().begin(), group->pages().end());
    return all;
}

TabPage* ClientTabs::clientTab(ConnectionId connection) const {
    for (TabPage* page : tabs()) {
        if (page->client() && page->client()->connection() == connection)
            return page;
    }
    return nullptr;
}

TabGroup* ClientTabs::groupOf(const TabPage* page) const {
    const auto it = std::ranges::find_if(
        m_groups, [page](const TabGroup* group) { return group->holds(page); });
    return it == m_groups.end() ? nullptr : *it;
}

TabGroup* ClientTabs::groupAt(QPoint global) const {
    const auto it = std::ranges::find_if(m_groups, [global](const TabGroup* group) {
        return group->rect().contains(group->mapFromGlobal(global));
    });
    return global.isNull() || it == m_groups.end() ? nullptr : *it;
}

void ClientTabs::setCurrentGroup(TabGroup* group) {
    m_group = group;
    for (TabGroup* each : m_groups)
        each->setActive(each == group);
}

void ClientTabs::splitRight(TabPage* page) {
    TabGroup* group = groupOf(page);
    if (!group || group->pages().size() < 2)
        return;
    const auto place = std::ranges::find(m_groups, group) - m_groups.begin();
    const QList<int> widths = m_split->sizes();
    TabGroup* fresh = addGroup(static_cast<int>(place) + 1);
    // Both halves share what the one had.
    QList<int> shared = widths;
    shared[place] = widths[place] / 2;
    shared.insert(place + 1, widths[place] - shared[place]);
    moveInto(fresh, page);
    m_split->setSizes(shared);
}

void ClientTabs::shareWidth() {
    m_split->setSizes(QList<int>(m_split->count(), m_split->width() / m_split->count()));
}

void ClientTabs::moveToOtherSide(TabPage* page) {
    TabGroup* group = groupOf(page);
    if (!group)
        return;
    if (m_groups.size() < 2) {
        splitRight(page);
        return;
    }
    const auto place =
        static_cast<std::size_t>(std::ranges::find(m_groups, group) - m_groups.begin());
    moveInto(m_groups[(place + 1) % m_groups.size()], page);
}

/// The view moves; the connection does not notice.
void ClientTabs::moveInto(TabGroup* target, TabPage* page) {
    TabGroup* from = groupOf(page);
    QWidget* focused = QApplication::focusWidget();
    const bool hadFocus = focused && page->isAncestorOf(focused);
    from->remove(page);
    target->add(page);
    removeIfEmpty(from);
    setCurrentGroup(target);
    tabsChanged();
    if (hadFocus)
        focused->setFocus();
    else
        page->focusFirst();
}

void ClientTabs::removeIfEmpty(TabGroup* group) {
    if (!group->isEmpty() || m_groups.size() < 2)
        return;
    const auto it = std::ranges::find(m_groups, group);
    const auto place = static_cast<std::size_t>(it - m_groups.begin());
    m_groups.erase(it);
    if (m_group == group)
        setCurrentGroup(m_groups[place == 0 ? 0 : place - 1]);
    group->hide();
    group->deleteLater(); // one of its signals may have led here
    Q_EMIT groupsChanged();
}

void ClientTabs::showMenu(TabPage* page, QPoint global) {
    const TabGroup* group = groupOf(page);
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("tabMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool isAlone = group->pages().size() < 2;
    const bool isSplit = m_groups.size() > 1;
    const auto add = [menu](const QString& text, const QString& name, const QKeySequence& key,
                            auto action) {
        QAction* entry = menu->addAction(text, key, menu, action);
        entry->setObjectName(name);
        return entry;
    };
    const QKeySequence none;
    add(tr("Split right"), QStringLiteral("splitRight"), isSplit ? none : moveKey(), [this, page] {
        splitRight(page);
    })->setEnabled(!isAlone);
    add(tr("Move to the other side"), QStringLiteral("moveToOtherSide"), isSplit ? moveKey() : none,
        [this, page] { moveToOtherSide(page); })
        ->setEnabled(isSplit);
    menu->addSeparator();
    add(tr("Close"), QStringLiteral("closeTab"), {Qt::CTRL | Qt::Key_W},
        [this, page] { close(page); });
    add(tr("Close the others"), QStringLiteral("closeOtherTabs"), none, [this, page] {
        const std::vector<TabPage*> all = groupOf(page)->pages();
        for (TabPage* other : all) {
            if (other != page)
                close(other);
        }
    })->setEnabled(!isAlone);
    menu->popup(global);
}

void ClientTabs::showTarget(TabGroup* from, QPoint global) {
    const TabGroup* target = groupAt(global);
    for (TabGroup* group : m_groups)
        group->setTarget(group == target && group != from);
}

void ClientTabs::followFocus(const QWidget* now) {
    for (TabGroup* group : m_groups) {
        if (now && group->isAncestorOf(now))
            setCurrentGroup(group);
    }
}

void ClientTabs::tabsChanged() {
    m_conversations.clear();
    for (TabPage* page : tabs()) {
        if (auto* conversation = qobject_cast<ConversationPage*>(page))
            m_conversations.push_back(conversation);
    }
    m_stack->setCurrentWidget(m_group->isEmpty() ? static_cast<QWidget*>(m_welcome) : m_split);
}

void ClientTabs::setExamples(const std::vector<Example>& examples) {
    m_welcome->setExamples(examples);
}

} // namespace sscope
