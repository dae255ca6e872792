#pragma once

#include <deque>
#include <memory>
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
        /// One datagram could not be sent or received; the socket goes on. A connected socket gets
        /// the peer's ICMP errors here (ECONNREFUSED), from udp(7).
        virtual void datagramFailed(Error error) = 0;

    protected:
        ~Owner() = default;
    };

    DatagramSocket(Reactor& reactor, UniqueFd fd, std::size_t receiveSize, std::size_t maxQueue,
                   Owner& owner);
    ~DatagramSocket();

    Result<void> start();
    /// Sends to an address, or, where it is empty, to the connected peer. While the kernel takes
    /// no more, datagrams wait; beyond maxQueue bytes they are dropped and counted.
    void send(ByteView payload, const SocketAddress& to);
    void stop();

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] bool hasOutput() const { return !m_output.empty(); }
    [[nodiscard]] std::uint64_t droppedInQueue() const { return m_droppedInQueue; }

private:
    struct Waiting {
        std::vector<std::byte> payload;
        SocketAddress to;
    };
    struct ReceiveSlots;

    void handleEvents(Readiness ready) override;
    void receive();
    void flush();
    /// False where the kernel takes no more for now.
    bool sendNow(ByteView payload, const SocketAddress& to);
    void failed(int number, const char* operation, const SocketAddress& subject, std::size_t bytes);

    Reactor& m_reactor;
    UniqueFd m_fd;
    const std::size_t m_receiveSize;
    const std::size_t m_maxQueue;
    Owner& m_owner;
    Watch m_watch;
    std::unique_ptr<ReceiveSlots> m_slots;
    std::deque<Waiting> m_output;
    std::size_t m_queuedBytes = 0;
    std::uint64_t m_droppedInQueue = 0;
};

} // namespace sscope
