#include "core/server/program_session.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "core/service/command_access.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr Duration counterInterval = 1s;

void setBlocking(int fd, bool isBlocking) {
    const int flags = ::fcntl(fd, F_GETFL);
    ::fcntl(fd, F_SETFL, isBlocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
}

/// Why the connection is over, where the program has ended by itself.
CloseReason reasonOf(int fd) {
    pollfd state{fd, POLLRDHUP, 0};
    ::poll(&state, 1, 0);
    if ((state.revents & POLLERR) != 0)
        return CloseReason::Reset;
    return (state.revents & (POLLRDHUP | POLLHUP)) != 0 ? CloseReason::Peer : CloseReason::Local;
}

/// What TCP has moved; false for other sockets.
bool readTcpCounters(int fd, Counters& counters) {
    tcp_info info{};
    socklen_t length = sizeof info;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
        return false;
    // The peer's FIN is counted as a byte. The states are those of the kernel's tcp_states.h, which
    // <netinet/tcp.h> has too, but with a tcp_info that lacks the bytes.
    constexpr std::array<std::uint8_t, 3> afterFin{8, 9, 11}; // CLOSE_WAIT, LAST_ACK, CLOSING
    const bool hasFin = std::ranges::count(afterFin, info.tcpi_state) > 0;
    counters.receivedBytes = info.tcpi_bytes_received - (hasFin ? 1 : 0);
    // As elsewhere: what the kernel has taken.
    counters.sentBytes = info.tcpi_bytes_sent - info.tcpi_bytes_retrans + info.tcpi_notsent_bytes;
    return true;
}

} // namespace

ProgramSession::ProgramSession(SessionHost& host, ConnectionId id, Transport transport, UniqueFd fd,
                               std::string peer, std::string local)
    : m_host(host),
      m_started(host.loop().turnTime()),
      m_transport(transport),
      m_fd(std::move(fd)),
      m_peer(std::move(peer)),
      m_local(std::move(local)),
      m_closing(host.loop().trace(), id),
      m_timer(host.loop().timers(), [this] { timeOver(); }),
      m_counter(host.loop().timers(), [this] {
          updateCounters();
          m_counter.start(m_host.loop().turnTime() + counterInterval);
      }) {
    m_counters.connection = id;
}

ProgramSession::~ProgramSession() {
    m_host.loop().trace().forget(m_counters);
}

Result<void> ProgramSession::start() {
    const CommandAccess* const access = m_host.commandAccess(m_counters.connection.number);
    const bool needsToken = access->needsToken();
    if (needsToken) {
        if (auto watched = watch(m_fd.get()); !watched)
            return watched;
        m_timer.start(m_started + tokenPatience);
    }
    const Worker& worker = m_host.worker();
    m_closing.accepted(
        {m_peer, m_local, worker.servesOne ? worker.name : std::string(), worker.pid});
    if (!needsToken)
        startProgram();
    return {};
}

Result<void> ProgramSession::watch(int fd) {
    auto watch = m_host.loop().watch(fd, Interest::Read, *this);
    if (!watch)
        return Failure(std::move(watch.error()));
    m_watch = std::move(*watch);
    return {};
}

void ProgramSession::handleEvents(Readiness) {
    if (m_run.control() >= 0)
        helperSaid();
    else if (m_state == State::Token)
        receiveToken();
    else if (m_state == State::HeldBack || m_state == State::Refused)
        end(CloseReason::Peer, {}); // nothing is read now: only an end is told
}

/// The first line, and not a byte more: what follows is the program's.
void ProgramSession::receiveToken() {
    std::array<char, longestToken + 2> room;
    ssize_t count = ::recv(m_fd.get(), room.data(), room.size(), MSG_PEEK | MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        end(count == 0 ? CloseReason::Peer : CloseReason::Reset, {});
        return;
    }
    const std::string_view seen(room.data(), static_cast<std::size_t>(count));
    const auto at = seen.find('\n');
    const std::size_t taken = at == std::string_view::npos ? seen.size() : at + 1;
    count = ::recv(m_fd.get(), room.data(), taken, MSG_DONTWAIT);
    m_token += seen.substr(0, taken);
    m_counters.counters.receivedBytes += taken;
    if (at != std::string_view::npos || m_token.size() > longestToken + 2)
        tokenCame();
}

void ProgramSession::tokenCame() {
    m_token.resize(tokenIn(m_token).size());
    m_state = State::HeldBack;
    m_watch.setInterest(Interest::None);
    judge();
}

void ProgramSession::judge() {
    const TokenVerdict verdict = m_host.commandAccess(m_counters.connection.number)
                                     ->judge(m_token, m_host.loop().turnTime());
    if (verdict.kind == TokenVerdict::Kind::Accepted) {
        constexpr std::string_view welcome = "ok\n";
        (void)::send(m_fd.get(), welcome.data(), welcome.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        m_counters.counters.sentBytes += welcome.size();
        startProgram();
        return;
    }
    if (verdict.kind == TokenVerdict::Kind::Wrong) {
        m_state = State::Refused;
        m_closing.tell(lifecycle::ProtocolError{"wrong token"});
    }
    m_timer.start(m_host.loop().turnTime() + verdict.delay);
}

void ProgramSession::timeOver() {
    if (m_state == State::HeldBack)
        judge();
    else if (m_state == State::Refused)
        sayAndClose(wrongTokenAnswer);
    else
        sayAndClose(noTokenAnswer);
}

std::vector<std::string> ProgramSession::helperWords() const {
    std::vector<std::string> words{"program-helper"};
    const auto add = [&](const char* name, const std::string& value) {
        words.push_back(std::string(name) + '=' + value);
    };
    // As tcpserver and its like name them.
    if (m_transport == Transport::Tcp) {
        const SocketAddress peer = SocketAddress::peerOf(m_fd.get());
        const SocketAddress local = SocketAddress::localOf(m_fd.get());
        add("PROTO", "TCP");
        add("TCPREMOTEIP", peer.host());
        add("TCPREMOTEPORT", std::to_string(peer.port()));
        add("TCPLOCALIP", local.host());
        add("TCPLOCALPORT", std::to_string(local.port()));
    } else {
        add("PROTO", "UNIX");
    }
    words.emplace_back("--");
    const auto& program = m_host.config().settings.command.program;
    words.insert(words.end(), program.begin(), program.end());
    return words;
}

void ProgramSession::startProgram() {
    m_watch.stop();
    m_timer.stop();
    m_token.clear();
    setBlocking(m_fd.get(), true);
    const std::array fds{m_fd.get()};
    auto run = SupervisedRun::start(helperWords(), fds);
    if (!run) {
        fail(std::move(run.error()));
        return;
    }
    m_run = std::move(*run);
    if (auto watched = watch(m_run.control()); !watched) {
        fail(std::move(watched.error()));
        return;
    }
    m_state = State::Running;
    m_counter.start(m_host.loop().turnTime() + counterInterval);
}

void ProgramSession::fail(Error error) {
    m_closing.tell(lifecycle::Failed{error});
    end(CloseReason::Error, std::move(error));
}

/// The helper reports once, and its end is the end of the program and of all it has started.
void ProgramSession::helperSaid() {
    std::array<char, 256> room;
    const ssize_t count = ::recv(m_run.control(), room.data(), room.size(), MSG_DONTWAIT);
    if (count > 0)
        m_said.append(room.data(), static_cast<std::size_t>(count));
    else if (count == 0 || (errno != EAGAIN && errno != EINTR))
        programEnded();
}

void ProgramSession::programEnded() {
    m_watch.stop();
    m_run.end();
    SupervisorReport report{CommandEnd::Kind::Lost, EPIPE, 0};
    if (m_said.size() >= sizeof report)
        std::memcpy(&report, m_said.data(), sizeof report);
    if (report.kind == CommandEnd::Kind::Exited) {
        const bool isAsked = m_state == State::Closing;
        closeGently(isAsked ? m_reason : reasonOf(m_fd.get()));
        return;
    }
    const auto& program = m_host.config().settings.command.program;
    Error error = systemError(report.number, "start", program.front());
    error.hint.kind = Hint::Kind::AnotherPath;
    m_closing.tell(lifecycle::Failed{error});
    closeGently(CloseReason::Error);
}

void ProgramSession::close(CloseReason reason) {
    if (m_state == State::Closing)
        return; // the program has its time to leave; abort() does not wait
    if (m_state != State::Running) {
        closeGently(reason);
        return;
    }
    m_state = State::Closing; // goes on when the helper has ended the program
    m_reason = reason;
    m_run.cancel();
}

void ProgramSession::abort(CloseReason reason, bool reset) {
    if (m_state == State::Ended)
        return;
    if (m_connection) {
        m_connection->abort(reason, reset);
        return;
    }
    updateCounters();
    if (reset) {
        const linger atOnce{1, 0};
        ::setsockopt(m_fd.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    } else if (m_fd.isOpen()) {
        ::shutdown(m_fd.get(), SHUT_RDWR); // the program has it too
    }
    end(reason, {});
}

void ProgramSession::sayAndClose(std::string_view line) {
    const std::string text = std::string(line) + '\n';
    (void)::send(m_fd.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    m_counters.counters.sentBytes += text.size();
    closeGently(CloseReason::Local);
}

/// Lets the peer read what was sent, as any close does.
void ProgramSession::closeGently(CloseReason reason) {
    if (m_connection || m_state == State::Ended)
        return;
    m_state = State::Closing;
    m_watch.stop();
    m_timer.stop();
    m_counter.stop();
    updateCounters();
    setBlocking(m_fd.get(), false);
    ::shutdown(m_fd.get(), SHUT_WR);
    m_connection = std::make_unique<StreamConnection>(
        m_host.loop(), std::move(m_fd), std::make_unique<IdentityFilter>(),
        StreamLink::Limits{m_host.config().receiveSize, m_host.config().maxQueue}, m_closing,
        static_cast<StreamLink::Owner&>(*this));
    if (auto started = m_connection->start(); !started)
        end(reason, {});
    else
        m_connection->close(reason);
}

void ProgramSession::connectionEnded(CloseReason reason, Error error) {
    end(reason, std::move(error));
}

void ProgramSession::end(CloseReason reason, Error error) {
    if (std::exchange(m_state, State::Ended) == State::Ended)
        return;
    m_watch.stop();
    m_timer.stop();
    m_counter.stop();
    updateCounters();
    m_fd.reset();
    const std::uint32_t number = m_counters.connection.number;
    if (m_run.control() >= 0) {
        m_run.cancel(); // now, however many jobs wait
        // Its end takes a moment, which is this thread's only where there is no other.
        (void)m_host.submit(number, noJob,
                            [run = std::make_shared<SupervisedRun>(std::move(m_run))] {
                                run->end();
                                return std::string();
                            });
    }
    TraceBatch& trace = m_host.loop().trace();
    ++trace.totals().closed;
    trace.touchTotals();
    trace.add(m_counters.connection,
              lifecycle::Closed{reason, std::move(error), m_counters.counters,
                                m_host.loop().turnTime() - m_started});
    m_host.sessionEnded(number);
}

void ProgramSession::updateCounters() {
    if (m_fd.isOpen())
        readTcpCounters(m_fd.get(), m_counters.counters);
    const Counters before = std::exchange(m_told, m_counters.counters);
    if (before == m_told)
        return;
    TraceBatch& trace = m_host.loop().trace();
    trace.totals().counters.receivedBytes += m_told.receivedBytes - before.receivedBytes;
    trace.totals().counters.sentBytes += m_told.sentBytes - before.sentBytes;
    trace.touch(m_counters);
    trace.touchTotals();
}

} // namespace sscope
