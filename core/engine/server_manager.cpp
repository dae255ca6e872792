#include "core/engine/server_manager.h"

#include <cerrno>

#include "core/engine/port_holder.h"
#include "core/server/execution_models.h"

namespace sscope {

namespace {

Error notHere(const std::string& name) {
    Error error = systemError(ENOTSUP, "serve", "--model " + name);
    error.hint.kind = Hint::Kind::Offered;
    for (const ExecutionModel& model : executionModels()) {
        if (!model.make)
            continue;
        if (!error.hint.text.empty())
            error.hint.text += ", ";
        error.hint.text += model.name;
    }
    return error;
}

} // namespace

Result<void> ServerManager::start(OwnerId id, const ServerConfig& config,
                                  TraceBatch::Detail detail) {
    const ExecutionModel* model = findExecutionModel(config.model);
    if (!model->make)
        return Failure(notHere(config.model));
    auto server = model->make({id, config, &m_outbox, detail, &explainPortInUse});
    if (auto started = server->start(); !started)
        return started;
    m_servers[id] = std::move(server);
    return {};
}

void ServerManager::stop(OwnerId id) {
    if (Server* server = find(id))
        server->stop();
}

void ServerManager::forget(OwnerId id) {
    m_servers.erase(id);
}

void ServerManager::stopAll() {
    for (const auto& [id, server] : m_servers)
        server->stop();
}

void ServerManager::send(ConnectionId connection, PeerId peer, OwnedMessage message) {
    if (Server* server = find(connection.owner))
        server->send(connection.number, peer, std::move(message));
}

void ServerManager::finishSending(ConnectionId connection) {
    if (Server* server = find(connection.owner))
        server->finishSending(connection.number);
}

void ServerManager::closeConnection(ConnectionId connection, bool reset) {
    if (Server* server = find(connection.owner))
        server->closeConnection(connection.number, reset);
}

void ServerManager::record(ConnectionId connection, std::shared_ptr<ByteTee> tee) {
    if (Server* server = find(connection.owner))
        server->record(connection.number, std::move(tee));
}

Server* ServerManager::find(OwnerId id) {
    const auto it = m_servers.find(id);
    return it == m_servers.end() ? nullptr : it->second.get();
}

ChatOwner* ServerManager::chat(OwnerId id) {
    Server* const server = find(id);
    return server ? server->chat() : nullptr;
}

} // namespace sscope
