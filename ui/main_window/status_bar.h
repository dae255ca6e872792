#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace sscope {

class ConnectionsDock;
class EngineBridge;
class ServerListModel;

/// The line at the bottom: servers, clients, sockets, and what is not shown.
class StatusBar : public QWidget {
    Q_OBJECT

public:
    StatusBar(ServerListModel& servers, ConnectionsDock& connections, EngineBridge& bridge,
              QWidget* parent = nullptr);

    void update();

Q_SIGNALS:
    void permissionExplanationAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ServerListModel& m_servers;
    ConnectionsDock& m_connections;
    EngineBridge& m_bridge;
    QLabel* m_serversDot;
    QLabel* m_running;
    QLabel* m_failedDot;
    QLabel* m_failed;
    QLabel* m_clients;
    QLabel* m_sockets;
    QLabel* m_notShown;
    QLabel* m_permission;
    QPushButton* m_why;
};

} // namespace sscope
