#pragma once

#include <string>
#include <vector>

#include <QObject>
#include <QPointer>
#include <QStringList>

#include "ui/common/command_line_reader.h"
#include "ui/common/examples.h"

namespace sscope {

class ClientTabs;
class ExampleProgram;
class ServerListModel;
class TabPage;
struct ServerEntry;

/// One start of an example: its servers, one after another, then its tabs, then the programs of
/// others. The example runner owns it; on the GUI thread.
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
    /// What a person can type in a terminal to take part too.
    [[nodiscard]] QStringList programCommands() const;
    [[nodiscard]] bool hasServers() const { return !m_keys.empty(); }

Q_SIGNALS:
    void serversStarted(int firstKey);
    void programsStarted();
    /// All else runs.
    void programFailed(const QString& reason);
    /// Nothing more is started; what runs goes on.
    void failed(const QString& reason);
    void done();

private:
    void startNextServer();
    void takeServer();
    void retryServer(const ServerEntry& server);
    void openNextTab();
    void openClient(const std::string& text);
    void openChat(const std::string& text);
    void awaitTab(TabPage* page);
    void takeTab();
    [[nodiscard]] std::size_t tabCount() const;
    void startPrograms();
    void finish();
    static QString notUnderstood(const std::string& text);
    void fail(const QString& reason);

    const Example m_example;
    const CommandLineReader m_reader;
    ServerListModel& m_servers;
    ClientTabs& m_tabs;
    std::vector<int> m_keys;
    std::vector<std::string> m_endpoints;
    std::vector<QPointer<TabPage>> m_pages; // a person may close one
    std::vector<ExampleProgram*> m_programs;
    ServerConfig m_wanted; // of the server that is starting
    int m_awaitedKey = 0;
    int m_attempts = 0;
    bool m_awaitsTab = false;
    bool m_isDone = false;
};

} // namespace sscope
