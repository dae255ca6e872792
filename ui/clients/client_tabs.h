#pragma once

#include <QSplitter>
#include <QStackedWidget>
#include <QWidget>

#include "core/client/client_session.h"
#include "ui/clients/conversation_page.h"
#include "ui/clients/tab_group.h"

namespace sscope {

class ChatPage;
class ServerListModel;
class WelcomePage;
struct ChatTabRequest;
struct Example;

/// The centre of the window: tabs of any kind, in one group or several side by side, and a page
/// that welcomes where there is none. Keys act on the group that was used last.
class ClientTabs : public QWidget {
    Q_OBJECT

public:
    ClientTabs(EngineBridge& bridge, ConversationHub& hub, ServerListModel& servers,
               RecentInputs& inputs, QWidget* parent = nullptr);
    ~ClientTabs() override;

    /// A new client tab, not connected, with the keyboard in its endpoint.
    ConversationPage* addClient();
    /// A client tab that connects, sends the messages, and then, if asked, ends its direction.
    ConversationPage* openClient(const ClientConfig& config, std::vector<OwnedMessage> messages,
                                 bool halfClose);
    /// A chat that is not joined yet, with the keyboard in its form.
    ChatPage* addChat();
    /// A chat that is joined, and what is typed there once one is in.
    ChatPage* openChat(const ChatTabRequest& request);
    /// Opens, or brings to the front, the conversation of a server's client.
    void openAccepted(ConnectionId connection, PeerId peer);
    /// A new tab in front, in the current group. Takes the page.
    void addPage(TabPage* page);
    void closeCurrent();
    void close(TabPage* page);
    void show(TabPage* page);
    /// The tab with this place in the current group, from 0.
    void select(int index);

    /// The tab in front of the current group; null where there is none.
    [[nodiscard]] TabPage* currentTab() const;
    /// The same where it is a conversation, else null.
    [[nodiscard]] ConversationPage* currentPage() const;
    /// All that are conversations, from left to right.
    [[nodiscard]] const std::vector<ConversationPage*>& pages() const { return m_conversations; }
    [[nodiscard]] std::vector<TabPage*> tabs() const;
    /// The tab that has begun this connection; null where there is none.
    [[nodiscard]] TabPage* clientTab(ConnectionId connection) const;

    [[nodiscard]] const std::vector<TabGroup*>& groups() const { return m_groups; }
    /// Into a group of its own to the right, where it is not alone already.
    void splitRight(TabPage* page);
    /// All groups as wide as each other.
    void shareWidth();
    /// Into the next group; into one of its own where there is none. The keyboard goes along.
    void moveToOtherSide(TabPage* page);
    static QKeySequence moveKey() { return {Qt::CTRL | Qt::Key_Backslash}; }

    /// What the page that welcomes offers.
    void setExamples(const std::vector<Example>& examples);

Q_SIGNALS:
    void tryItAsked();
    void showPortAsked(quint16 port, bool isDatagram);
    /// There is one group more, or one less.
    void groupsChanged();
    void exampleAsked(int index);
    void allExamplesAsked();
    /// What a tab went on looking for is not there.
    void findMissed();
    /// Rows that made room in the conversations that are open.
    void droppedRowsChanged(quint64 rows);

private:
    ChatPage* makeChat();
    TabGroup* addGroup(int at);
    [[nodiscard]] TabGroup* groupOf(const TabPage* page) const;
    [[nodiscard]] TabGroup* groupAt(QPoint global) const;
    void setCurrentGroup(TabGroup* group);
    void moveInto(TabGroup* target, TabPage* page);
    void removeIfEmpty(TabGroup* group);
    void showMenu(TabPage* page, QPoint global);
    void showTarget(TabGroup* from, QPoint global);
    void followFocus(const QWidget* now);
    void tabsChanged();
    void countDroppedRows();

    EngineBridge& m_bridge;
    ConversationHub& m_hub;
    ServerListModel& m_servers;
    RecentInputs& m_inputs;
    QStackedWidget* m_stack; // the welcome page, or the groups
    WelcomePage* m_welcome;
    QSplitter* m_split;
    std::vector<TabGroup*> m_groups; // from left to right; at least one
    TabGroup* m_group = nullptr;     // the current one
    std::vector<ConversationPage*> m_conversations;
};

} // namespace sscope
