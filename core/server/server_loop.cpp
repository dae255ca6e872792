#include "core/server/server_loop.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "core/server/datagram_session.h"
#include "core/server/stream_session.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr Duration drainLimit = 2s;

const Framing& framingOf(const ServerConfig& config, const Service& service) {
    return *findFraming(config.framing.empty() ? service.framing : config.framing);
}

} // namespace

ServerLoop::ServerLoop(Owner& owner, std::uint32_t index, PollerKind kind, TraceBatch trace)
    : m_owner(owner),
      m_thread(fmt::format("{}{}", pollerName(kind), index), kind, std::move(trace)),
      m_service(*findService(owner.config().service)),
      m_framing(framingOf(owner.config(), m_service)),
      m_stopLimit(m_thread.reactor().timers(), [this] { abortAll(); }) {
    reactor().setPollInterval(owner.config().pollInterval);
    reactor().trace().setOwner(owner.id());
    reactor().trace().watchLoop(index);
}

ServerLoop::~ServerLoop() {
    stopAndJoin();
}

Result<void> ServerLoop::start() {
    return m_thread.start([this] { m_sessions.clear(); });
}

void ServerLoop::stopAndJoin() {
    m_thread.stopAndJoin();
}

Result<void> ServerLoop::adopt(UniqueFd fd, const std::string& peer, Transport transport) {
    if (transport == Transport::Tcp)
        applyConnectionOptions(fd.get(), transport, config().options);
    const std::string local = endpointText(transport, SocketAddress::localOf(fd.get()));
    const std::uint32_t number = m_owner.nextNumber();
    auto session = std::make_unique<StreamSession>(static_cast<SessionHost&>(*this),
                                                   ConnectionId{m_owner.id(), number},
                                                   std::move(fd), peer, local);
    Session& kept = *session;
    m_sessions.emplace(number, std::move(session));
    auto started = kept.start();
    if (!started) {
        m_sessions.erase(number);
        --m_load;
    }
    return started;
}

Result<ConnectionId> ServerLoop::adoptDatagramSocket(UniqueFd fd, Transport transport) {
    const std::uint32_t number = m_owner.nextNumber();
    const ConnectionId id{m_owner.id(), number};
    auto session = std::make_unique<DatagramSession>(static_cast<SessionHost&>(*this), id,
                                                     std::move(fd), transport);
    if (auto started = session->start(); !started)
        return Failure(std::move(started.error()));
    m_sessions.emplace(number, std::move(session));
    return id;
}

Session* ServerLoop::find(std::uint32_t number) {
    const auto it = m_sessions.find(number);
    return it == m_sessions.end() ? nullptr : it->second.get();
}

void ServerLoop::sessionEnded(std::uint32_t number) {
    const auto it = m_sessions.find(number);
    if (it == m_sessions.end())
        return;
    m_load -= it->second->isDatagram() ? 0 : 1;
    reactor().deferDelete(std::move(it->second));
    m_sessions.erase(it);
    m_owner.sessionEnded();
    if (m_stopping)
        reactor().post([this] { checkDrained(); });
}

void ServerLoop::submit(std::uint32_t session, JobToken token, Job job) {
    m_owner.jobs().submit(std::move(job), [this, session, token](std::string output) {
        reactor().post([this, session, token, output = std::move(output)] {
            if (Session* target = find(session))
                target->jobDone(token, output);
        });
    });
}

void ServerLoop::beginStop() {
    if (std::exchange(m_stopping, true))
        return;
    m_stopLimit.start(reactor().turnTime() + drainLimit);
    std::vector<Session*> sessions; // closing takes them from the map
    for (const auto& [number, session] : m_sessions)
        sessions.push_back(session.get());
    for (Session* session : sessions)
        session->close(CloseReason::Local);
    checkDrained();
}

void ServerLoop::abortAll() {
    while (!m_sessions.empty())
        m_sessions.begin()->second->abort(CloseReason::Local, false);
}

void ServerLoop::checkDrained() {
    if (!m_sessions.empty() || std::exchange(m_drained, true))
        return;
    m_stopLimit.stop();
    reactor().trace().flush();
    m_owner.loopDrained();
}

} // namespace sscope
