#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "core/client/client_session.h"
#include "core/engine/state_watch.h"
#include "core/reactor/reactor_thread.h"

namespace sscope {

/// Runs client sessions, all on one loop of their own. Used by one thread; returns at once. A
/// session is known by its ConnectionId, whose owner is the client's and whose number counts its
/// attempts.
class ClientManager {
public:
    explicit ClientManager(TraceSink& outbox);
    ~ClientManager();

    /// Fails where the system gives no thread or descriptor for the loop. The config's framing
    /// suits its transport.
    Result<void> open(ConnectionId id, const ClientConfig& config);
    void send(ConnectionId id, OwnedMessage message);
    /// From the next message, or receive, on.
    void setSendPause(ConnectionId id, Duration pause);
    void setReceiveSize(ConnectionId id, std::size_t bytes);
    void finishSending(ConnectionId id);
    /// Keeps state up to date, until the caller has dropped it.
    void watch(ConnectionId id, std::shared_ptr<WatchedState> state);
    void close(ConnectionId id, bool reset);
    /// Ends all at once.
    void stopAndJoin();

private:
    void withSession(ConnectionId id, const std::function<void(ClientSession&)>& action);
    void removeEnded();

    ReactorThread m_thread;
    bool m_started = false;
    // The loop's thread only:
    std::unordered_map<ConnectionId, std::unique_ptr<ClientSession>> m_sessions;
    std::unique_ptr<StateWatch> m_watch;
};

} // namespace sscope
