#pragma once

#include <deque>
#include <vector>

#include <QUdpSocket>

#include "core/base/unique_fd.h"
#include "core/net/datagram_link.h"
#include "core/qt/qt_event_loop.h"

namespace sscope {

/// A bound UDP socket in the hands of QUdpSocket. Owned by a session, on its loop's thread. Qt
/// fetches one datagram at a time, and does not say how long one was that it has cut: its length is
/// asked for before it is fetched.
class QtDatagramSocket final : public QObject, public DatagramLink {
public:
    QtDatagramSocket(QtEventLoop& loop, UniqueFd fd, std::size_t receiveSize, std::size_t maxQueue,
                     Owner& owner);
    ~QtDatagramSocket() override;

    Result<void> start() override;
    void send(ByteView payload, const SocketAddress& to) override;
    void setReceiving(bool receiving) override;
    void stop() override;

    [[nodiscard]] int fd() const override { return m_descriptor; }
    [[nodiscard]] std::size_t queued() const override { return m_queuedBytes; }

private:
    struct Waiting {
        std::vector<std::byte> payload;
        SocketAddress to;
    };

    void receive();
    bool receiveOne();
    /// False where there is no room now.
    bool sendNow(ByteView payload, const SocketAddress& to);
    void flush();

    QtEventLoop& m_loop;
    UniqueFd m_fd; // until the socket has it
    const std::size_t m_receiveSize;
    const std::size_t m_maxQueue;
    Owner& m_owner;
    QUdpSocket m_socket;
    int m_descriptor = -1; // the socket's
    std::deque<Waiting> m_output;
    std::size_t m_queuedBytes = 0;
    Timer m_retry; // QUdpSocket has no signal for room
    bool m_receiving = true;
    bool m_stopped = false;
};

} // namespace sscope
