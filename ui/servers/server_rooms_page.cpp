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
      m_bans(new ServerChatTable(QStringLiteral("serverBans"), tr("Who is banned"), this)) {
    m_bans->setAction(QStringLiteral("close"), tr("Lift the ban"));
    m_bans->setEmptyText(tr("Nobody is banned. Whoever is listed under Clients can be."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_rooms, 3);
    column->addWidget(makeHairline(this));
    column->addWidget(m_bans, 2);
    connect(m_bans, &ServerChatTable::actionAsked, this, &ServerRoomsPage::lift);
}

void ServerRoomsPage::setChat(ServerChat* chat) {
    m_chat = chat;
    m_rooms->setRows(chat ? &chat->rooms() : nullptr, ServerRoomsModel::TopicColumn,
                     {104, 60, 52, 56});
    m_bans->setRows(chat ? &chat->bans() : nullptr, ServerBansModel::ReasonColumn, {112, 60, 56});
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
