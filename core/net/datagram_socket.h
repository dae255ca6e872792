#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <sys/socket.h>

#include "core/base/unique_fd.h"
#include "core/net/socket_address.h"
#include "core/reactor/reactor.h"
#include "core/trace/trace_batch.h"

namespace sscope {

/// One datagram socket, bound or connected. Owned by a session, on its reactor's thread. Receives
/// in groups (recvmmsg(2)), so that a burst is fetched before the kernel's buffer is full.
class DatagramSocket final : private EventHandler {
public:
    class Owner {
    public:
        /// realSize is more than the payload's where the receive size has cut it.
        virtual void datagramReceived(ByteView payload, std::size_t realSize,
                                      const SocketAddress& from) = 0;
        virtual void datagramSent(std::size_t bytes, const SocketAddress& to) = 0;
        /// One datagram could not be sent or received, or found no room in the queue; the socket
        /// goes on. A connected socket gets the peer's ICMP errors here (ECONNREFUSED), from
        /// udp(7).
        virtual void datagramFailed(Error error) = 0;

    protected:
        ~Owner() = default;
    };

    DatagramSocket(Reactor& reactor, UniqueFd fd, std::size_t receiveSize, std::size_t maxQueue,
                   Owner& owner);
    ~DatagramSocket();

    Result<void> start();
    /// Sends to an address, or, where it is empty, to the connected peer. While the kernel takes
    /// no more, datagrams wait; beyond maxQueue bytes they are dropped, and the owner is told.
    void send(ByteView payload, const SocketAddress& to);
    /// While it does not receive, what comes waits in the kernel's buffer.
    void setReceiving(bool receiving);
    /// The owner may call this from within its calls.
    void stop();

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] bool hasOutput() const { return !m_output.empty(); }
    /// Bytes that wait, with what keeping them costs.
    [[nodiscard]] std::size_t queued() const { return m_queuedBytes; }

private:
    struct Waiting {
        std::vector<std::byte> payload;
        SocketAddress to;
    };
    /// What wait for the same thing, oldest first. Of an unconnected Unix socket that is the
    /// receiver, whose own queue is full (unix(7)); of all others our send buffer.
    using Queue = std::deque<Waiting>;
    struct ReceiveSlots;
    enum class Outcome {
        Done,  // sent, or failed and told
        Room,  // the socket will say when there is room
        Later, // nothing will say
    };

    void handleEvents(Readiness ready) override;
    void receive();
    void takeError();
    void flush();
    [[nodiscard]] std::string queueOf(const SocketAddress& to) const;
    bool flushQueue(Queue& queue);
    Outcome sendNow(ByteView payload, const SocketAddress& to);
    void waitFor(Outcome outcome);
    void updateInterest();
    void failed(int number, const char* operation, const SocketAddress& to, std::size_t bytes);

    Reactor& m_reactor;
    UniqueFd m_fd;
    const std::size_t m_receiveSize;
    const std::size_t m_maxQueue;
    Owner& m_owner;
    Watch m_watch;
    std::unique_ptr<ReceiveSlots> m_slots;
    const bool m_isUnix;
    std::map<std::string, Queue> m_output; // by queueOf(); none is empty but while it is flushed
    std::size_t m_queuedBytes = 0;
    bool m_receiving = true;
    bool m_waitsForRoom = false;
    Timer m_retry;
};

} // namespace sscope
