#pragma once

#include <QStackedWidget>
#include <QToolButton>
#include <QWidget>

#include "core/trace/trace_event.h"

namespace sscope {

class InlineMessage;
class RecentInputs;
class Segments;
class SendToAllRow;
class ServerChatRow;
class ServerClientsView;
class ServerListModel;
class ServerLogPage;
class ServerLoopsView;
class ServerRoomsPage;
struct ChatPerson;
struct ServerEntry;

/// What there is to see of the selected server: its clients, its loops, its log; of a chat its
/// rooms too, and what its owner can do.
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
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum Page { ClientsPage, RoomsPage, LoopsPage, LogPage };

    QWidget* buildTitle();
    QWidget* buildClientsPage();
    void showPage(int page);
    void showWhatIsMissing(const ServerEntry& server);
    void fitTitle();
    void connectChat();
    void setUpTitleButton(QToolButton* button, const QString& name, const QString& icon,
                          const QString& text);
    void showTitleButtons();
    void showChat();
    void askForNotice(ConnectionId connection);
    void askForBan(ConnectionId connection);
    void askForKick(ConnectionId connection);
    void ban(const QString& name, const QString& reason);
    void sayWhoIsBanned(const ServerEntry& entry);
    void showBans();
    [[nodiscard]] const ChatPerson* personAt(ConnectionId connection) const;
    void sendToAll(const std::vector<std::byte>& content);
    [[nodiscard]] const ServerEntry* server() const;

    ServerListModel& m_servers;
    int m_key = 0;
    Segments* m_segments;
    QToolButton* m_sendToAll;
    QToolButton* m_announce; // of a chat, in its place
    QStackedWidget* m_pages;
    SendToAllRow* m_sendRow;
    ServerChatRow* m_chatRow;
    InlineMessage* m_banned; // who was shut out, and where that stands
    QString m_banAsked;      // the name whose ban is under way; empty for none
    ServerClientsView* m_clients;
    ServerRoomsPage* m_rooms;
    ServerLoopsView* m_loops;
    ServerLogPage* m_log;
};

} // namespace sscope
