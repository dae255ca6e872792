#pragma once

#include <memory>

#include <QLocalServer>
#include <QTcpServer>

#include "core/net/listener_link.h"
#include "core/qt/qt_event_loop.h"

namespace sscope {

/// What the two below share. Owned by a server's acceptor, on its loop's thread.
class QtListener : public ListenerLink {
protected:
    QtListener(QtEventLoop& loop, Transport transport, const UniqueFd& fd, Owner& owner);

    void accepted(qintptr descriptor);
    /// Tells why, once for each episode, and calls goOn() after a while; 0 is not known any more.
    void restAWhile(int number);
    /// The socket listens no more.
    void isOver(int number);
    [[nodiscard]] bool isResting() const { return m_rest.isActive(); }
    void stopResting() { m_rest.stop(); }
    virtual void goOn() = 0;
    QtEventLoop& loop() { return m_loop; }

private:
    void tellOnce(int number);

    QtEventLoop& m_loop;
    Owner& m_owner;
    Timer m_rest;
    bool m_episodeTold = false;
};

/// Accepts by QTcpServer, which after an error leaves the queue alone until it is told to go on.
class QtTcpListener final : public QtListener {
public:
    QtTcpListener(QtEventLoop& loop, UniqueFd fd, Owner& owner);
    ~QtTcpListener() override;

    Result<void> start() override;
    void stop() override;
    void setPaused(bool paused) override;

private:
    class Server;
    void acceptFailed(QAbstractSocket::SocketError error);
    void goOn() override;

    UniqueFd m_fd; // until Qt's server has it
    std::unique_ptr<Server> m_server;
    bool m_paused = false;
};

/// Accepts by QLocalServer, which after an error closes its descriptor without a word: it is given
/// a copy, and after a while another one.
class QtLocalListener final : public QtListener {
public:
    QtLocalListener(QtEventLoop& loop, UniqueFd fd, Owner& owner);
    ~QtLocalListener() override;

    Result<void> start() override;
    void stop() override;
    void setPaused(bool paused) override;

private:
    class Server;
    Result<void> open();
    void closedItself();
    void goOn() override;

    UniqueFd m_fd;
    Server* m_server = nullptr; // deleted by Qt's loop: it may be its signal that ends it
    QSocketNotifier* m_notifier = nullptr;
    bool m_paused = false;
};

} // namespace sscope
