#include "core/qt/qt_server.h"

#include <csignal>
#include <utility>

#include <QSemaphore>
#include <QThread>

#include "core/qt/qt_datagram_session.h"
#include "core/qt/qt_listener.h"
#include "core/qt/qt_stream_session.h"
#include "core/server/datagram_session.h"

namespace sscope {

/// What lives on Qt's thread.
struct QtServer::Parts {
    explicit Parts(QtServer& server)
        : loop(TraceBatch(server.setup().outbox, server.setup().detail)),
          sessions(static_cast<SessionLoop::Owner&>(server), loop, {.name = "qt"}),
          acceptor(loop, server.config(), static_cast<Acceptor::Owner&>(server)) {}

    QtEventLoop loop;
    SessionLoop sessions;
    Acceptor acceptor;
};

class QtServer::Thread final : public QThread {
public:
    explicit Thread(QtServer& server) : m_server(server) { setObjectName(QStringLiteral("qt")); }

    Result<void> startAndWait() {
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all,
                          &before); // they are for the thread that waits for them
        start();
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
        if (!isRunning()) {
            Error error = systemError(EAGAIN, "start thread", "qt");
            error.hint.kind = Hint::Kind::Resources;
            return Failure(std::move(error));
        }
        m_ready.acquire();
        return {};
    }

private:
    void run() override {
        Parts parts(m_server);
        m_server.m_parts = &parts;
        m_ready.release();
        exec();
    }

    QtServer& m_server;
    QSemaphore m_ready;
};

QtServer::QtServer(ServerSetup setup)
    : ListeningServer(std::move(setup), "qt listen", PollerKind::Poll),
      m_gate(ownConfig()),
      m_thread(std::make_unique<Thread>(*this)),
      m_jobs(std::make_unique<JobRunner>()) {}

QtServer::~QtServer() {
    joinFirst();
    if (m_parts) // what sessions have asked for is given up with them
        QMetaObject::invokeMethod(
            &m_parts->loop, [this] { m_parts->sessions.clear(); }, Qt::BlockingQueuedConnection);
    m_jobs.reset(); // it posts to Qt's thread
    m_thread->quit();
    m_thread->wait();
}

Result<void> QtServer::start() {
    if (auto started = m_thread->startAndWait(); !started)
        return started;
    return ListeningServer::start();
}

Result<void> QtServer::serve(std::vector<OpenedSocket> sockets) {
    Result<void> served;
    QMetaObject::invokeMethod(
        &m_parts->loop,
        [&] {
            m_parts->loop.enter();
            served = listenOn(std::move(sockets));
        },
        Qt::BlockingQueuedConnection);
    return served;
}

Result<void> QtServer::listenOn(std::vector<OpenedSocket> sockets) {
    std::vector<std::pair<ConnectionId, lifecycle::Listening>> opened;
    for (OpenedSocket& socket : sockets) {
        lifecycle::Listening listening = describe(socket);
        ConnectionId connection{ownId(), 0};
        if (listening.isDatagram) {
            auto adopted = m_parts->sessions.adoptDatagramSocket(
                m_parts->acceptor.nextNumber(), std::move(socket.fd), socket.transport);
            if (!adopted)
                return Failure(std::move(adopted.error()));
            connection = *adopted;
        } else if (auto started =
                       m_parts->acceptor.listenOn(std::move(socket.fd), socket.transport);
                   !started) {
            return started;
        }
        opened.emplace_back(connection, std::move(listening));
    }
    for (auto& [connection, listening] : opened) // all or nothing
        m_parts->loop.trace().add(connection, std::move(listening));
    return {};
}

void QtServer::beginStop() {
    removePaths();
    m_parts->loop.post([this] {
        m_parts->acceptor.stop();
        m_parts->sessions.beginStop();
    });
}

void QtServer::loopDrained(SessionLoop&) {
    first().post([this] { announceStopped(); });
}

Result<void> QtServer::place(Arrival& arrival) {
    const std::string peer = arrival.peer;
    const std::uint32_t number = arrival.number;
    if (auto adopted = m_parts->sessions.adopt(std::move(arrival)); !adopted) {
        connectionRejected(peer, std::move(adopted.error()));
        sessionEnded(m_parts->sessions, number);
    }
    return {};
}

std::unique_ptr<ListenerLink> QtServer::makeListener(EventLoop&, UniqueFd fd, Transport transport,
                                                     ListenerLink::Owner& owner) {
    return makeQtListener(m_parts->loop, std::move(fd), transport, owner);
}

std::unique_ptr<Session> QtServer::makeSession(SessionHost& host, ConnectionId connection,
                                               Arrival arrival, std::string local) {
    return std::make_unique<QtStreamSession>(m_parts->loop, host, connection, arrival.transport,
                                             std::move(arrival.fd), std::move(arrival.peer),
                                             std::move(local));
}

std::unique_ptr<Session> QtServer::makeDatagramSession(SessionHost& host, ConnectionId connection,
                                                       UniqueFd fd, Transport transport) {
    if (transport == Transport::Udp)
        return std::make_unique<QtDatagramSession>(m_parts->loop, host, connection, std::move(fd));
    // Qt has no class for these: our own socket, over the notifiers of Qt's loop.
    return std::make_unique<DatagramSession>(host, connection, std::move(fd), transport);
}

void QtServer::connectionRejected(const std::string& peer, Error error) {
    TraceBatch& trace = m_parts->loop.trace();
    ++trace.totals().rejected;
    trace.touchTotals();
    trace.add({ownId(), 0}, lifecycle::Rejected{peer, std::move(error)});
    if (config().once)
        stop();
}

void QtServer::acceptFailed(Error error) {
    m_parts->loop.trace().add({ownId(), 0}, lifecycle::Failed{std::move(error)});
}

void QtServer::sessionEnded(SessionLoop&, std::uint32_t) {
    if (config().once)
        stop();
}

void QtServer::datagramHandled() {
    if (config().once)
        stop();
}

bool QtServer::submit(SessionLoop& loop, std::uint32_t session, JobToken token, Job job) {
    return m_jobs->submit(std::move(job), [&loop, session, token](std::string output) {
        loop.loop().post([&loop, session, token, output = std::move(output)] {
            loop.jobDone(session, token, output);
        });
    });
}

void QtServer::withSession(std::uint32_t connection, std::function<void(Session&)> action) {
    m_parts->loop.post([this, connection, action = std::move(action)] {
        if (Session* session = m_parts->sessions.find(connection))
            action(*session);
    });
}

void QtServer::send(std::uint32_t connection, PeerId peer, OwnedMessage message) {
    withSession(connection, [peer, kept = std::move(message)](Session& session) {
        session.send(peer, kept.view());
    });
}

void QtServer::finishSending(std::uint32_t connection) {
    withSession(connection, [](Session& session) { session.finishSending(); });
}

void QtServer::closeConnection(std::uint32_t connection, bool reset) {
    withSession(connection, [reset](Session& session) { session.endByHand(reset); });
}

} // namespace sscope
