#include "core/engine/engine.h"

namespace sscope {

Engine::Engine(Wake wake)
    : m_outbox({}, std::move(wake.outbox)),
      m_servers(m_outbox),
      m_clients(m_outbox),
      m_table({}, std::move(wake.table)) {}

Engine::~Engine() {
    stop();
}

Result<void> Engine::start(Duration tableInterval) {
    return m_table.start(tableInterval);
}

void Engine::stop() {
    m_clients.stopAndJoin();
    m_table.stopAndJoin();
    m_servers.forgetAll();
}

} // namespace sscope
