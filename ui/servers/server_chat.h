#pragma once

#include <memory>

#include "core/service/chat_rooms.h"
#include "ui/servers/server_chat_models.h"

namespace sscope {

class ServerClientsModel;

/// What is known of the chat of a server that runs. The models follow only while somebody looks.
class ServerChat {
public:
    explicit ServerChat(ServerClientsModel& clients) : m_clients(clients) {}

    /// False where it is the one that is known.
    bool take(std::shared_ptr<const ChatOverview> overview);
    void setWatched(bool isWatched);
    /// The server has stopped, or begins anew.
    void clear();

    /// Of the last look; never null.
    [[nodiscard]] const ChatOverview& overview() const { return *m_overview; }
    [[nodiscard]] int people() const { return static_cast<int>(m_overview->people.size()); }
    [[nodiscard]] ServerRoomsModel& rooms() { return m_rooms; }
    [[nodiscard]] ServerBansModel& bans() { return m_bans; }

private:
    void show();

    ServerClientsModel& m_clients;
    std::shared_ptr<const ChatOverview> m_overview = std::make_shared<const ChatOverview>();
    ServerRoomsModel m_rooms;
    ServerBansModel m_bans;
    bool m_isWatched = false;
};

} // namespace sscope
