#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/server/acceptor.h"
#include "core/server/listening_server.h"
#include "core/server/session_loop.h"

namespace sscope {

/// The models that serve connections in loops of this process. Listens in the first loop, which
/// also serves the datagram sockets; a model says which loop takes a connection.
class SessionServer : public ListeningServer,
                      protected SessionLoop::Owner,
                      protected Acceptor::Owner {
public:
    void send(std::uint32_t connection, PeerId peer, OwnedMessage message) final;
    void finishSending(std::uint32_t connection) final;
    void closeConnection(std::uint32_t connection, bool reset) final;
    void record(std::uint32_t connection, std::shared_ptr<ByteTee> tee) final;

protected:
    SessionServer(ServerSetup setup, std::string threadName, PollerKind kind);

    // The first loop's thread, as place() of Acceptor::Owner is:
    /// The loops beside the first end their sessions; othersDrained() is to be called after that.
    virtual void stopOthers() = 0;
    void othersDrained();
    void setAccepting(bool accepting) { m_acceptor.setAccepting(accepting); }

    // Any thread:
    /// Runs action on the thread of the connection's loop, where it is still there.
    virtual void withSession(std::uint32_t connection, std::function<void(Session&)> action) = 0;
    /// Adopts on the loop's own thread, or tells why not.
    void adopt(SessionLoop& loop, Arrival arrival);

    SessionLoop& firstLoop() { return m_firstLoop; }
    // SessionLoop::Owner; any loop's thread
    const ServerConfig& config() const final { return ownConfig(); }
    OwnerId id() const final { return ownId(); }
    CommandGate& commandGate() final { return m_gate; }
    ChatHub* chatHub() final { return hub(); }
    void sessionEnded(SessionLoop& loop, std::uint32_t number) override;
    void datagramHandled() final;
    void loopDrained(SessionLoop& loop) override;

private:
    Result<void> serve(std::vector<OpenedSocket> sockets) final;
    void beginStop() final;
    void connectionRejected(const std::string& peer, Error error) override {
        reject(first(), peer, std::move(error));
    }
    void acceptFailed(Error error) override { tell(lifecycle::Failed{std::move(error)}); }

    Result<ConnectionId> listenOn(OpenedSocket socket);
    void reject(EventLoop& loop, const std::string& peer, Error error);
    void checkDrained();

    CommandGate m_gate;
    SessionLoop m_firstLoop;
    Acceptor m_acceptor;
    bool m_firstDrained = false;
    bool m_othersDrained = false;
};

} // namespace sscope
