#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/net/listener.h"
#include "core/server/listening_server.h"
#include "core/server/session_loop.h"

namespace sscope {

/// The models that serve connections in loops of this process. Listens in the first loop, which
/// also serves the datagram sockets; a model says which loop takes a connection.
class SessionServer : public ListeningServer,
                      protected SessionLoop::Owner,
                      private Listener::Owner {
public:
    void send(std::uint32_t connection, PeerId peer, std::vector<std::byte> content) final;
    void finishSending(std::uint32_t connection) final;
    void closeConnection(std::uint32_t connection, bool reset) final;

protected:
    SessionServer(ServerSetup setup, std::string threadName, PollerKind kind);

    // The first loop's thread:
    /// Brings a connection to its loop. A failure is told, and tried again after a while: the
    /// arrival is then left as it was.
    virtual Result<void> place(Arrival& arrival) = 0;
    /// The loops beside the first end their sessions; othersDrained() is to be called after that.
    virtual void stopOthers() = 0;
    virtual void sessionGone(std::uint32_t /*number*/) {}
    void othersDrained();
    void setAccepting(bool accepting);

    // Any thread:
    /// Runs action on the thread of the connection's loop, where it is still there.
    virtual void withSession(std::uint32_t connection, std::function<void(Session&)> action) = 0;
    /// Adopts on the loop's own thread, or tells why not.
    void adopt(SessionLoop& loop, Arrival arrival);

    SessionLoop& firstLoop() { return m_firstLoop; }
    // SessionLoop::Owner; any loop's thread
    const ServerConfig& config() const final { return ownConfig(); }
    OwnerId id() const final { return ownId(); }
    void sessionEnded(SessionLoop& loop, std::uint32_t number) override;
    void datagramHandled() final;
    void loopDrained(SessionLoop& loop) override;

private:
    Result<void> serve(std::vector<OpenedSocket> sockets) final;
    void beginStop() final;
    void connectionAccepted(Listener& listener, UniqueFd fd, SocketAddress peer) override;
    void acceptFailed(Listener& listener, Error error) override;

    Result<void> listenOn(OpenedSocket socket);
    void stopListening();
    void takeOn(Arrival arrival);
    void retry();
    void updateAccepting();
    void reject(Reactor& reactor, const std::string& peer, Error error);
    void checkDrained();

    SessionLoop m_firstLoop;
    ConnectionLimits m_limits;
    std::uint32_t m_lastNumber = 0;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    /// Accepted when there was no thread or descriptor left to serve it; those after it wait in
    /// the backlog.
    std::optional<Arrival> m_waiting;
    Timer m_retryTimer;
    bool m_shortageTold = false;
    bool m_accepting = true;
    bool m_stopping = false;
    bool m_firstDrained = false;
    bool m_othersDrained = false;
};

} // namespace sscope
