#include "ui/main_window/try_it.h"

#include "ui/clients/client_tabs.h"
#include "ui/servers/server_list_model.h"
#include "ui/servers/servers_dock.h"

namespace sscope {

namespace {

constexpr std::uint16_t usualPort = 65432;
constexpr int keyToCome = -1; // it may start, or fail, before its key is known

std::vector<std::byte> bytesOfText(std::string_view text) {
    const auto view = std::as_bytes(std::span(text));
    return {view.begin(), view.end()};
}

} // namespace

TryIt::TryIt(ServerListModel& servers, ServersDock& serversDock, ClientTabs& tabs, QObject* parent)
    : QObject(parent), m_servers(servers), m_serversDock(serversDock), m_tabs(tabs) {
    connect(&servers, &ServerListModel::started, this, &TryIt::serverStarted);
    connect(&servers, &ServerListModel::failed, this, &TryIt::serverFailed);
}

void TryIt::start() {
    ServerConfig config;
    config.listen = {{.host = "127.0.0.1", .port = usualPort}};
    // One of an earlier time is as good.
    m_key = m_servers.stoppedWith(config);
    if (m_key != 0) {
        m_servers.start(m_key);
        return;
    }
    m_key = keyToCome;
    const int key = m_servers.add(config);
    if (m_key == keyToCome)
        m_key = key;
}

void TryIt::serverStarted(int key) {
    if (key != m_key)
        return;
    m_key = 0;
    const ServerEntry& server = m_servers.at(m_servers.rowOfKey(key));
    const auto endpoint = parseEndpoint(server.endpoints.front().toStdString());
    if (!endpoint)
        return;
    m_serversDock.selectServer(key);
    ConversationPage* page = m_tabs.openClient({.endpoint = *endpoint},
                                               {{.content = bytesOfText("Hello, world\n")}}, false);
    page->setMessageText(QStringLiteral("Hello, world"));
}

void TryIt::serverFailed(int key) {
    if (key != m_key)
        return;
    const ServerEntry& server = m_servers.at(m_servers.rowOfKey(key));
    const bool isTaken = server.config.listen.front().port == usualPort &&
                         (server.error.hint.kind == Hint::Kind::PortHeld ||
                          server.error.hint.kind == Hint::Kind::PortTaken);
    if (!isTaken) {
        m_key = 0;
        return;
    }
    ServerConfig config = server.config;
    config.listen.front().port = 0;
    // Not from within the model's own signal.
    QMetaObject::invokeMethod(
        this, [this, key, config] { m_servers.start(key, config); }, Qt::QueuedConnection);
}

} // namespace sscope
