#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "core/client/client_session.h"
#include "core/client/send_plan.h"
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
    /// With the values that the connection's macros have at that moment.
    void send(ConnectionId id, SendStep message);
    /// In place of the plan that runs, if any. The progress ends also where there is no such
    /// connection.
    void run(ConnectionId id, SendPlan plan, std::shared_ptr<SendProgress> progress);
    void stopPlan(ConnectionId id);
    /// A file, with a few bytes after it, as one message, read as the peer takes it; a datagram is
    /// read whole. It is opened on the loop's thread, and waits for another that is on its way.
    void sendFile(ConnectionId id, const std::string& path, std::string suffix,
                  std::vector<HeaderField> header, std::shared_ptr<SendProgress> progress);
    /// Raw, the stream goes on after what has been sent. A framing has told the peer that more
    /// comes: the connection is reset.
    void stopFile(ConnectionId id);
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
    class Client;
    void withClient(ConnectionId id, const std::function<void(Client&)>& action,
                    const std::shared_ptr<SendProgress>& progress = {});
    void removeEnded();

    ReactorThread m_thread;
    bool m_started = false;
    // The loop's thread only:
    std::unordered_map<ConnectionId, std::unique_ptr<Client>> m_clients;
    std::unique_ptr<StateWatch> m_watch;
};

} // namespace sscope
