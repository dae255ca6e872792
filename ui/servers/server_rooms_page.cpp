#include "ui/servers/server_rooms_page.h"

#include <QVBoxLayout>

#include "ui/common/formats.h"
#include "ui/common/small_widgets.h"
#include "ui/servers/server_chat.h"
#include "ui/servers/server_chat_table.h"

namespace sscope {

namespace {

constexpr int titleHeight = 28;
constexpr QLatin1String longCount("9 999");
constexpr QLatin1String longAge("59.9 s");

} // namespace

ServerRoomsPage::ServerRoomsPage(QWidget* parent)
    : QWidget(parent),
      m_rooms(new ServerChatTable(QStringLiteral("serverRooms"), tr("Rooms of the server"), this)),
      m_bans(new ServerChatTable(QStringLiteral("serverBans"), tr("Who is banned"), this)),
      m_line(makeHairline(this)),
      m_bansTitle(makeTitle(QString(), this)) {
    m_bansTitle->setObjectName(QStringLiteral("serverBansTitle"));
    m_bansTitle->setFixedHeight(titleHeight);
    m_bansTitle->setContentsMargins(12, 0, 12, 0);
    m_bans->setAction(QStringLiteral("close"), tr("Lift the ban"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_rooms, 3);
    column->addWidget(m_line);
    column->addWidget(m_bansTitle);
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
                     {QString(), QString(), longCount, longCount});
    m_bans->setRows(chat ? &chat->bans() : nullptr, ServerBansModel::ReasonColumn,
                    {QString(), QString(), longAge});
    showBans();
}

/// Most chats have none, and their rooms need the room.
void ServerRoomsPage::showBans() {
    const int count = m_chat ? m_chat->bans().rowCount() : 0;
    const bool hasBans = count > 0;
    m_bansTitle->setText(tr("Banned (%1)").arg(count));
    m_bansTitle->setVisible(hasBans);
    m_line->setVisible(hasBans);
    m_bans->setVisible(hasBans);
}

void ServerRoomsPage::setEmptyText(const QString& text) {
    m_rooms->setEmptyText(text);
}

void ServerRoomsPage::focusBans() {
    m_bans->setFocus();
}

void ServerRoomsPage::lift(int row) {
    if (!m_chat || row >= m_chat->bans().rowCount())
        return;
    const ChatBan& ban = m_chat->bans().at(row);
    Q_EMIT liftAsked(toQString(ban.source.empty() ? ban.name : ban.source));
}

} // namespace sscope
