#pragma once

#include <optional>

#include <QStackedWidget>
#include <QTimer>

#include "ui/chat/chat_session.h"
#include "ui/common/tab_page.h"

class QHBoxLayout;

namespace sscope {

class ChatBar;
class ChatComposer;
class ChatConversation;
class ChatHeader;
class ChatJoinForm;
class ChatLinesView;
class ChatPeopleView;
class ChatSaver;
class ChatSearchResults;
class ChatSide;
class ConversationHub;
class ConversationPanes;
class EngineBridge;
class InlineMessage;
class RecentInputs;

/// One tab: a person in a chat. A form until one is in; then rooms, lines, people and a composer;
/// and the same as bytes on the wire.
class ChatPage : public TabPage {
    Q_OBJECT

public:
    ChatPage(EngineBridge& bridge, ConversationHub& hub, RecentInputs& inputs, QWidget* parent);
    ~ChatPage() override;

    /// What the form begins with.
    void setConfig(const ChatClientConfig& config);
    /// Joins without asking what is known.
    void joinNow();
    /// Typed into the composer, once one is in a room.
    void type(const QString& line);
    [[nodiscard]] ChatSession& session() { return *m_session; }
    [[nodiscard]] ChatConversation& conversation() { return *m_conversation; }
    [[nodiscard]] const Conversation* client() const override;
    /// "chat :7000", and the name once there is one: "chat :7000 · mira".
    [[nodiscard]] QString title() const override;
    /// "@ 2": so many call one; else how many lines are unread.
    [[nodiscard]] QString sign() const override;
    [[nodiscard]] QIcon tabIcon() const override;
    [[nodiscard]] QString stateWord() const override;
    bool find(const QString& text, bool backwards) override;
    /// The form, or what is said next.
    void focusFirst() override;
    void focusEndpoint() override;
    /// Of a page whose columns are folded, whatever it shows now: it folds once it is narrower.
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] ChatLinesView* linesView() const { return m_linesView; }

Q_SIGNALS:
    /// The server knows the person by this name now.
    void joined(const QString& name);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    // chat_page_building.cpp
    void build(RecentInputs& inputs);
    void buildChat();
    void connectSession();
    void connectParts();
    void connectLines();
    void connectSearch();
    void addKeys();

    void showState();
    void showStrip();
    [[nodiscard]] QString waitingText() const;
    void showPlace();
    void showTopic();
    void showElsewhere();
    void called(const ChatPlace& place, const QString& author);
    void showView();
    void showObstacle();
    [[nodiscard]] bool needsForm() const;
    void join(const ChatClientConfig& config);
    void joinFromBar();
    void choose(const ChatPlace& place);
    void tellLooking();

    // chat_page_saying.cpp
    void say(const QString& text);
    void typeWaiting();
    /// False where it was no command, or a wrong one.
    bool obey(const QString& line);
    bool request(const ChatRequest& request);
    [[nodiscard]] bool isInRoom() const;
    void joinRoom(const QString& room);
    bool setTopic(const ChatRequest& request);
    void tellWho(const QString& room);
    [[nodiscard]] QString wrongCommand(const QString& line) const;
    [[nodiscard]] QStringList names() const;
    void showPeople(const QString& room, const QStringList& people);
    [[nodiscard]] static QString listText(const QStringList& people);
    [[nodiscard]] static QString help();

    // chat_page_finding.cpp
    void search(const QString& text);
    void closeSearch();
    void goTo(const QString& room, quint64 id);
    void goBack(quint64 messages);
    void lookForWanted();

    // chat_page_folding.cpp
    void fold();
    void showDrawers();
    void closeDrawers();
    [[nodiscard]] QString emptyText() const;

    ChatSession* m_session;
    ChatConversation* m_conversation;
    ChatClientConfig m_config;
    bool m_wasIn = false;      // since the last join
    bool m_isJoinTold = false; // joined() was emitted
    bool m_isJoinAsked = false;
    /// A message that a search has found, until it is loaded.
    struct Wanted {
        ChatPlace place;
        quint64 id;
    };
    std::optional<Wanted> m_wanted;
    QStringList m_toType;
    ChatBar* m_bar = nullptr;
    InlineMessage* m_strip = nullptr;
    InlineMessage* m_storage = nullptr;
    InlineMessage* m_saving = nullptr;
    ChatSaver* m_saver = nullptr;
    QStackedWidget* m_views = nullptr;
    ChatJoinForm* m_form = nullptr;
    QWidget* m_chat = nullptr;
    QHBoxLayout* m_columns = nullptr;
    ChatSide* m_side = nullptr;
    ChatHeader* m_header = nullptr;
    QStackedWidget* m_middle = nullptr;
    ChatLinesView* m_linesView = nullptr;
    ChatSearchResults* m_results = nullptr;
    ChatComposer* m_composer = nullptr;
    ChatPeopleView* m_people = nullptr;
    ConversationPanes* m_messages = nullptr;
    bool m_areRoomsFolded = false;
    bool m_arePeopleFolded = false;
    int m_calls = 0;  // unread: said directly, or naming one
    int m_unread = 0; // all of it
    QString m_caller; // the last one
    QTimer m_day;     // words for days change at midnight
    QTimer m_countdown;
};

} // namespace sscope
