#pragma once

#include <QMenu>

namespace sscope {

class ClientTabs;
class CrowdPage;
class RacePage;
class RecentInputs;
class ServerListModel;

/// What a new tab can be: under the toolbar's Client. A load or a chat begins with a server that
/// runs.
class ClientMenu : public QMenu {
    Q_OBJECT

public:
    ClientMenu(ClientTabs& tabs, ServerListModel& servers, RecentInputs& inputs,
               QWidget* parent = nullptr);

    /// The form of a chat, with one of this window where one runs.
    void openChat();
    CrowdPage* openCrowd();
    void openLoad();
    RacePage* openRace();
    /// The page that an example is, under way.
    void startExample(const QString& name);

private:
    ClientTabs& m_tabs;
    ServerListModel& m_servers;
    RecentInputs& m_inputs;
};

} // namespace sscope
