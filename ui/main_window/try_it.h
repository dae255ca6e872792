#pragma once

#include <QObject>

namespace sscope {

class ClientTabs;
class ServerListModel;
class ServersDock;

/// The first click of a new person: an echo server on 65432, or on a free port where that is
/// taken, and a client that says hello. The main window owns it; on the GUI thread.
class TryIt : public QObject {
    Q_OBJECT

public:
    TryIt(ServerListModel& servers, ServersDock& serversDock, ClientTabs& tabs, QObject* parent);

    void start();

private:
    void serverStarted(int key);
    void serverFailed(int key);

    ServerListModel& m_servers;
    ServersDock& m_serversDock;
    ClientTabs& m_tabs;
    int m_key = 0; // of the server that is starting; 0 for none
};

} // namespace sscope
