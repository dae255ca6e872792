#pragma once

#include <QLabel>
#include <QWidget>

#include "core/base/chat_ban.h"

namespace sscope {

class ServerChat;
class ServerChatTable;

/// The rooms of a chat's server, and below them whom its owner has shut out.
class ServerRoomsPage : public QWidget {
    Q_OBJECT

public:
    explicit ServerRoomsPage(QWidget* parent = nullptr);

    /// Null for none.
    void setChat(ServerChat* chat);
    /// What stands there while there are no rooms.
    void setEmptyText(const QString& text);
    /// Gives the keyboard to those who are shut out.
    void focusBans();

Q_SIGNALS:
    /// The ban of that name, or of that address.
    void liftAsked(const QString& nameOrSource);

private:
    void lift(int row);
    void showBans();

    ServerChatTable* m_rooms;
    ServerChatTable* m_bans;
    QWidget* m_line; // between the two
    QLabel* m_bansTitle;
    ServerChat* m_chat = nullptr;
    QMetaObject::Connection m_inserted;
    QMetaObject::Connection m_removed;
};

} // namespace sscope
