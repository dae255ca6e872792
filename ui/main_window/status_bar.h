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

    /// Rows that conversations have let go, beside what the window never got.
    void setDroppedRows(quint64 rows);

Q_SIGNALS:
    void permissionExplanationAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showAll();

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
    quint64 m_droppedRows = 0;
};

} // namespace sscope
