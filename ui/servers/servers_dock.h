#pragma once

#include <QDockWidget>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>

#include "core/server/server_config.h"
#include "core/trace/trace_event.h"

namespace sscope {

class DockTitleBar;
class RecentInputs;
class ServerForm;
class ServerListModel;
class ServerListView;
class ServerPanel;
struct ServerEntry;

/// The dock with the servers, what there is to see of the selected one, and the form for a new one
/// or a stopped one.
class ServersDock : public QDockWidget {
    Q_OBJECT

public:
    ServersDock(ServerListModel& servers, RecentInputs& inputs, QWidget* parent = nullptr);

    void showForm();
    void showForm(const ServerConfig& config);
    /// The form for a server that is stopped, or has failed; its start takes the place of that.
    void editServer(int key);
    void selectServer(int key);

Q_SIGNALS:
    void conversationAsked(ConnectionId connection, PeerId peer);
    void showPortAsked(std::uint16_t port, bool isDatagram);
    /// The chat of that server.
    void joinAsked(int key);
    /// The form has come or gone, and needs another width.
    void pageChanged(bool isForm);

private:
    QWidget* buildListPage();
    void connectList();
    void openForm(const ServerConfig& config, const QString& title, int editedKey);
    QWidget* buildEmptyState();
    void buildTitle();
    void setPage(int index);
    void showList();
    void showSelected();
    void showEmptyState();
    void toggle(int row);
    void showMenu(int row, const QPoint& position);
    void addJoin(QMenu& menu, const ServerEntry& server);
    void join(int row);
    void useRemedy(int row);
    void startFromForm(const ServerConfig& config);
    void copyCommand(const ServerConfig& config);
    void serverStarted(int key);
    void serverFailed(int key);
    [[nodiscard]] int selectedRow() const;

    ServerListModel& m_servers;
    DockTitleBar* m_title;
    QToolButton* m_back;
    QToolButton* m_add;
    QStackedWidget* m_pages;
    QStackedWidget* m_listArea; // the list, or what stands there while it is empty
    ServerListView* m_list;
    ServerPanel* m_panel;
    ServerForm* m_form;
    int m_edited = 0;   // the key of the server that the form shows; 0 for a new one
    int m_fromForm = 0; // the key of the server that the form has started, until it is known how
};

} // namespace sscope
