#pragma once

#include <vector>

#include <QMainWindow>
#include <QPointer>

#include "core/client/client_session.h"
#include "core/server/server_config.h"

namespace sscope {

class ClientMenu;
class ClientTabs;
class ConnectionsDock;
class ConversationHub;
class ConversationPage;
class EngineBridge;
class ExampleRunner;
class FindField;
class HelpPanel;
class InlineMessage;
class InspectorDock;
class RecentInputs;
class SavedServers;
class ServerListModel;
class ServersDock;
class Settings;
class StatusBar;
class TableLinks;
class Toolbar;
struct ChatTabRequest;
struct CommandLineReader;

/// The window: docks, tabs, toolbar, and what connects them.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(EngineBridge& bridge, Settings& settings);
    ~MainWindow() override;

    ServerListModel& servers() { return *m_servers; }
    ClientTabs& tabs() { return *m_tabs; }
    ConnectionsDock& connections() { return *m_connections; }
    InspectorDock& inspector() { return *m_inspector; }

    /// What the command lines of the examples are read with, and of the servers of the last time,
    /// which come back.
    void setCommandLineReader(const CommandLineReader& reader);
    ExampleRunner& examples() { return *m_examples; }

    /// Starts a server, as the command line asked.
    void serve(const ServerConfig& config);
    /// Opens a client tab, connects it, sends the messages, and then, if asked, ends its direction.
    void connectClient(const ClientConfig& config, std::vector<OwnedMessage> messages,
                       bool halfClose = false);
    /// Joins a chat in a tab, as the command line asked.
    void joinChat(const ChatTabRequest& request);
    void showNotice(const QString& text);
    /// As close(), but whoever is connected is not asked for.
    void closeWithoutAsking();

Q_SIGNALS:
    /// The window is closed and all servers have stopped.
    void finished();

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildToolbar();
    void buildDocks();
    void buildInspector();
    void giveRoomToGroups();
    void buildShortcuts();
    void buildMenu();
    void restoreWindow();
    void saveWindow();
    void find(bool backwards);
    void joinChatOf(int serverKey);
    [[nodiscard]] int connectionsOfOthers() const;
    void askBeforeClosing(int connections);
    void beginClosing();

    EngineBridge& m_bridge;
    Settings& m_settings;
    RecentInputs* m_inputs;
    ServerListModel* m_servers;
    SavedServers* m_savedServers;
    ConversationHub* m_hub;
    ClientTabs* m_tabs;
    InlineMessage* m_message;
    ExampleRunner* m_examples;
    HelpPanel* m_help;
    ServersDock* m_serversDock;
    ConnectionsDock* m_connections;
    InspectorDock* m_inspector;
    TableLinks* m_links;
    StatusBar* m_status;
    Toolbar* m_toolbar = nullptr;
    ClientMenu* m_clientMenu = nullptr;
    FindField* m_find = nullptr;
    QPointer<QWidget> m_lastSearched;  // of a tab that may be closed
    bool m_hasFoldedInspector = false; // for tabs side by side
    bool m_hasLayout = false;          // from the settings, or set at the first show
    bool m_mayClose = false;
    bool m_isClosing = false;
};

} // namespace sscope
