#pragma once

#include "core/base/unique_fd.h"
#include "core/net/endpoint.h"
#include "core/reactor/reactor.h"

namespace sscope {

/// Accepts connections on a listening socket. Owned by a server's first loop, on its thread. It
/// survives whatever accept4(2) says: errors of one connection are passed over, and where the
/// process has no descriptors or memory left it leaves the queue alone for a while, so that
/// neither the processor nor the log is filled.
class Listener final : private EventHandler {
public:
    class Owner {
    public:
        virtual void connectionAccepted(Listener& listener, UniqueFd fd, SocketAddress peer) = 0;
        /// Accepting pauses, or, where the socket listens no more, is over; told once for each
        /// episode.
        virtual void acceptFailed(Listener& listener, Error error) = 0;

    protected:
        ~Owner() = default;
    };

    Listener(Reactor& reactor, UniqueFd fd, Transport transport, Owner& owner);

    Result<void> start();
    void stop();
    /// While it is paused, connections wait in the backlog.
    void setPaused(bool paused);
    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] Transport transport() const { return m_transport; }
    [[nodiscard]] const SocketAddress& address() const { return m_address; }

private:
    void handleEvents(Readiness ready) override;
    bool acceptOne();
    void restAWhile();
    void updateInterest();
    void tellOnce(int number);

    Reactor& m_reactor;
    UniqueFd m_fd;
    Transport m_transport;
    SocketAddress m_address;
    Owner& m_owner;
    Watch m_watch;
    Timer m_resume;
    bool m_paused = false;
    bool m_episodeTold = false;
};

} // namespace sscope
