#include "core/qt/qt_listener.h"

#include <cerrno>
#include <chrono>
#include <functional>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>

#include <QEvent>
#include <QLocalServer>
#include <QSocketNotifier>
#include <QTcpServer>

namespace sscope {

namespace {

constexpr Duration restLength = std::chrono::milliseconds(100);

/// Why no socket can be had now; 0 where one can. Qt tells of an error, but not its number.
int shortage() {
    const UniqueFd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    return probe.isOpen() ? 0 : errno;
}

bool isListening(int fd) {
    int listening = 0;
    socklen_t length = sizeof listening;
    return ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) == 0 && listening != 0;
}

UniqueFd copyOf(const UniqueFd& fd) {
    return UniqueFd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0));
}

/// Sees a shortage before QTcpServer tries to accept: its engine keeps the first error there was,
/// which is mostly that of an empty queue, and then takes every other one for that, without end.
class ShortageFilter final : public QObject {
public:
    ShortageFilter(QSocketNotifier* notifier, std::function<void()> found)
        : QObject(notifier), m_found(std::move(found)) {
        notifier->installEventFilter(this);
    }

private:
    bool eventFilter(QObject* notifier, QEvent* event) override {
        if (event->type() != QEvent::SockAct || shortage() == 0)
            return false;
        static_cast<QSocketNotifier*>(notifier)->setEnabled(false);
        m_found();
        return true;
    }

    const std::function<void()> m_found;
};

class TcpServer final : public QTcpServer {
public:
    explicit TcpServer(std::function<void(qintptr)> accepted) : m_accepted(std::move(accepted)) {}

private:
    void incomingConnection(qintptr descriptor) override { m_accepted(descriptor); }
    std::function<void(qintptr)> m_accepted;
};

class LocalServer final : public QLocalServer {
public:
    explicit LocalServer(std::function<void(qintptr)> accepted) : m_accepted(std::move(accepted)) {}

private:
    void incomingConnection(quintptr descriptor) override {
        m_accepted(static_cast<qintptr>(descriptor));
    }
    std::function<void(qintptr)> m_accepted;
};

class QtTcpListener final : public QtListener {
public:
    QtTcpListener(QtEventLoop& loop, UniqueFd fd, Owner& owner)
        : QtListener(loop, std::move(fd), Transport::Tcp, owner) {}
    ~QtTcpListener() override { stop(); }

private:
    QObject* makeServer(int fd) override {
        auto server = std::make_unique<TcpServer>([this](qintptr accept) { accepted(accept); });
        if (!server->setSocketDescriptor(fd))
            return nullptr;
        QObject::connect(server.get(), &QTcpServer::acceptError, server.get(),
                         [this] { failed(); });
        new ShortageFilter(server->findChild<QSocketNotifier*>(), [this, of = server.get()] {
            // Not from within the notifier's own event: it goes with the server.
            QMetaObject::invokeMethod(
                of, [this] { failed(); }, Qt::QueuedConnection);
        });
        return server.release();
    }
    void closeServer(QObject& server) override { static_cast<TcpServer&>(server).close(); }
    void pauseServer(QObject& server, bool paused) override {
        auto& tcp = static_cast<TcpServer&>(server);
        paused ? tcp.pauseAccepting() : tcp.resumeAccepting();
    }
};

class QtLocalListener final : public QtListener {
public:
    QtLocalListener(QtEventLoop& loop, UniqueFd fd, Owner& owner)
        : QtListener(loop, std::move(fd), Transport::Unix, owner) {}
    ~QtLocalListener() override { stop(); }

private:
    QObject* makeServer(int fd) override {
        auto server = std::make_unique<LocalServer>([this](qintptr accept) { accepted(accept); });
        if (!server->listen(qintptr{fd}))
            return nullptr;
        // So that it leaves the path alone when it closes: who bound it removes it.
        server->setSocketOptions(QLocalServer::AbstractNamespaceOption);
        // It says nothing when it closes itself, but drops its notifier.
        QObject::connect(
            notifierOf(*server), &QObject::destroyed, server.get(), [this] { failed(); },
            Qt::QueuedConnection); // when it is gone as a child, too
        return server.release();
    }
    void closeServer(QObject& server) override { static_cast<LocalServer&>(server).close(); }
    void pauseServer(QObject& server, bool paused) override {
        notifierOf(server)->setEnabled(!paused);
    }
    static QSocketNotifier* notifierOf(const QObject& server) {
        return server.findChild<QSocketNotifier*>();
    }
};

} // namespace

QtListener::QtListener(QtEventLoop& loop, UniqueFd fd, Transport transport, Owner& owner)
    : ListenerLink(transport, SocketAddress::localOf(fd.get())),
      m_loop(loop),
      m_owner(owner),
      m_fd(std::move(fd)),
      m_rest(loop.timers(), [this] { openAgain(); }) {}

Result<void> QtListener::open() {
    UniqueFd copy = copyOf(m_fd);
    if (!copy.isOpen())
        return Failure(acceptError(errno, address()));
    m_server = makeServer(copy.get());
    if (!m_server)
        return Failure(systemError(ENOTSUP, "setSocketDescriptor", address().text()));
    (void)copy.release();
    pauseServer(*m_server, m_paused);
    return {};
}

void QtListener::openAgain() {
    if (open())
        return;
    tellOnce(shortage());
    m_rest.start(m_loop.turnTime() + restLength);
}

void QtListener::setPaused(bool paused) {
    if (std::exchange(m_paused, paused) != paused && m_server)
        pauseServer(*m_server, paused);
}

void QtListener::stop() {
    m_rest.stop();
    dropServer();
    m_fd.reset();
}

void QtListener::dropServer() {
    QObject* server = std::exchange(m_server, nullptr);
    if (!server)
        return;
    // Also what its notifier tells when it goes, which is later.
    server->disconnect();
    const auto children = server->findChildren<QObject*>();
    for (QObject* child : children)
        child->disconnect(server);
    closeServer(*server);
    server->deleteLater();
}

void QtListener::accepted(qintptr descriptor) {
    m_loop.enter();
    m_episodeTold = false;
    UniqueFd fd(static_cast<int>(descriptor));
    const SocketAddress peer = SocketAddress::peerOf(fd.get());
    m_owner.connectionAccepted(*this, std::move(fd), peer);
}

void QtListener::failed() {
    if (!m_server)
        return; // stopped meanwhile
    m_loop.enter();
    dropServer();
    if (!isListening(m_fd.get())) {
        stop();
        tellOnce(EINVAL); // as after `ss --kill`
        return;
    }
    const UniqueFd asBefore = copyOf(m_fd);
    tellOnce(shortage());
    m_rest.start(m_loop.turnTime() + restLength);
}

/// 0 where it is not known any more, or was the error of one connection.
void QtListener::tellOnce(int number) {
    if (number != 0 && !std::exchange(m_episodeTold, true))
        m_owner.acceptFailed(*this, acceptError(number, address()));
}

std::unique_ptr<ListenerLink> makeQtListener(QtEventLoop& loop, UniqueFd fd, Transport transport,
                                             ListenerLink::Owner& owner) {
    if (transport == Transport::Tcp)
        return std::make_unique<QtTcpListener>(loop, std::move(fd), owner);
    return std::make_unique<QtLocalListener>(loop, std::move(fd), owner);
}

} // namespace sscope
