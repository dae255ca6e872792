#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <sys/socket.h>

#include "core/base/unique_fd.h"
#include "core/net/datagram_link.h"
#include "core/reactor/event_loop.h"

namespace sscope {

/// One datagram socket, bound or connected. Owned by a session, on its loop's thread. Receives
/// in groups (recvmmsg(2)), so that a burst is fetched before the kernel's buffer is full.
class DatagramSocket final : public DatagramLink, private EventHandler {
public:
    DatagramSocket(EventLoop& loop, UniqueFd fd, std::size_t receiveSize, std::size_t maxQueue,
                   Owner& owner);
    ~DatagramSocket();

    Result<void> start() override;
    void send(ByteView payload, const SocketAddress& to) override;
    void setReceiving(bool receiving) override;
    void stop() override;

    [[nodiscard]] int fd() const override { return m_fd.get(); }
    [[nodiscard]] bool hasOutput() const { return !m_output.empty(); }
    [[nodiscard]] std::size_t queued() const override { return m_queuedBytes; }

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
    bool takeReports();
    void takeError();
    void flush();
    [[nodiscard]] std::string queueOf(const SocketAddress& to) const;
    bool flushQueue(Queue& queue);
    Outcome sendNow(ByteView payload, const SocketAddress& to);
    void waitFor(Outcome outcome);
    void updateInterest();
    void failed(int number, const char* operation, const SocketAddress& to, std::size_t bytes);

    EventLoop& m_loop;
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
