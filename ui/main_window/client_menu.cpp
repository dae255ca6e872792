#include "ui/main_window/client_menu.h"

#include "ui/chat/chat_page.h"
#include "ui/clients/client_tabs.h"
#include "ui/clients/crowd_form.h"
#include "ui/clients/crowd_page.h"
#include "ui/clients/recent_inputs.h"
#include "ui/common/icons.h"
#include "ui/load/load_page.h"
#include "ui/load/race_page.h"
#include "ui/main_window/chat_invitation.h"
#include "ui/servers/server_list_model.h"

namespace sscope {

ClientMenu::ClientMenu(ClientTabs& tabs, ServerListModel& servers, RecentInputs& inputs,
                       QWidget* parent)
    : QMenu(parent), m_tabs(tabs), m_servers(servers), m_inputs(inputs) {
    setObjectName(QStringLiteral("clientMenu"));
    QAction* client = addAction(lineIcon(QStringLiteral("plus")), tr("New client tab"), &m_tabs,
                                &ClientTabs::addClient);
    // Shown only: the toolbar's button has the key.
    client->setText(client->text() + QStringLiteral("\tCtrl+T"));
    QAction* chat = addAction(lineIcon(QStringLiteral("message")), tr("Join a chat"), this,
                              &ClientMenu::openChat);
    chat->setObjectName(QStringLiteral("newChatAction"));
    chat->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J));
    addSeparator();
    QAction* crowd = addAction(lineIcon(QStringLiteral("fork")), tr("Many connections"), this,
                               &ClientMenu::openCrowd);
    crowd->setObjectName(QStringLiteral("newCrowdAction"));
    crowd->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M));
    QAction* load =
        addAction(lineIcon(QStringLiteral("load")), tr("Load"), this, &ClientMenu::openLoad);
    load->setObjectName(QStringLiteral("newLoadAction"));
    load->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L));
    QAction* race =
        addAction(lineIcon(QStringLiteral("race")), tr("Model race"), this, &ClientMenu::openRace);
    race->setObjectName(QStringLiteral("newRaceAction"));
    race->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
}

void ClientMenu::openChat() {
    ChatPage* page = m_tabs.addChat();
    for (int row = 0; row < m_servers.rowCount(); ++row) {
        const ServerEntry& server = m_servers.at(row);
        const auto config =
            server.canBeJoined() ? invitationTo(server, m_inputs.chatName()) : std::nullopt;
        if (config)
            page->setConfig(*config);
    }
    page->focusFirst();
}

CrowdPage* ClientMenu::openCrowd() {
    auto* page = new CrowdPage(&m_tabs);
    for (int row = 0; row < m_servers.rowCount(); ++row) {
        const auto endpoint = parseEndpoint(m_servers.at(row).endpoints.value(0).toStdString());
        if (endpoint)
            page->form().setEndpoint(*endpoint);
    }
    m_tabs.addPage(page);
    page->focusFirst();
    return page;
}

void ClientMenu::openLoad() {
    auto* page = new LoadPage(&m_tabs);
    QStringList endpoints;
    for (int row = 0; row < m_servers.rowCount(); ++row)
        endpoints.append(m_servers.at(row).endpoints);
    page->setEndpoints(endpoints);
    if (!endpoints.isEmpty()) {
        if (const auto endpoint = parseEndpoint(endpoints.front().toStdString()))
            page->setConfig({.endpoint = *endpoint});
    }
    m_tabs.addPage(page);
    page->focusFirst();
}

RacePage* ClientMenu::openRace() {
    auto* page = new RacePage(&m_tabs);
    m_tabs.addPage(page);
    page->focusFirst();
    return page;
}

void ClientMenu::startExample(const QString& name) {
    if (name == QLatin1String("race"))
        openRace()->start();
}

} // namespace sscope
