#include "ui/main_window/example_run.h"

#include <algorithm>
#include <cerrno>

#include <QStandardPaths>

#include "ui/chat/chat_page.h"
#include "ui/clients/client_tabs.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/main_window/example_program.h"
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
        openNextTab();
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

std::size_t ExampleRun::tabCount() const {
    return m_example.clients.size() + m_example.chats.size();
}

void ExampleRun::openNextTab() {
    const std::size_t next = m_pages.size();
    if (next == tabCount()) {
        startPrograms();
        return;
    }
    const std::size_t clients = m_example.clients.size();
    if (next < clients)
        openClient(m_example.clients[next]);
    else
        openChat(m_example.chats[next - clients]);
}

void ExampleRun::openClient(const std::string& text) {
    auto request = m_reader.client ? m_reader.client(clientWords(text, m_endpoints)) : std::nullopt;
    if (!request) {
        fail(notUnderstood(text));
        return;
    }
    if (m_example.receiveSize > 0)
        request->config.receiveSize = static_cast<std::size_t>(m_example.receiveSize);
    ConversationPage* page =
        m_tabs.openClient(request->config, std::move(request->messages), request->halfClose);
    connect(&page->conversation(), &Conversation::stateChanged, this, &ExampleRun::takeTab,
            Qt::QueuedConnection);
    awaitTab(page);
}

void ExampleRun::openChat(const std::string& text) {
    const auto request =
        m_reader.chat ? m_reader.chat(clientWords(text, m_endpoints)) : std::nullopt;
    if (!request) {
        fail(notUnderstood(text));
        return;
    }
    ChatPage* page = m_tabs.openChat(*request);
    connect(&page->session(), &ChatSession::stateChanged, this, &ExampleRun::takeTab,
            Qt::QueuedConnection);
    awaitTab(page);
}

void ExampleRun::awaitTab(TabPage* page) {
    if (m_example.sideBySide && !m_pages.empty()) {
        m_tabs.splitRight(page);
        m_tabs.shareWidth();
    }
    m_pages.emplace_back(page);
    m_awaitsTab = true;
    connect(page, &QObject::destroyed, this, &ExampleRun::takeTab, Qt::QueuedConnection);
    QMetaObject::invokeMethod(this, &ExampleRun::takeTab, Qt::QueuedConnection);
}

/// Each begins once the one before it is connected, or refused: their order is certain.
void ExampleRun::takeTab() {
    if (!m_awaitsTab)
        return;
    TabPage* page = m_pages.back();
    if (const auto* client = qobject_cast<ConversationPage*>(page);
        client && client->conversation().state() == LinkState::Connecting)
        return;
    if (auto* chat = qobject_cast<ChatPage*>(page);
        chat && chat->session().state() == ChatSession::State::Connecting)
        return;
    m_awaitsTab = false;
    openNextTab();
}

void ExampleRun::startPrograms() {
    for (const Example::Program& each : m_example.programs) {
        auto* program =
            new ExampleProgram(clientWords(each.command, m_endpoints), each.lines, this);
        connect(program, &ExampleProgram::failed, this, &ExampleRun::programFailed);
        m_programs.push_back(program);
        program->start();
    }
    if (!m_programs.empty())
        Q_EMIT programsStarted();
    finish();
}

QStringList ExampleRun::programCommands() const {
    QStringList commands;
    for (const ExampleProgram* program : m_programs)
        commands.append(program->command());
    return commands;
}

void ExampleRun::finish() {
    m_isDone = true;
    // The first tab is what the explanation begins with.
    if (!m_pages.empty() && m_pages.front()) {
        m_tabs.show(m_pages.front());
        m_pages.front()->focusFirst();
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
    m_awaitsTab = false;
    qDeleteAll(m_programs);
    m_programs.clear();
    for (const QPointer<TabPage>& page : m_pages) {
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
