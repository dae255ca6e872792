#include "app/tab_opener.h"

#include <utility>

#include <QTimer>

#include "ui/main_window/main_window.h"
#include "ui/servers/server_list_model.h"

namespace sscope {

TabOpener::TabOpener(MainWindow& window, std::vector<ClientRequest> clients,
                     std::vector<ChatTabRequest> chats)
    : QObject(&window),
      m_window(window),
      m_clients(std::move(clients)),
      m_chats(std::move(chats)) {}

void TabOpener::begin() {
    connect(&m_window.servers(), &ServerListModel::summaryChanged, this, &TabOpener::openWhenServed,
            Qt::QueuedConnection);
    openWhenServed();
}

void TabOpener::openWhenServed() {
    const bool isStarting = m_window.servers().count(ServerStatus::Starting) > 0;
    if (!isStarting && !std::exchange(m_hasBegun, true))
        openNext();
}

void TabOpener::openNext() {
    const std::size_t next = m_next++;
    if (next < m_clients.size()) {
        ClientRequest& client = m_clients[next];
        m_window.connectClient(client.config, std::move(client.messages), client.halfClose);
    } else if (next - m_clients.size() < m_chats.size()) {
        m_window.joinChat(m_chats[next - m_clients.size()]);
    } else {
        deleteLater();
        return;
    }
    QTimer::singleShot(0, this, &TabOpener::openNext);
}

} // namespace sscope
