#include "ui/servers/server_chat.h"

#include <utility>

#include "ui/servers/server_clients_model.h"

namespace sscope {

bool ServerChat::take(std::shared_ptr<const ChatOverview> overview) {
    if (overview == m_overview)
        return false;
    m_overview = std::move(overview);
    if (m_isWatched)
        show();
    return true;
}

void ServerChat::setWatched(bool isWatched) {
    if (!std::exchange(m_isWatched, isWatched) && isWatched)
        show();
}

void ServerChat::clear() {
    m_overview = std::make_shared<const ChatOverview>();
    show();
    m_clients.setPeople(nullptr);
}

void ServerChat::show() {
    m_clients.setPeople(m_overview);
    m_rooms.setRows(m_overview->rooms);
    m_bans.setRows(m_overview->bans);
}

} // namespace sscope
