#pragma once

#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QWidget>

#include "core/client/client_session.h"
#include "ui/clients/conversation_page.h"

namespace sscope {

class ServerListModel;
class WelcomePage;
struct Example;

/// The centre of the window: a tab for each conversation, and a page that welcomes where there is
/// none.
class ClientTabs : public QWidget {
    Q_OBJECT

public:
    ClientTabs(EngineBridge& bridge, ConversationHub& hub, ServerListModel& servers,
               RecentInputs& inputs, QWidget* parent = nullptr);

    /// A new client tab, not connected, with the keyboard in its endpoint.
    ConversationPage* addClient();
    /// A client tab that connects, sends the messages, and then, if asked, ends its direction.
    ConversationPage* openClient(const ClientConfig& config, std::vector<OwnedMessage> messages,
                                 bool halfClose);
    /// Opens, or brings to the front, the conversation of a server's client.
    void openAccepted(ConnectionId connection, PeerId peer);
    void closeCurrent();
    void close(ConversationPage* page);
    void select(int index);
    /// The tab that shows this connection; null where there is none.
    [[nodiscard]] ConversationPage* pageOf(ConnectionId connection) const;
    [[nodiscard]] ConversationPage* currentPage() const;
    [[nodiscard]] const std::vector<ConversationPage*>& pages() const { return m_pages; }
    void show(ConversationPage* page);
    /// What the page that welcomes offers.
    void setExamples(const std::vector<Example>& examples);

Q_SIGNALS:
    void tryItAsked();
    void exampleAsked(int index);
    void allExamplesAsked();
    /// Rows that made room in the conversations that are open.
    void droppedRowsChanged(quint64 rows);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addPage(ConversationPage* page);
    void closePage(int index);
    void countDroppedRows();
    void showCurrent();
    void updateTab(ConversationPage* page);
    [[nodiscard]] ConversationPage* pageAt(int index) const;

    EngineBridge& m_bridge;
    ConversationHub& m_hub;
    ServerListModel& m_servers;
    RecentInputs& m_inputs;
    QTabBar* m_bar;
    QToolButton* m_add;
    QWidget* m_barRow;
    QStackedWidget* m_stack;
    WelcomePage* m_welcome;
    std::vector<ConversationPage*> m_pages; // in the order of the tabs
};

} // namespace sscope
