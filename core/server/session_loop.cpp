#include "core/server/session_loop.h"

#include <chrono>
#include <utility>

#include "core/net/socket_options.h"
#include "core/server/command_config.h"
#include "core/server/datagram_session.h"
#include "core/server/program_session.h"
#include "core/server/stream_session.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr Duration drainLimit = 2s;
// Of a chat's peer: the buffer of its kernel takes minutes of what people say before the send queue
// begins to fill.
constexpr Duration longestStall = 30s;
// What more waits for it does so in the send queue, which is bounded and counted.
constexpr int mostUnsent = 64 << 10;

Framing framingOf(const ServerConfig& config, const Service& service) {
    // validate() has looked at it.
    return *Framing::parse(config.framing.empty() ? service.framing : config.framing);
}

} // namespace

std::unique_ptr<Session> SessionLoop::Owner::makeSession(SessionHost& host, ConnectionId id,
                                                         Arrival arrival, std::string local) {
    return std::make_unique<StreamSession>(host, id, std::move(arrival.fd), std::move(arrival.peer),
                                           std::move(local));
}

std::unique_ptr<Session> SessionLoop::Owner::makeDatagramSession(SessionHost& host, ConnectionId id,
                                                                 UniqueFd fd, Transport transport) {
    return std::make_unique<DatagramSession>(host, id, std::move(fd), transport);
}

SessionLoop::SessionLoop(Owner& owner, EventLoop& loop, Worker worker)
    : m_owner(owner),
      m_loop(loop),
      m_worker(std::move(worker)),
      m_service(*findService(owner.config().service)),
      m_framing(framingOf(owner.config(), m_service)),
      m_stopLimit(loop.timers(), [this] { abortAll(); }),
      m_mail(std::make_shared<SessionMail>(*this)) {
    loop.setPollInterval(owner.config().pollInterval);
    loop.trace().setOwner(owner.id());
}

SessionLoop::~SessionLoop() {
    m_mail->close();
}

std::unique_ptr<Codec> SessionLoop::makeCodec() const {
    const ServiceSettings& settings = config().settings;
    // HTTP has messages of its own, which its handler measures.
    const std::size_t most = settings.http                ? SIZE_MAX
                             : config().service == "chat" ? longestChatRequest
                                                          : settings.maxMessage;
    return m_framing.make(CodecRole::Server, {.content = most, .header = settings.maxHeader});
}

Result<void> SessionLoop::adopt(Arrival arrival) {
    applyConnectionOptions(arrival.fd.get(), arrival.transport, config().options);
    std::string local = endpointText(arrival.transport, SocketAddress::localOf(arrival.fd.get()));
    const std::uint32_t number = arrival.number;
    ConnectionLimits::Place place = std::move(arrival.place);
    auto access = accessOf(arrival);
    auto chat = chatOf(arrival);
    auto session = makeSession(std::move(arrival), std::move(local));
    Session& kept = *session;
    m_sessions.insert_or_assign(
        number, Entry{std::move(session), std::move(place), std::move(access), std::move(chat)});
    auto started = kept.start();
    if (!started)
        m_sessions.erase(number);
    return started;
}

std::unique_ptr<Session> SessionLoop::makeSession(Arrival arrival, std::string local) {
    auto& host = static_cast<SessionHost&>(*this);
    const ConnectionId id{m_owner.id(), arrival.number};
    if (m_service.runsProgram)
        return std::make_unique<ProgramSession>(host, id, arrival.transport, std::move(arrival.fd),
                                                std::move(arrival.peer), std::move(local));
    return m_owner.makeSession(host, id, std::move(arrival), std::move(local));
}

std::unique_ptr<GateAccess> SessionLoop::accessOf(const Arrival& arrival) {
    if (!runsPrograms(config()))
        return {};
    CommandGate& gate = m_owner.commandGate();
    return std::make_unique<GateAccess>(
        gate, gate.needsToken()
                  ? connectionSource(arrival.fd.get(), SocketAddress::peerOf(arrival.fd.get()))
                  : std::string());
}

std::unique_ptr<ChatConnection> SessionLoop::chatOf(const Arrival& arrival) {
    ChatHub* const hub = m_owner.chatHub();
    if (!hub)
        return {};
    const SocketAddress peer = SocketAddress::peerOf(arrival.fd.get());
    if (arrival.transport == Transport::Tcp) {
        setUserTimeout(arrival.fd.get(), longestStall);
        limitUnsent(arrival.fd.get(), mostUnsent);
    }
    const bool isHere = arrival.transport != Transport::Tcp || peer.isLoopback();
    return std::make_unique<ChatConnection>(
        *hub, m_mail, arrival.number,
        ChatPeer{.connection = arrival.number,
                 .source = connectionSource(arrival.fd.get(), peer),
                 .isPrivate = isHere,
                 .isMachine = isHere});
}

ChatAccess* SessionLoop::chatAccess(std::uint32_t session) {
    const auto it = m_sessions.find(session);
    return it == m_sessions.end() ? nullptr : it->second.chat.get();
}

CommandAccess* SessionLoop::commandAccess(std::uint32_t session) {
    const auto it = m_sessions.find(session);
    return it == m_sessions.end() ? nullptr : it->second.access.get();
}

Result<ConnectionId> SessionLoop::adoptDatagramSocket(std::uint32_t number, UniqueFd fd,
                                                      Transport transport) {
    const ConnectionId id{m_owner.id(), number};
    auto session =
        m_owner.makeDatagramSession(static_cast<SessionHost&>(*this), id, std::move(fd), transport);
    if (auto started = session->start(); !started)
        return Failure(std::move(started.error()));
    m_sessions.insert_or_assign(number, Entry{std::move(session), {}, {}, {}});
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
    loop().deferDelete(std::move(it->second.session));
    m_sessions.erase(it);
    m_owner.sessionEnded(*this, number);
    if (m_stopping)
        loop().post([this] { checkDrained(); });
}

void SessionLoop::jobDone(std::uint32_t session, JobToken token, const std::string& output) {
    if (Session* target = find(session))
        target->jobDone(token, output);
}

void SessionLoop::beginStop() {
    if (std::exchange(m_stopping, true))
        return;
    m_stopLimit.start(loop().turnTime() + drainLimit);
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
    loop().trace().flush();
    m_owner.loopDrained(*this);
}

} // namespace sscope
