#include "core/server/session_server.h"

#include <chrono>
#include <utility>

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr Duration retryDelay = 100ms;

} // namespace

SessionServer::SessionServer(ServerSetup setup, std::string threadName, PollerKind kind)
    : ListeningServer(std::move(setup), std::move(threadName), kind),
      m_firstLoop(static_cast<SessionLoop::Owner&>(*this), first(), {.name = firstName()}),
      m_limits(ownConfig().maxConnections, ownConfig().maxPerSource),
      m_retryTimer(first().timers(), [this] { retry(); }) {}

Result<void> SessionServer::serve(std::vector<OpenedSocket> sockets) {
    for (OpenedSocket& socket : sockets) {
        if (auto listening = listenOn(std::move(socket)); !listening)
            return listening;
    }
    return {};
}

Result<void> SessionServer::listenOn(OpenedSocket socket) {
    lifecycle::Listening listening = describe(socket);
    if (listening.isDatagram) {
        auto id =
            m_firstLoop.adoptDatagramSocket(++m_lastNumber, std::move(socket.fd), socket.transport);
        if (!id)
            return Failure(std::move(id.error()));
        tell(*id, std::move(listening));
        return {};
    }
    auto listener = std::make_unique<Listener>(first(), std::move(socket.fd), socket.transport,
                                               static_cast<Listener::Owner&>(*this));
    if (auto started = listener->start(); !started)
        return started;
    m_listeners.push_back(std::move(listener));
    tell(std::move(listening));
    return {};
}

void SessionServer::stopListening() {
    // Kept as objects: this may be called from within a call from one of them.
    for (const auto& listener : m_listeners)
        listener->stop();
    m_waiting.reset();
    m_retryTimer.stop();
    removePaths();
}

void SessionServer::beginStop() {
    m_stopping = true;
    stopListening();
    m_firstLoop.beginStop();
    stopOthers();
}

void SessionServer::loopDrained(SessionLoop&) {
    m_firstDrained = true; // others override, and come here for the first only
    checkDrained();
}

void SessionServer::othersDrained() {
    m_othersDrained = true;
    checkDrained();
}

void SessionServer::checkDrained() {
    if (m_firstDrained && m_othersDrained)
        announceStopped();
}

void SessionServer::connectionAccepted(Listener& listener, UniqueFd fd, SocketAddress peer) {
    const std::string source =
        config().maxPerSource ? connectionSource(fd.get(), peer) : std::string();
    std::string endpoint = endpointText(listener.transport(), peer);
    auto admitted = m_limits.admit(source);
    if (!admitted) {
        reject(first(), endpoint, std::move(admitted.error()));
        return;
    }
    takeOn({++m_lastNumber, std::move(fd), listener.transport(), std::move(endpoint),
            std::move(*admitted)});
    if (config().once && !m_waiting)
        stopListening();
}

void SessionServer::takeOn(Arrival arrival) {
    if (auto placed = place(arrival)) {
        m_shortageTold = false;
        return;
    } else if (!std::exchange(m_shortageTold, true)) {
        tell(lifecycle::Failed{std::move(placed.error())});
    }
    m_waiting = std::move(arrival);
    m_retryTimer.start(first().turnTime() + retryDelay);
    updateAccepting();
}

void SessionServer::retry() {
    takeOn(*std::exchange(m_waiting, std::nullopt));
    if (config().once && !m_waiting)
        stopListening();
    updateAccepting();
}

void SessionServer::setAccepting(bool accepting) {
    m_accepting = accepting;
    updateAccepting();
}

void SessionServer::updateAccepting() {
    for (const auto& listener : m_listeners)
        listener->setPaused(!m_accepting || m_waiting.has_value());
}

void SessionServer::adopt(SessionLoop& loop, Arrival arrival) {
    const std::string peer = arrival.peer;
    const std::uint32_t number = arrival.number;
    auto adopted = loop.adopt(std::move(arrival));
    if (adopted)
        return;
    reject(loop.reactor(), peer, std::move(adopted.error()));
    sessionEnded(loop, number);
}

void SessionServer::reject(Reactor& reactor, const std::string& peer, Error error) {
    ++reactor.trace().totals().rejected;
    reactor.trace().touchTotals();
    reactor.trace().add({id(), 0}, lifecycle::Rejected{peer, std::move(error)});
    if (config().once)
        stop();
}

void SessionServer::acceptFailed(Listener&, Error error) {
    tell(lifecycle::Failed{std::move(error)});
}

void SessionServer::sessionEnded(SessionLoop&, std::uint32_t) {
    if (config().once)
        stop();
}

void SessionServer::datagramHandled() {
    if (config().once)
        stop();
}

void SessionServer::send(std::uint32_t connection, PeerId peer, std::vector<std::byte> content) {
    const auto shared = std::make_shared<const std::vector<std::byte>>(std::move(content));
    withSession(connection, [peer, shared](Session& session) { session.send(peer, *shared); });
}

void SessionServer::finishSending(std::uint32_t connection) {
    withSession(connection, [](Session& session) { session.finishSending(); });
}

void SessionServer::closeConnection(std::uint32_t connection, bool reset) {
    withSession(connection, [reset](Session& session) {
        if (reset)
            session.abort(CloseReason::Local, true);
        else
            session.close(CloseReason::Local);
    });
}

} // namespace sscope
