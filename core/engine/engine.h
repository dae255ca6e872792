#pragma once

#include "core/engine/chat_manager.h"
#include "core/engine/client_manager.h"
#include "core/engine/closed_reader.h"
#include "core/engine/server_manager.h"
#include "core/engine/table_reader.h"

namespace sscope {

/// All that runs behind the window, under one start and stop. Used by one thread.
class Engine {
public:
    /// Called on any of the engine's threads; must not block.
    struct Wake {
        std::function<void()> outbox;
        std::function<void()> table;
        std::function<void()> closed = {};
        std::function<void()> chat = {};
    };
    explicit Engine(Wake wake);
    ~Engine();

    Result<void> start(Duration tableInterval);
    /// Ends all at once: clients, the table, and servers without waiting for what is queued.
    void stop();

    OwnerId newOwner() { return ++m_lastOwner; }
    TraceOutbox& outbox() { return m_outbox; }
    ServerManager& servers() { return m_servers; }
    ClientManager& clients() { return m_clients; }
    ChatManager& chats() { return m_chats; }
    TableReader& table() { return m_table; }
    ClosedReader& closed() { return m_closed; }
    /// Why there is no history of closed sockets, where there is none; all else runs without it.
    [[nodiscard]] const Result<void>& closedStart() const { return m_closedStart; }

private:
    OwnerId m_lastOwner = 0;
    TraceOutbox m_outbox;
    ServerManager m_servers;
    ClientManager m_clients;
    ChatManager m_chats;
    ClosedReader m_closed;
    Result<void> m_closedStart;
    TableReader m_table;
};

} // namespace sscope
