#include "core/server/session_loop.h"

#include <chrono>
#include <utility>

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

SessionLoop::SessionLoop(Owner& owner, Reactor& reactor, Worker worker)
    : m_owner(owner),
      m_reactor(reactor),
      m_worker(std::move(worker)),
      m_service(*findService(owner.config().service)),
      m_framing(framingOf(owner.config(), m_service)),
      m_stopLimit(reactor.timers(), [this] { abortAll(); }) {
    reactor.setPollInterval(owner.config().pollInterval);
    reactor.trace().setOwner(owner.id());
}

Result<void> SessionLoop::adopt(Arrival arrival) {
    applyConnectionOptions(arrival.fd.get(), arrival.transport, config().options);
    std::string local = endpointText(arrival.transport, SocketAddress::localOf(arrival.fd.get()));
    auto session = std::make_unique<StreamSession>(
        static_cast<SessionHost&>(*this), ConnectionId{m_owner.id(), arrival.number},
        std::move(arrival.fd), std::move(arrival.peer), std::move(local));
    Session& kept = *session;
    m_sessions.insert_or_assign(arrival.number,
                                Entry{std::move(session), std::move(arrival.place)});
    auto started = kept.start();
    if (!started)
        m_sessions.erase(arrival.number);
    return started;
}

Result<ConnectionId> SessionLoop::adoptDatagramSocket(std::uint32_t number, UniqueFd fd,
                                                      Transport transport) {
    const ConnectionId id{m_owner.id(), number};
    auto session = std::make_unique<DatagramSession>(static_cast<SessionHost&>(*this), id,
                                                     std::move(fd), transport);
    if (auto started = session->start(); !started)
        return Failure(std::move(started.error()));
    m_sessions.insert_or_assign(number, Entry{std::move(session), {}});
    return id;
}

void SessionLoop::setDatagramsPaused(bool paused) {
    for (const auto& [number, entry] : m_sessions)
        entry.session->setReceiving(!paused);
}

Session* SessionLoop::find(std::uint32_t number) {
    const auto it = m_sessions.find(number);
    return it == m_sessions.end() ? nullptr : it->second.session.get();
}

void SessionLoop::sessionEnded(std::uint32_t number) {
    const auto it = m_sessions.find(number);
    if (it == m_sessions.end())
        return;
    reactor().deferDelete(std::move(it->second.session));
    m_sessions.erase(it);
    m_owner.sessionEnded(*this, number);
    if (m_stopping)
        reactor().post([this] { checkDrained(); });
}

void SessionLoop::jobDone(std::uint32_t session, JobToken token, const std::string& output) {
    if (Session* target = find(session))
        target->jobDone(token, output);
}

void SessionLoop::beginStop() {
    if (std::exchange(m_stopping, true))
        return;
    m_stopLimit.start(reactor().turnTime() + drainLimit);
    std::vector<Session*> sessions; // closing takes them from the map
    for (const auto& [number, entry] : m_sessions)
        sessions.push_back(entry.session.get());
    for (Session* session : sessions)
        session->close(CloseReason::Local);
    checkDrained();
}

void SessionLoop::abortAll() {
    while (!m_sessions.empty())
        m_sessions.begin()->second.session->abort(CloseReason::Local, false);
}

void SessionLoop::checkDrained() {
    if (!m_sessions.empty() || std::exchange(m_drained, true))
        return;
    m_stopLimit.stop();
    reactor().trace().flush();
    m_owner.loopDrained(*this);
}

} // namespace sscope
