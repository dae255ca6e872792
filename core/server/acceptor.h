#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/net/listener.h"
#include "core/server/connection_limits.h"
#include "core/server/session_loop.h"

namespace sscope {

/// Accepts for a server: admits within the limits, numbers, and hands each connection on. Where
/// there is no thread, process or descriptor left to serve one it is kept, and those after it wait
/// in the backlog. On the reactor's thread.
class Acceptor final : private Listener::Owner {
public:
    class Owner {
    public:
        /// Brings a connection to who serves it. A failure is a shortage that will pass: the
        /// arrival is left as it was, and tried again.
        virtual Result<void> place(Arrival& arrival) = 0;
        virtual void connectionRejected(const std::string& peer, Error error) = 0;
        /// Accepting pauses; told once for each episode.
        virtual void acceptFailed(Error error) = 0;

    protected:
        ~Owner() = default;
    };

    Acceptor(Reactor& reactor, const ServerConfig& config, Owner& owner);

    Result<void> listenOn(UniqueFd fd, Transport transport);
    /// For the next connection, or a datagram socket.
    std::uint32_t nextNumber() { return ++m_lastNumber; }
    /// While it does not accept, connections wait in the backlog.
    void setAccepting(bool accepting);
    /// For good; may be called from within a call to the owner.
    void stop();

private:
    void connectionAccepted(Listener& listener, UniqueFd fd, SocketAddress peer) override;
    void acceptFailed(Listener& listener, Error error) override;
    void handOn(Arrival arrival);
    void updateListeners();

    Reactor& m_reactor;
    const ServerConfig& m_config;
    Owner& m_owner;
    ConnectionLimits m_limits;
    std::uint32_t m_lastNumber = 0;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::optional<Arrival> m_waiting;
    Timer m_retry;
    bool m_shortageTold = false;
    bool m_accepting = true;
};

} // namespace sscope
