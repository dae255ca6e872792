#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/net/error_queue.h"
#include "core/net/socket_address.h"

namespace sscope {

/// One bound or connected datagram socket, whatever moves its datagrams. Owned by a session, on the
/// thread of its loop.
class DatagramLink {
public:
    class Owner {
    public:
        /// realSize is more than the payload's where the receive size has cut it.
        virtual void datagramReceived(ByteView payload, std::size_t realSize,
                                      const SocketAddress& from) = 0;
        /// The kernel has taken it.
        virtual void datagramSent(ByteView payload, const SocketAddress& to) = 0;
        /// One datagram could not be sent or received, or found no room in the queue; the socket
        /// goes on. What hosts report by ICMP of a datagram that was sent comes here too: always
        /// where reports are kept (error_queue.h), else only where the socket is connected
        /// (udp(7)).
        virtual void datagramFailed(Error error) = 0;

    protected:
        ~Owner() = default;
    };

    virtual Result<void> start() = 0;
    /// Sends to an address, or, where it is empty, to the connected peer. While the kernel takes
    /// no more, datagrams wait; beyond the queue's cap they are dropped, and the owner is told.
    virtual void send(ByteView payload, const SocketAddress& to) = 0;
    /// While it does not receive, what comes waits in the kernel's buffer.
    virtual void setReceiving(bool receiving) = 0;
    /// The owner may call this from within its calls.
    virtual void stop() = 0;

    [[nodiscard]] virtual int fd() const = 0;
    /// Bytes that wait, with what keeping them costs.
    [[nodiscard]] virtual std::size_t queued() const = 0;

protected:
    ~DatagramLink() = default;
};

/// What the system says of one datagram of so many bytes, with what a person can try.
Error datagramError(int number, const char* operation, const SocketAddress& subject,
                    std::size_t bytes);
/// The same of what a host has reported.
Error reportedError(const QueuedReport& report);

} // namespace sscope
