#pragma once

#include <map>
#include <memory>

#include "core/server/server.h"

namespace sscope {

/// Starts and stops servers. Used by one thread, the GUI's or the command line's; returns at once.
class ServerManager {
public:
    explicit ServerManager(TraceSink& outbox) : m_outbox(outbox) {}

    /// The config is valid. A failure of the system to give a thread or descriptor is returned;
    /// all else is told through the outbox.
    Result<void> start(OwnerId id, const ServerConfig& config,
                       TraceBatch::Detail detail = TraceBatch::Detail::Log);
    void stop(OwnerId id);
    /// Ends what is left of a server that has told Stopped or StartFailed.
    void forget(OwnerId id);
    /// Ends all at once, whatever is queued; waits for their threads.
    void forgetAll() { m_servers.clear(); }
    [[nodiscard]] bool isIdle() const { return m_servers.empty(); }
    void stopAll();

    void send(ConnectionId connection, PeerId peer, OwnedMessage message);
    void finishSending(ConnectionId connection);
    void closeConnection(ConnectionId connection, bool reset);
    /// What Server::record() does.
    void record(ConnectionId connection, std::shared_ptr<ByteTee> tee);
    /// What Server::chat() does; null too where there is no such server. Not to be kept.
    ChatOwner* chat(OwnerId id);

private:
    Server* find(OwnerId id);

    TraceSink& m_outbox;
    std::map<OwnerId, std::unique_ptr<Server>> m_servers;
};

} // namespace sscope
