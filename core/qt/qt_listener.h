#pragma once

#include <memory>

#include <QObject>

#include "core/net/listener_link.h"
#include "core/qt/qt_event_loop.h"

namespace sscope {

/// Accepts by a server class of Qt's. Owned by a server's acceptor, on its loop's thread. After an
/// error of accept Qt's object is of no more use (a QLocalServer has closed its descriptor, a
/// QTcpServer calls each empty queue an error): so it has a copy of the descriptor, and after a
/// while there is another one.
class QtListener : public ListenerLink {
public:
    Result<void> start() final { return open(); }
    void stop() final;
    void setPaused(bool paused) final;

protected:
    QtListener(QtEventLoop& loop, UniqueFd fd, Transport transport, Owner& owner);

    /// The server that accepts on fd, which is then its own; null where Qt does not take it.
    virtual QObject* makeServer(int fd) = 0;
    virtual void closeServer(QObject& server) = 0;
    virtual void pauseServer(QObject& server, bool paused) = 0;

    void accepted(qintptr descriptor);
    void failed();

private:
    Result<void> open();
    void openAgain();
    void dropServer();
    void tellOnce(int number);

    QtEventLoop& m_loop;
    Owner& m_owner;
    UniqueFd m_fd;
    QObject* m_server = nullptr; // deleted by Qt's loop: it may be its signal that ends it
    Timer m_rest;
    bool m_paused = false;
    bool m_episodeTold = false;
};

std::unique_ptr<ListenerLink> makeQtListener(QtEventLoop& loop, UniqueFd fd, Transport transport,
                                             ListenerLink::Owner& owner);

} // namespace sscope
