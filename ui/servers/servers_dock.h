#pragma once

#include <QDockWidget>
#include <QLabel>
#include <QListView>
#include <QStackedWidget>
#include <QToolButton>

#include "core/server/server_config.h"
#include "core/trace/trace_event.h"

namespace sscope {

class DockTitleBar;
class ServerClientsView;
class ServerForm;
class ServerListModel;

/// The dock with the servers, the clients of the selected one, and the form for a new one.
class ServersDock : public QDockWidget {
    Q_OBJECT

public:
    explicit ServersDock(ServerListModel& servers, QWidget* parent = nullptr);

    void showForm();
    void showForm(const ServerConfig& config);
    void selectServer(int key);

Q_SIGNALS:
    void conversationAsked(ConnectionId connection, PeerId peer);
    void showPortAsked(std::uint16_t port);
    /// The form has come or gone, and needs another width.
    void pageChanged(bool isForm);

private:
    QWidget* buildListPage();
    QWidget* buildEmptyState();
    void buildTitle();
    void setPage(int index);
    void showList();
    void showSelected();
    void showEmptyClients();
    void showEmptyState();
    void toggle(int row);
    void showMenu(int row, const QPoint& position);
    void useRemedy(int row);
    void startFromForm(const ServerConfig& config);
    void serverStarted(int key);
    void serverFailed(int key);
    [[nodiscard]] int selectedRow() const;

    ServerListModel& m_servers;
    DockTitleBar* m_title;
    QToolButton* m_back;
    QToolButton* m_add;
    QStackedWidget* m_pages;
    QStackedWidget* m_listArea; // the list, or what stands there while it is empty
    QListView* m_list;
    QLabel* m_clientsTitle;
    QWidget* m_clientsPanel;
    ServerClientsView* m_clients;
    ServerForm* m_form;
    int m_fromForm = 0; // the key of the server that the form has started, until it is known how
};

} // namespace sscope
