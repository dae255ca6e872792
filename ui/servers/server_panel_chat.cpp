// What the panel of a chat's server has beside that of any other: what its owner says and does.

#include <algorithm>

#include <QToolButton>

#include "core/base/display_text.h"
#include "core/server/chat_owner.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/segments.h"
#include "ui/servers/server_chat.h"
#include "ui/servers/server_chat_row.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_clients_view.h"
#include "ui/servers/server_list_model.h"
#include "ui/servers/server_panel.h"
#include "ui/servers/server_rooms_page.h"

namespace sscope {

void ServerPanel::connectChat() {
    connect(m_announce, &QToolButton::clicked, m_chatRow, &ServerChatRow::openAnnouncement);
    connect(m_clients, &ServerClientsView::noticeAsked, this, &ServerPanel::askForNotice);
    connect(m_clients, &ServerClientsView::kickAsked, this, &ServerPanel::askForKick);
    connect(m_clients, &ServerClientsView::banAsked, this, &ServerPanel::askForBan);
    connect(m_chatRow, &ServerChatRow::announceAsked, this, [this](const QString& text) {
        if (ChatOwner* const owner = m_servers.chatOwner(m_key))
            owner->announce(text.toStdString());
    });
    connect(m_chatRow, &ServerChatRow::noticeAsked, this,
            [this](const QString& name, const QString& text) {
                if (ChatOwner* const owner = m_servers.chatOwner(m_key))
                    owner->notify(name.toStdString(), text.toStdString());
            });
    connect(m_chatRow, &ServerChatRow::kickAsked, this,
            [this](const QString& name, const QString& reason) {
                if (ChatOwner* const owner = m_servers.chatOwner(m_key))
                    owner->kick(name.toStdString(), reason.toStdString());
                m_clients->selectNone();
                m_clients->setFocus();
            });
    connect(m_chatRow, &ServerChatRow::banAsked, this, &ServerPanel::ban);
    connect(m_rooms, &ServerRoomsPage::liftAsked, this, [this](const QString& nameOrSource) {
        if (ChatOwner* const owner = m_servers.chatOwner(m_key))
            owner->liftBan(nameOrSource.toStdString());
    });
    connect(&m_servers, &ServerListModel::chatChanged, this, [this](int key) {
        if (key == m_key)
            showChat();
    });
}

/// Also polled: who is there, and what has become of what the owner said.
void ServerPanel::showChat() {
    const ServerEntry* entry = server();
    if (!entry || !entry->isChat())
        return;
    const bool isRunning = entry->canBeJoined();
    const QString reason = !isRunning                   ? tr("The server is not running.")
                           : entry->chat->people() == 0 ? tr("Nobody has said hello yet.")
                                                        : QString();
    m_announce->setEnabled(reason.isEmpty());
    m_announce->setToolTip(reason.isEmpty()
                               ? tr("Announce: a notice to all who are there")
                               : QStringLiteral("%1. %2").arg(m_announce->text(), reason));
    m_rooms->setEmptyText(
        !isRunning ? reason : tr("No room yet. Whoever says hello and joins one makes it."));
    if (!isRunning)
        m_chatRow->hide();
    m_chatRow->take(entry->chat->overview());
    sayWhoIsBanned(*entry);
}

const ChatPerson* ServerPanel::personAt(ConnectionId connection) const {
    const ServerEntry* entry = server();
    const auto* client = entry ? entry->clients->find(connection) : nullptr;
    return client ? entry->clients->personOf(*client) : nullptr;
}

void ServerPanel::ban(const QString& name, const QString& reason) {
    if (ChatOwner* const owner = m_servers.chatOwner(m_key)) {
        owner->ban(name.toStdString(), reason.toStdString());
        m_banAsked = name;
    }
    m_clients->selectNone();
    m_clients->setFocus();
}

/// Once the server has it among its bans.
void ServerPanel::sayWhoIsBanned(const ServerEntry& entry) {
    const auto& bans = entry.chat->overview().bans;
    if (bans.empty())
        m_banned->hide(); // lifted, or the server has stopped
    if (m_banAsked.isEmpty() ||
        std::ranges::find(bans, m_banAsked.toStdString(), &ChatBan::name) == bans.end())
        return;
    m_banned->show(InlineMessage::Kind::Remark,
                   tr("%1 is banned.").arg(toQString(displaySafe(m_banAsked.toStdString()))));
    m_banned->addLink(tr("Show bans"), QStringLiteral("showBans"), [this] { showBans(); });
    m_banAsked.clear();
}

void ServerPanel::showBans() {
    m_segments->setCurrent(RoomsPage);
    m_rooms->focusBans();
}

void ServerPanel::askForNotice(ConnectionId connection) {
    if (const ChatPerson* const person = personAt(connection))
        m_chatRow->openNotice(*person);
}

void ServerPanel::askForBan(ConnectionId connection) {
    if (const ChatPerson* const person = personAt(connection))
        m_chatRow->openBan(*person, !server()->config.settings.chat.historyFile.empty());
}

void ServerPanel::askForKick(ConnectionId connection) {
    if (const ChatPerson* const person = personAt(connection))
        m_chatRow->openKick(*person);
}

} // namespace sscope
