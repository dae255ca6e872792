#include "ui/main_window/table_links.h"

#include "ui/clients/client_tabs.h"
#include "ui/common/formats.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/connections_model.h"
#include "ui/servers/server_list_model.h"
#include "ui/servers/servers_dock.h"

namespace sscope {

TableLinks::TableLinks(ConnectionsDock& connections, ClientTabs& tabs, ServerListModel& servers,
                       ServersDock& serversDock, QObject* parent)
    : QObject(parent),
      m_connections(connections),
      m_tabs(tabs),
      m_servers(servers),
      m_serversDock(serversDock) {
    connections.model().setLinkSource([this](const SocketRow& row) { return linkFor(row); });
    connect(&connections.view(), &ConnectionsView::linkActivated, this, &TableLinks::follow);
    connect(&connections, &ConnectionsDock::tableRead, this, &TableLinks::showKernelStates);
    connect(&connections, &ConnectionsDock::tableRead, this, &TableLinks::showAcceptQueues);
}

RowLink TableLinks::linkFor(const SocketRow& row) const {
    const QString prefix =
        QStringLiteral("%1://").arg(QString::fromLatin1(protocolText(row.protocol)));
    const RowLink tab = row.hasPeer() ? tabFor(row, prefix) : RowLink();
    return tab.kind == RowLink::Kind::None ? serverFor(row, prefix) : tab;
}

RowLink TableLinks::tabFor(const SocketRow& row, const QString& prefix) const {
    const QString local = prefix + toQString(row.localText());
    const QString remote = prefix + toQString(row.remoteText());
    for (const TabPage* page : m_tabs.tabs()) {
        const Conversation* client = page->client();
        if (client && client->local() == local && client->remote() == remote)
            return {RowLink::Kind::Tab, tr("tab %1").arg(page->title()), 0, client->connection()};
    }
    return {};
}

RowLink TableLinks::serverFor(const SocketRow& row, const QString& prefix) const {
    const QString local = toQString(row.localText());
    const QString remote = toQString(row.remoteText());
    for (int i = 0; i < m_servers.rowCount(); ++i) {
        const ServerEntry& server = m_servers.at(i);
        const QString name = toQString(server.config.service);
        for (const QString& endpoint : server.endpoints) {
            const QString port = endpoint.mid(endpoint.lastIndexOf(QLatin1Char(':')));
            const bool isSameKind = endpoint.startsWith(prefix);
            if (isSameKind && local.endsWith(port) && m_connections.model().isOurs(row))
                return {RowLink::Kind::Server, tr("server %1").arg(name), server.key, {}};
            if (isSameKind && endpoint == prefix + remote)
                return {
                    RowLink::Kind::ClientOfServer, tr("client of %1").arg(name), server.key, {}};
        }
    }
    return {};
}

void TableLinks::follow(const RowLink& link) {
    if (link.kind != RowLink::Kind::Tab)
        m_serversDock.selectServer(link.serverKey);
    else if (TabPage* page = m_tabs.clientTab(link.connection))
        m_tabs.show(page);
}

void TableLinks::showKernelStates() {
    for (ConversationPage* page : m_tabs.pages()) {
        if (page->isWatched())
            continue;
        const Conversation& conversation = page->conversation();
        const bool isUp = conversation.state() == LinkState::Open ||
                          conversation.state() == LinkState::HalfClosed;
        const auto state =
            isUp && conversation.peer() == 0
                ? m_connections.model().stateOf(conversation.local(), conversation.remote())
                : std::nullopt;
        page->setKernelState(state ? QString::fromLatin1(stateText(*state)) : QString());
    }
}

void TableLinks::showAcceptQueues() {
    for (int row = 0; row < m_servers.rowCount(); ++row) {
        const ServerEntry& server = m_servers.at(row);
        AcceptQueue fullest;
        for (const QString& endpoint : server.endpoints) {
            // Of a socket that listens the kernel calls what waits Recv-Q and the backlog Send-Q.
            const SocketRow* listener = m_connections.model().listenerAt(endpoint);
            if (listener && listener->receiveQueue > fullest.waiting)
                fullest = {listener->receiveQueue, listener->sendQueue};
        }
        m_servers.setAcceptQueue(server.key, fullest);
    }
}

} // namespace sscope
