#pragma once

#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>

#include "core/service/chat_protocol.h"
#include "ui/chat/chat_place_list.h"

namespace sscope {

class ChatPicker;
class ChatSession;

/// The column at the left: the rooms that one is in, and the persons that one talks to, with a way
/// to each that there is.
class ChatSide : public QWidget {
    Q_OBJECT

public:
    static constexpr int columnWidth = 168;

    ChatSide(ChatSession& session, QWidget* parent);

    /// The next place in that direction, of all or of those with something unread.
    void step(int direction, bool isUnreadOnly);
    void pickRoom();
    void pickPerson();

Q_SIGNALS:
    void chosen(const ChatPlace& place);
    /// The same, and the keyboard is for what is said there: a click, Enter, a new place.
    void entered(const ChatPlace& place);
    void topicAsked(const ChatPlace& place);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildTitle(const QString& text, QToolButton* button);
    void buildLists(QVBoxLayout* column);
    void showChosen();
    void showMenu(const ChatPlacesModel::Entry& entry, QPoint at);
    void close(const ChatPlace& place);
    void takeRooms(const std::vector<ChatRoomInfo>& rooms);
    void takePeople();
    void fitState();
    [[nodiscard]] std::vector<ChatPlacesModel::Entry> all() const;

    ChatSession& m_session;
    QScrollArea* m_scroll;
    QToolButton* m_addRoom;
    ChatPicker* m_roomPicker;
    ChatPlaceList* m_rooms;
    QToolButton* m_addPerson;
    ChatPicker* m_personPicker;
    ChatPlaceList* m_persons;
};

} // namespace sscope
