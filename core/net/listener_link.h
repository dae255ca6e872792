#pragma once

#include "core/base/unique_fd.h"
#include "core/net/endpoint.h"

namespace sscope {

/// A listening socket, whatever accepts there. Owned by a server, on the thread of its loop. It
/// survives whatever accept4(2) says: errors of one connection are passed over, and where the
/// process has no descriptors or memory left it leaves the queue alone for a while, so that
/// neither the processor nor the log is filled.
class ListenerLink {
public:
    class Owner {
    public:
        virtual void connectionAccepted(ListenerLink& listener, UniqueFd fd,
                                        SocketAddress peer) = 0;
        /// Accepting pauses, or, where the socket listens no more, is over; told once for each
        /// episode.
        virtual void acceptFailed(ListenerLink& listener, Error error) = 0;

    protected:
        ~Owner() = default;
    };

    virtual ~ListenerLink() = default;
    ListenerLink(const ListenerLink&) = delete;
    ListenerLink& operator=(const ListenerLink&) = delete;

    virtual Result<void> start() = 0;
    virtual void stop() = 0;
    /// While it is paused, connections wait in the backlog.
    virtual void setPaused(bool paused) = 0;

    [[nodiscard]] Transport transport() const { return m_transport; }
    [[nodiscard]] const SocketAddress& address() const { return m_address; }

protected:
    ListenerLink(Transport transport, SocketAddress address)
        : m_transport(transport), m_address(address) {}

private:
    const Transport m_transport;
    const SocketAddress m_address;
};

/// What accept4(2) says, with what a person can try.
Error acceptError(int number, const SocketAddress& address);

} // namespace sscope
