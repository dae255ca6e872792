#include "core/server/session_server.h"

#include <utility>

namespace sscope {

SessionServer::SessionServer(ServerSetup setup, std::string threadName, PollerKind kind)
    : ListeningServer(std::move(setup), std::move(threadName), kind),
      m_gate(ownConfig()),
      m_firstLoop(static_cast<SessionLoop::Owner&>(*this), first(), {.name = firstName()}),
      m_acceptor(first(), ownConfig(), static_cast<Acceptor::Owner&>(*this)) {}

Result<void> SessionServer::serve(std::vector<OpenedSocket> sockets) {
    std::vector<std::pair<ConnectionId, lifecycle::Listening>> listening; // all, or none is told
    for (OpenedSocket& socket : sockets) {
        lifecycle::Listening description = describe(socket);
        auto taken = listenOn(std::move(socket));
        if (!taken)
            return Failure(std::move(taken.error()));
        listening.emplace_back(*taken, std::move(description));
    }
    for (auto& [connection, description] : listening)
        tell(connection, std::move(description));
    return {};
}

Result<ConnectionId> SessionServer::listenOn(OpenedSocket socket) {
    if (isDatagram(socket.transport)) {
        auto id = m_firstLoop.adoptDatagramSocket(m_acceptor.nextNumber(), std::move(socket.fd),
                                                  socket.transport);
        if (!id)
            return Failure(std::move(id.error()));
        return *id;
    }
    if (auto started = m_acceptor.listenOn(std::move(socket.fd), socket.transport); !started)
        return Failure(std::move(started.error()));
    return ConnectionId{id(), 0};
}

void SessionServer::beginStop() {
    m_acceptor.stop();
    removePaths();
    m_firstLoop.beginStop();
    stopOthers();
}

void SessionServer::loopDrained(SessionLoop&) {
    m_firstDrained = true; // models with others override this, and come here for the first
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

void SessionServer::adopt(SessionLoop& loop, Arrival arrival) {
    const std::string peer = arrival.peer;
    const std::uint32_t number = arrival.number;
    auto adopted = loop.adopt(std::move(arrival));
    if (adopted)
        return;
    reject(loop.loop(), peer, std::move(adopted.error()));
    sessionEnded(loop, number);
}

void SessionServer::reject(EventLoop& loop, const std::string& peer, Error error) {
    ++loop.trace().totals().rejected;
    loop.trace().touchTotals();
    loop.trace().add({id(), 0}, lifecycle::Rejected{peer, std::move(error)});
    if (config().once)
        stop();
}

void SessionServer::sessionEnded(SessionLoop&, std::uint32_t) {
    if (config().once)
        stop();
}

void SessionServer::datagramHandled() {
    if (config().once)
        stop();
}

void SessionServer::send(std::uint32_t connection, PeerId peer, OwnedMessage message) {
    const auto shared = std::make_shared<const OwnedMessage>(std::move(message));
    withSession(connection,
                [peer, shared](Session& session) { session.send(peer, shared->view()); });
}

void SessionServer::finishSending(std::uint32_t connection) {
    withSession(connection, [](Session& session) { session.finishSending(); });
}

void SessionServer::closeConnection(std::uint32_t connection, bool reset) {
    withSession(connection, [reset](Session& session) { session.endByHand(reset); });
}

void SessionServer::record(std::uint32_t connection, std::shared_ptr<ByteTee> tee) {
    withSession(connection, [tee = std::move(tee)](Session& session) { session.record(tee); });
}

} // namespace sscope
