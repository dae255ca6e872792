#pragma once

#include <variant>

#include <QLocalSocket>
#include <QPointer>
#include <QSocketNotifier>
#include <QTcpSocket>

#include "core/base/byte_buffer.h"
#include "core/base/unique_fd.h"
#include "core/net/endpoint.h"
#include "core/net/stream_link.h"
#include "core/qt/qt_event_loop.h"

namespace sscope {

/// A connected stream in the hands of QTcpSocket or QLocalSocket. Owned by a session, on its loop's
/// thread. Qt closes a socket when it reads the end of the peer's direction, and makes one thing of
/// that and of a reset: so what has become readable is looked at before Qt reads it.
class QtStreamConnection final : public QObject, public StreamLink {
public:
    QtStreamConnection(QtEventLoop& loop, UniqueFd fd, Transport transport, const Limits& limits,
                       ConnectionTrace& trace, Owner& owner);
    ~QtStreamConnection() override;

    Result<void> start() override;
    void send(ByteView plain) override;
    void send(std::unique_ptr<ByteSource> source) override;
    void finishSending() override;
    void setReceiving(bool receiving) override;
    void close(CloseReason reason, Error error = {}) override;
    void abort(CloseReason reason, bool reset, Error error = {}) override;

    [[nodiscard]] bool takesMore() override;
    [[nodiscard]] bool hasRoom() const override {
        return !m_ended && !m_closing && !m_finishing && queued() <= highWater();
    }
    [[nodiscard]] bool hasEnded() const override { return m_ended; }
    [[nodiscard]] bool peerHasFinished() const override { return m_peerFinished; }
    [[nodiscard]] TimePoint lastActivity() const override { return m_lastActivity; }

private:
    template <typename Socket>
    bool open();
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool isForQt();
    void receive();
    void finishPeer();
    void written(qint64 count);
    void write(ByteView bytes);
    void pull();
    void afterSending();
    void socketFailed(QAbstractSocket::SocketError error);
    void failed(int number, const char* operation);
    void giveUpClosing();
    bool discardUnread();
    void finishClosing();
    void end(CloseReason reason, Error error);
    void letGo();

    [[nodiscard]] std::size_t highWater() const { return m_limits.maxQueue / 2; }
    [[nodiscard]] std::size_t unsent() const;
    [[nodiscard]] std::size_t queued() const { return unsent() + m_afterSource.size(); }
    [[nodiscard]] bool hasOutput() const { return unsent() > 0 || m_source; }

    QtEventLoop& m_loop;
    const Transport m_transport;
    const Limits m_limits;
    ConnectionTrace& m_trace;
    Owner& m_owner;
    UniqueFd m_fd; // until the socket has it
    std::variant<std::monostate, QTcpSocket, QLocalSocket> m_socket;
    QIODevice* m_device = nullptr; // the socket
    int m_descriptor = -1;         // the socket's
    QPointer<QSocketNotifier> m_readable;
    std::unique_ptr<ByteSource> m_source;
    ByteBuffer m_afterSource; // bytes that wait for the source's end
    TimePoint m_lastActivity;
    Timer m_closeTimer;
    CloseReason m_closeReason = CloseReason::Local;
    Error m_closeError;
    bool m_isHeld = false; // by setReceiving()
    bool m_paused = false; // reading; the peer does not take what it is sent
    bool m_peerFinished = false;
    bool m_finishing = false; // our direction ends once the queue is empty
    bool m_finished = false;
    bool m_closing = false;
    bool m_lingering = false; // closed but for what the peer still sends
    bool m_ended = false;
};

} // namespace sscope
