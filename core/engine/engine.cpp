#include "core/engine/engine.h"

namespace sscope {

Engine::Engine(Wake wake)
    : m_outbox({}, std::move(wake.outbox)),
      m_servers(m_outbox),
      m_clients(m_outbox),
      m_chats(
          m_outbox, wake.chat ? std::move(wake.chat) : [] {}),
      m_closed(std::move(wake.closed)),
      m_table({}, std::move(wake.table)) {
    m_table.setObserver([this](const TableUpdate& update) {
        if (update.change)
            m_closed.learn(*update.change, update.time);
    });
}

Engine::~Engine() {
    stop();
}

Result<void> Engine::start(Duration tableInterval) {
    m_closedStart = m_closed.start();
    return m_table.start(tableInterval);
}

void Engine::stop() {
    m_clients.stopAndJoin();
    m_chats.stopAndJoin();
    m_table.stopAndJoin();
    m_closed.stopAndJoin();
    m_servers.forgetAll();
}

} // namespace sscope
