#include "core/server/reactor_server.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fmt/format.h>

#include "core/net/socket_options.h"

namespace sscope {

ReactorServer::ReactorServer(PollerKind kind, ServerSetup setup) : m_setup(std::move(setup)) {
    const auto count = static_cast<std::uint32_t>(std::max(1, m_setup.config.loops));
    for (std::uint32_t index = 0; index < count; ++index) {
        TraceBatch trace(m_setup.outbox, m_setup.detail);
        m_loops.push_back(std::make_unique<ServerLoop>(static_cast<ServerLoop::Owner&>(*this),
                                                       index, kind, std::move(trace)));
    }
}

ReactorServer::~ReactorServer() {
    for (const auto& loop : m_loops)
        loop->stopAndJoin();
}

Result<void> ReactorServer::start() {
    m_loopsRunning = m_loops.size();
    for (const auto& loop : m_loops) {
        if (auto started = loop->start(); !started)
            return started;
    }
    firstReactor().post([this] {
        m_plan = std::make_unique<ListenPlan>(firstReactor(), config(),
                                              static_cast<ListenPlan::Owner&>(*this));
        m_plan->start();
    });
    return {};
}

void ReactorServer::stop() {
    if (m_stopAsked.exchange(true))
        return;
    firstReactor().post([this] { beginStop(); });
}

void ReactorServer::beginStop() {
    m_plan.reset();
    stopListening();
    for (const auto& loop : m_loops)
        loop->reactor().post([target = loop.get()] { target->beginStop(); });
}

void ReactorServer::loopDrained() {
    if (--m_loopsRunning == 0)
        firstReactor().post([this] { announceStopped(); });
}

void ReactorServer::announceStopped() {
    if (!m_failed)
        tell(lifecycle::Stopped{});
    for (const auto& loop : m_loops)
        loop->reactor().stop();
}

void ReactorServer::tell(lifecycle::Event what) {
    firstReactor().trace().add({id(), 0}, std::move(what));
}

void ReactorServer::addressResolved(const AddressInfo& info) {
    tell(lifecycle::Resolved{familyName(info.family), socketTypeName(info.type),
                             protocolName(info.protocol), info.canonicalName, endpointText(info)});
}

void ReactorServer::addressSkipped(Error error) {
    tell(lifecycle::Failed{std::move(error)});
}

void ReactorServer::planFailed(Error error, bool isUsage) {
    if (m_setup.explain)
        m_setup.explain(error);
    m_failed = true;
    tell(lifecycle::StartFailed{std::move(error), isUsage});
    stop();
}

void ReactorServer::planDone(std::vector<OpenedSocket> sockets) {
    for (OpenedSocket& socket : sockets) {
        m_paths.push_back(std::move(socket.path));
        if (auto listening = listenOn(std::move(socket)); !listening) {
            planFailed(std::move(listening.error()), false);
            return;
        }
    }
}

Result<void> ReactorServer::listenOn(OpenedSocket socket) {
    const std::string endpoint =
        endpointText(socket.transport, SocketAddress::localOf(socket.fd.get()));
    lifecycle::Listening listening{.endpoint = endpoint,
                                   .isDatagram = isDatagram(socket.transport),
                                   .isPublic = socket.isPublic};
    if (listening.isDatagram) {
        listening.receiveBuffer = grantedReceiveBuffer(socket.fd.get());
        listening.receiveBufferAsked = config().options.receiveBuffer.value_or(datagramBuffer);
        auto id = m_loops.front()->adoptDatagramSocket(std::move(socket.fd), socket.transport);
        if (!id)
            return Failure(std::move(id.error()));
        firstReactor().trace().add(*id, std::move(listening));
        return {};
    }
    auto listener =
        std::make_unique<Listener>(firstReactor(), std::move(socket.fd), socket.transport,
                                   static_cast<Listener::Owner&>(*this));
    if (auto started = listener->start(); !started)
        return started;
    m_listeners.push_back(std::move(listener));
    tell(std::move(listening));
    return {};
}

void ReactorServer::stopListening() {
    // Kept as objects: this may be called from within a call from one of them.
    for (const auto& listener : m_listeners)
        listener->stop();
    m_paths.clear();
}

void ReactorServer::connectionAccepted(Listener& listener, UniqueFd fd, SocketAddress peer) {
    place(std::move(fd), endpointText(listener.transport(), peer), listener.transport());
    if (config().once)
        stopListening();
}

void ReactorServer::place(UniqueFd fd, const std::string& peer, Transport transport) {
    std::size_t open = 0;
    for (const auto& loop : m_loops)
        open += loop->load();
    if (open >= config().maxConnections) {
        reject(firstReactor(), peer,
               faultError(Fault::TooManyConnections, "accept", {},
                          std::to_string(config().maxConnections)));
        return;
    }
    const auto lightest =
        std::ranges::min_element(m_loops, {}, [](const auto& loop) { return loop->load(); });
    ServerLoop& loop = **lightest;
    loop.expectConnection();
    const auto adopt = [this, &loop, transport](UniqueFd accepted, const std::string& from) {
        if (auto adopted = loop.adopt(std::move(accepted), from, transport); !adopted)
            reject(loop.reactor(), from, std::move(adopted.error()));
    };
    if (lightest == m_loops.begin()) {
        adopt(std::move(fd), peer);
        return;
    }
    loop.reactor().post([adopt, peer, shared = std::make_shared<UniqueFd>(std::move(fd))] {
        adopt(std::move(*shared), peer);
    });
}

void ReactorServer::reject(Reactor& reactor, const std::string& peer, Error error) {
    ++reactor.trace().totals().rejected;
    reactor.trace().touchTotals();
    reactor.trace().add({id(), 0}, lifecycle::Rejected{peer, std::move(error)});
    if (config().once)
        stop();
}

void ReactorServer::acceptFailed(Listener&, Error error) {
    tell(lifecycle::Failed{std::move(error)});
}

void ReactorServer::sessionEnded() {
    if (config().once)
        stop();
}

void ReactorServer::datagramHandled() {
    if (config().once)
        stop();
}

void ReactorServer::withSession(std::uint32_t connection,
                                const std::function<void(Session&)>& action) {
    for (const auto& loop : m_loops) {
        loop->reactor().post([target = loop.get(), connection, action] {
            if (Session* session = target->find(connection))
                action(*session);
        });
    }
}

void ReactorServer::send(std::uint32_t connection, PeerId peer, std::vector<std::byte> content) {
    const auto shared = std::make_shared<const std::vector<std::byte>>(std::move(content));
    withSession(connection, [peer, shared](Session& session) { session.send(peer, *shared); });
}

void ReactorServer::finishSending(std::uint32_t connection) {
    withSession(connection, [](Session& session) { session.finishSending(); });
}

void ReactorServer::closeConnection(std::uint32_t connection, bool reset) {
    withSession(connection, [reset](Session& session) {
        if (reset)
            session.abort(CloseReason::Local, true);
        else
            session.close(CloseReason::Local);
    });
}

} // namespace sscope
