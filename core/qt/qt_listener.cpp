#include "core/qt/qt_listener.h"

#include <cerrno>
#include <chrono>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>

namespace sscope {

namespace {

constexpr Duration restLength = std::chrono::milliseconds(100);

/// Why no descriptor can be had now; 0 where one can. Qt tells of an error, but not its number.
int shortage() {
    const UniqueFd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    return probe.isOpen() ? 0 : errno;
}

bool isListening(int fd) {
    int listening = 0;
    socklen_t length = sizeof listening;
    return ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) == 0 && listening != 0;
}

} // namespace

QtListener::QtListener(QtEventLoop& loop, Transport transport, const UniqueFd& fd, Owner& owner)
    : ListenerLink(transport, SocketAddress::localOf(fd.get())),
      m_loop(loop),
      m_owner(owner),
      m_rest(loop.timers(), [this] { goOn(); }) {}

void QtListener::accepted(qintptr descriptor) {
    m_loop.enter();
    m_episodeTold = false;
    UniqueFd fd(static_cast<int>(descriptor));
    const SocketAddress peer = SocketAddress::peerOf(fd.get());
    m_owner.connectionAccepted(*this, std::move(fd), peer);
}

void QtListener::restAWhile(int number) {
    m_rest.start(m_loop.turnTime() + restLength);
    tellOnce(number);
}

void QtListener::isOver(int number) {
    stop();
    tellOnce(number);
}

void QtListener::tellOnce(int number) {
    if (number != 0 && !std::exchange(m_episodeTold, true))
        m_owner.acceptFailed(*this, acceptError(number, address()));
}

class QtTcpListener::Server final : public QTcpServer {
public:
    explicit Server(QtTcpListener& listener) : m_listener(listener) {}

private:
    void incomingConnection(qintptr descriptor) override { m_listener.accepted(descriptor); }

    QtTcpListener& m_listener;
};

QtTcpListener::QtTcpListener(QtEventLoop& loop, UniqueFd fd, Owner& owner)
    : QtListener(loop, Transport::Tcp, fd, owner), m_fd(std::move(fd)) {}

QtTcpListener::~QtTcpListener() = default;

Result<void> QtTcpListener::start() {
    m_server = std::make_unique<Server>(*this);
    if (!m_server->setSocketDescriptor(m_fd.get()))
        return Failure(systemError(ENOTSUP, "setSocketDescriptor", address().text()));
    (void)m_fd.release();
    QObject::connect(m_server.get(), &QTcpServer::acceptError, m_server.get(),
                     [this](QAbstractSocket::SocketError error) { acceptFailed(error); });
    return {};
}

void QtTcpListener::stop() {
    stopResting();
    m_server->close();
}

void QtTcpListener::setPaused(bool paused) {
    m_paused = paused;
    if (paused)
        m_server->pauseAccepting();
    else
        goOn();
}

void QtTcpListener::goOn() {
    if (m_server->isListening() && !m_paused && !isResting())
        m_server->resumeAccepting();
}

void QtTcpListener::acceptFailed(QAbstractSocket::SocketError error) {
    loop().enter();
    const int number = shortage();
    if (!isListening(static_cast<int>(m_server->socketDescriptor())))
        isOver(EINVAL);
    else if (number != 0 || error == QAbstractSocket::SocketResourceError)
        restAWhile(number != 0 ? number : ENOBUFS);
    else
        goOn(); // the failure of one connection that is gone from the queue
}

class QtLocalListener::Server final : public QLocalServer {
public:
    explicit Server(QtLocalListener& listener) : m_listener(listener) {
        // So that it leaves the path alone when it closes: the path is removed by who bound it.
        setSocketOptions(AbstractNamespaceOption);
    }

private:
    void incomingConnection(quintptr descriptor) override {
        m_listener.accepted(static_cast<qintptr>(descriptor));
    }

    QtLocalListener& m_listener;
};

QtLocalListener::QtLocalListener(QtEventLoop& loop, UniqueFd fd, Owner& owner)
    : QtListener(loop, Transport::Unix, fd, owner), m_fd(std::move(fd)) {}

QtLocalListener::~QtLocalListener() {
    stop();
}

Result<void> QtLocalListener::start() {
    return open();
}

Result<void> QtLocalListener::open() {
    UniqueFd copy(::fcntl(m_fd.get(), F_DUPFD_CLOEXEC, 0));
    if (!copy.isOpen())
        return Failure(systemError(errno, "dup", address().text()));
    auto server = std::make_unique<Server>(*this);
    if (!server->listen(qintptr{copy.get()}))
        return Failure(systemError(ENOTSUP, "listen", address().text()));
    (void)copy.release();
    m_notifier = server->findChild<QSocketNotifier*>();
    if (!m_notifier)
        return Failure(systemError(ENOTSUP, "listen", address().text()));
    m_server = server.release();
    QObject::connect(m_notifier, &QObject::destroyed, &loop(), [this] { closedItself(); });
    return {};
}

void QtLocalListener::stop() {
    stopResting();
    if (m_notifier)
        m_notifier->disconnect(&loop());
    m_notifier = nullptr;
    if (m_server) {
        m_server->close();
        m_server->deleteLater();
    }
    m_server = nullptr;
    m_fd.reset();
}

void QtLocalListener::setPaused(bool paused) {
    m_paused = paused;
    if (m_notifier)
        m_notifier->setEnabled(!paused);
}

void QtLocalListener::closedItself() {
    loop().enter();
    m_notifier = nullptr;
    std::exchange(m_server, nullptr)->deleteLater();
    if (isListening(m_fd.get()))
        restAWhile(shortage());
    else
        isOver(EINVAL);
}

void QtLocalListener::goOn() {
    if (auto opened = open(); !opened)
        restAWhile(shortage());
    else
        setPaused(m_paused);
}

} // namespace sscope
