#pragma once

#include <QObject>

namespace sscope {

class ClientTabs;
class ConnectionsDock;
class ServerListModel;
class ServersDock;
struct RowLink;
struct SocketRow;

/// What the socket table knows of our tabs and servers, and which row is whose. The main window
/// owns it; on the GUI thread.
class TableLinks : public QObject {
    Q_OBJECT

public:
    TableLinks(ConnectionsDock& connections, ClientTabs& tabs, ServerListModel& servers,
               ServersDock& serversDock, QObject* parent);

    [[nodiscard]] RowLink linkFor(const SocketRow& row) const;
    void follow(const RowLink& link);

private:
    [[nodiscard]] RowLink tabFor(const SocketRow& row, const QString& prefix) const;
    [[nodiscard]] RowLink serverFor(const SocketRow& row, const QString& prefix) const;
    void showKernelStates();
    void showAcceptQueues();

    ConnectionsDock& m_connections;
    ClientTabs& m_tabs;
    ServerListModel& m_servers;
    ServersDock& m_serversDock;
};

} // namespace sscope
