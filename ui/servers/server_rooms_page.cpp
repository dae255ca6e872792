#include "ui/servers/server_rooms_page.h"

#include <QVBoxLayout>

#include "ui/common/formats.h"
#include "ui/common/small_widgets.h"
#include "ui/servers/server_chat.h"
#include "ui/servers/server_chat_table.h"

namespace sscope {

ServerRoomsPage::ServerRoomsPage(QWidget* parent)
    : QWidget(parent),
      m_rooms(new ServerChatTable(QStringLiteral("serverRooms"), tr("Rooms of the server"), this)),
      m_bans(new ServerChatTable(QStringLiteral("serverBans"), tr("Who is banned"), this)),
      m_line(makeHairline(this)) {
    m_bans->setAction(QStringLiteral("close"), tr("Lift the ban"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_rooms, 3);
    column->addWidget(m_line);
    column->addWidget(m_bans, 2);
    connect(m_bans, &ServerChatTable::actionAsked, this, &ServerRoomsPage::lift);
}

void ServerRoomsPage::setChat(ServerChat* chat) {
    m_chat = chat;
    disconnect(m_inserted);
    disconnect(m_removed);
    if (chat) {
        m_inserted = connect(&chat->bans(), &QAbstractItemModel::rowsInserted, this,
                             &ServerRoomsPage::showBans);
        m_removed = connect(&chat->bans(), &QAbstractItemModel::rowsRemoved, this,
                            &ServerRoomsPage::showBans);
    }
    m_rooms->setRows(chat ? &chat->rooms() : nullptr, ServerRoomsModel::TopicColumn,
                     {92, 60, 64, 52});
    m_bans->setRows(chat ? &chat->bans() : nullptr, ServerBansModel::ReasonColumn, {112, 60, 56});
    showBans();
}

/// Most chats have none, and their rooms need the room.
void ServerRoomsPage::showBans() {
    const bool hasBans = m_chat && m_chat->bans().rowCount() > 0;
    m_line->setVisible(hasBans);
    m_bans->setVisible(hasBans);
}

void ServerRoomsPage::setEmptyText(const QString& text) {
    m_rooms->setEmptyText(text);
}

void ServerRoomsPage::lift(int row) {
    if (!m_chat || row >= m_chat->bans().rowCount())
        return;
    const ChatBan& ban = m_chat->bans().at(row);
    Q_EMIT liftAsked(toQString(ban.source.empty() ? ban.name : ban.source));
}

} // namespace sscope
