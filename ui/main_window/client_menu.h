#pragma once

#include <QMenu>

namespace sscope {

class ClientTabs;
class RacePage;
class ServerListModel;

/// What a new tab can be: under the toolbar's Client. A load begins with a server that runs.
class ClientMenu : public QMenu {
    Q_OBJECT

public:
    ClientMenu(ClientTabs& tabs, ServerListModel& servers, QWidget* parent = nullptr);

    void openLoad();
    RacePage* openRace();
    /// The page that an example is, under way.
    void startExample(const QString& name);

private:
    ClientTabs& m_tabs;
    ServerListModel& m_servers;
};

} // namespace sscope
