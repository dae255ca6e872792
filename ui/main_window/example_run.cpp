#include "ui/main_window/example_run.h"

#include <cerrno>

#include <QStandardPaths>

#include "ui/clients/client_tabs.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/servers/server_list_model.h"

namespace sscope {

namespace {

// Names of Unix sockets that are tried; ports need one more attempt only.
constexpr int mostAttempts = 9;

bool isTaken(const Error& error) {
    return error.isErrno(EADDRINUSE) || error.is(Fault::PathInUse);
}

/// The same server on free ports, and with its Unix sockets under another name.
ServerConfig elsewhere(ServerConfig config, int attempt) {
    for (Endpoint& endpoint : config.listen) {
        if (isUnix(endpoint.transport))
            endpoint.path.append(1, '-').append(std::to_string(attempt));
        else
            endpoint.port = 0;
    }
    return config;
}

std::string runtimeFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation).toStdString();
}

} // namespace

ExampleRun::ExampleRun(const Example& example, const CommandLineReader& reader,
                       ServerListModel& servers, ClientTabs& tabs, QObject* parent)
    : QObject(parent), m_example(example), m_reader(reader), m_servers(servers), m_tabs(tabs) {
    // Not from within the model's own signal: what is heard here starts the next server.
    connect(&servers, &ServerListModel::summaryChanged, this, &ExampleRun::takeServer,
            Qt::QueuedConnection);
}

void ExampleRun::start() {
    startNextServer();
}

void ExampleRun::startNextServer() {
    if (m_keys.size() == m_example.servers.size()) {
        Q_EMIT serversStarted(m_keys.front());
        openNextClient();
        return;
    }
    const std::string& text = m_example.servers[m_keys.size()];
    auto config =
        m_reader.server ? m_reader.server(serverWords(text, runtimeFolder())) : std::nullopt;
    if (!config) {
        fail(notUnderstood(text));
        return;
    }
    m_wanted = std::move(*config);
    m_attempts = 1;
    m_awaitedKey = m_servers.add(m_wanted, ServerListModel::Origin::Elsewhere);
    m_keys.push_back(m_awaitedKey);
}

void ExampleRun::takeServer() {
    if (m_awaitedKey == 0)
        return;
    const int row = m_servers.rowOfKey(m_awaitedKey);
    const ServerStatus status = row < 0 ? ServerStatus::Stopped : m_servers.at(row).status;
    if (status == ServerStatus::Starting)
        return;
    if (status == ServerStatus::Failed) {
        retryServer(m_servers.at(row));
        return;
    }
    m_awaitedKey = 0;
    if (status != ServerStatus::Running) {
        finish(); // a person has stopped it
        return;
    }
    m_endpoints.push_back(m_servers.at(row).endpoints.constFirst().toStdString());
    startNextServer();
}

void ExampleRun::retryServer(const ServerEntry& server) {
    if (isTaken(server.error) && m_attempts < mostAttempts) {
        m_servers.start(server.key, elsewhere(m_wanted, ++m_attempts));
        return;
    }
    m_awaitedKey = 0;
    fail(errorWords(server.error));
}

void ExampleRun::openNextClient() {
    if (m_pages.size() == m_example.clients.size()) {
        finish();
        return;
    }
    const std::string& text = m_example.clients[m_pages.size()];
    auto request = m_reader.client ? m_reader.client(clientWords(text, m_endpoints)) : std::nullopt;
    if (!request) {
        fail(notUnderstood(text));
        return;
    }
    if (m_example.receiveSize > 0)
        request->config.receiveSize = static_cast<std::size_t>(m_example.receiveSize);
    ConversationPage* page =
        m_tabs.openClient(request->config, std::move(request->messages), request->halfClose);
    m_pages.emplace_back(page);
    m_awaitsClient = true;
    connect(&page->conversation(), &Conversation::stateChanged, this, &ExampleRun::takeClient,
            Qt::QueuedConnection);
    connect(page, &QObject::destroyed, this, &ExampleRun::takeClient, Qt::QueuedConnection);
    QMetaObject::invokeMethod(this, &ExampleRun::takeClient, Qt::QueuedConnection);
}

void ExampleRun::takeClient() {
    if (!m_awaitsClient)
        return;
    const ConversationPage* page = m_pages.back();
    if (page && page->conversation().state() == LinkState::Connecting)
        return;
    m_awaitsClient = false;
    openNextClient();
}

void ExampleRun::finish() {
    m_isDone = true;
    // The first tab is what the explanation begins with.
    if (!m_pages.empty() && m_pages.front()) {
        m_tabs.show(m_pages.front());
        m_pages.front()->focusMessage();
    }
    Q_EMIT done();
}

QString ExampleRun::notUnderstood(const std::string& text) {
    return tr("“%1” is not understood, so nothing more is started.").arg(toQString(text));
}

void ExampleRun::fail(const QString& reason) {
    m_isDone = true;
    Q_EMIT failed(reason);
    Q_EMIT done();
}

void ExampleRun::stop() {
    m_awaitedKey = 0;
    m_awaitsClient = false;
    for (const QPointer<ConversationPage>& page : m_pages) {
        if (page)
            m_tabs.close(page);
    }
    for (const int key : m_keys)
        m_servers.remove(key);
    m_isDone = true;
}

void ExampleRun::deleteWhenDone() {
    if (m_isDone)
        deleteLater();
    else
        connect(this, &ExampleRun::done, this, &QObject::deleteLater);
}

} // namespace sscope
