#pragma once

#include <QStackedWidget>
#include <QToolButton>
#include <QWidget>

#include "core/trace/trace_event.h"

namespace sscope {

class RecentInputs;
class Segments;
class SendToAllRow;
class ServerClientsView;
class ServerListModel;
class ServerLogPage;
class ServerLoopsView;
struct ServerEntry;

/// What there is to see of the selected server: its clients, its loops, its log.
class ServerPanel : public QWidget {
    Q_OBJECT

public:
    ServerPanel(ServerListModel& servers, RecentInputs& inputs, QWidget* parent = nullptr);

    /// Shows the server with that key; hides itself where there is none.
    void setServer(int key);
    /// The status or the number of clients may be another.
    void refresh();

Q_SIGNALS:
    void conversationAsked(ConnectionId connection, PeerId peer);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Page { ClientsPage, LoopsPage, LogPage };

    QWidget* buildTitle();
    QWidget* buildClientsPage();
    void showPage(int page);
    void showWhatIsMissing(const ServerEntry& server);
    void fitTitle();
    void sendToAll(const std::vector<std::byte>& content);
    [[nodiscard]] const ServerEntry* server() const;

    ServerListModel& m_servers;
    int m_key = 0;
    Segments* m_segments;
    QToolButton* m_sendToAll;
    QStackedWidget* m_pages;
    SendToAllRow* m_sendRow;
    ServerClientsView* m_clients;
    ServerLoopsView* m_loops;
    ServerLogPage* m_log;
};

} // namespace sscope
