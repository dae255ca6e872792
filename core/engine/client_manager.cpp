#include "core/engine/client_manager.h"

namespace sscope {

ClientManager::ClientManager(TraceSink& outbox)
    : m_thread("clients", PollerKind::Epoll, TraceBatch(&outbox, TraceBatch::Detail::Log)) {}

ClientManager::~ClientManager() {
    stopAndJoin();
}

Result<void> ClientManager::open(ConnectionId id, const ClientConfig& config) {
    if (!m_started) {
        if (auto started = m_thread.start([this] {
                m_watch.reset();
                m_sessions.clear();
            });
            !started)
            return started;
        m_started = true;
    }
    m_thread.reactor().post([this, id, config] {
        removeEnded();
        auto session = std::make_unique<ClientSession>(m_thread.reactor(), id, config);
        session->start();
        m_sessions[id] = std::move(session);
    });
    return {};
}

void ClientManager::withSession(ConnectionId id,
                                const std::function<void(ClientSession&)>& action) {
    m_thread.reactor().post([this, id, action] {
        if (const auto it = m_sessions.find(id); it != m_sessions.end())
            action(*it->second);
    });
}

void ClientManager::removeEnded() {
    std::erase_if(m_sessions, [](const auto& entry) { return entry.second->hasEnded(); });
}

void ClientManager::send(ConnectionId id, OwnedMessage message) {
    const auto shared = std::make_shared<const OwnedMessage>(std::move(message));
    withSession(id, [shared](ClientSession& session) { session.send(shared->view()); });
}

void ClientManager::setSendPause(ConnectionId id, Duration pause) {
    withSession(id, [pause](ClientSession& session) { session.setSendPause(pause); });
}

void ClientManager::setReceiveSize(ConnectionId id, std::size_t bytes) {
    withSession(id, [bytes](ClientSession& session) { session.setReceiveSize(bytes); });
}

void ClientManager::watch(ConnectionId id, std::shared_ptr<WatchedState> state) {
    m_thread.reactor().post([this, id, state = std::move(state)] {
        if (!m_watch)
            m_watch = std::make_unique<StateWatch>(m_thread.reactor(), [this](ConnectionId of) {
                const auto it = m_sessions.find(of);
                return it == m_sessions.end() ? -1 : it->second->fd();
            });
        m_watch->add(id, state);
    });
}

void ClientManager::finishSending(ConnectionId id) {
    withSession(id, [](ClientSession& session) { session.finishSending(); });
}

void ClientManager::close(ConnectionId id, bool reset) {
    withSession(id, [reset](ClientSession& session) {
        if (reset)
            session.reset();
        else
            session.close();
    });
}

void ClientManager::stopAndJoin() {
    m_thread.stopAndJoin();
}

} // namespace sscope
