#pragma once

#include <string>
#include <vector>

#include <QObject>
#include <QPointer>

#include "ui/common/command_line_reader.h"
#include "ui/common/examples.h"

namespace sscope {

class ClientTabs;
class ConversationPage;
class ServerListModel;
struct ServerEntry;

/// One start of an example: its servers, one after another, then its clients. The example runner
/// owns it; on the GUI thread.
class ExampleRun : public QObject {
    Q_OBJECT

public:
    ExampleRun(const Example& example, const CommandLineReader& reader, ServerListModel& servers,
               ClientTabs& tabs, QObject* parent);

    void start();
    /// Removes its servers, which stops them, and closes its tabs.
    void stop();
    /// Goes as soon as nothing is left to start.
    void deleteWhenDone();

    [[nodiscard]] const Example& example() const { return m_example; }
    /// Where its servers listen, in their order; those that have started.
    [[nodiscard]] const std::vector<std::string>& endpoints() const { return m_endpoints; }
    [[nodiscard]] bool hasServers() const { return !m_keys.empty(); }

Q_SIGNALS:
    void serversStarted(int firstKey);
    /// Nothing more is started; what runs goes on.
    void failed(const QString& reason);
    void done();

private:
    void startNextServer();
    void takeServer();
    void retryServer(const ServerEntry& server);
    void openNextClient();
    void takeClient();
    void finish();
    static QString notUnderstood(const std::string& text);
    void fail(const QString& reason);

    const Example m_example;
    const CommandLineReader m_reader;
    ServerListModel& m_servers;
    ClientTabs& m_tabs;
    std::vector<int> m_keys;
    std::vector<std::string> m_endpoints;
    std::vector<QPointer<ConversationPage>> m_pages; // a person may close one
    ServerConfig m_wanted;                           // of the server that is starting
    int m_awaitedKey = 0;
    int m_attempts = 0;
    bool m_awaitsClient = false;
    bool m_isDone = false;
};

} // namespace sscope
