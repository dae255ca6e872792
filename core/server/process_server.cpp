#include "core/server/process_server.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include <sys/socket.h>

#include "core/server/process_helper.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

// The helper gives its children 2.5 s; then something is stuck.
constexpr Duration patience = 3500ms;
// For what the children of a helper that is gone have still to say.
constexpr Duration reportPatience = 1s;
constexpr int packetsPerTurn = 256;
constexpr std::size_t packetRoom = 256 << 10;
constexpr std::size_t mostPeers = 2000;

Result<std::pair<UniqueFd, UniqueFd>> makePair(int type) {
    int ends[2];
    if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) != 0)
        return Failure(systemError(errno, "socketpair"));
    return std::pair(UniqueFd(ends[0]), UniqueFd(ends[1]));
}

const char* detailWord(TraceBatch::Detail detail) {
    return detail == TraceBatch::Detail::Lifecycle ? "lifecycle" : "log";
}

Error endedError(int waitStatus) {
    return faultError(Fault::ProcessEnded, "serve", {}, endText(waitStatus));
}

} // namespace

ProcessServer::ProcessServer(ServerSetup setup)
    : ListeningServer(std::move(setup), "processes", PollerKind::Poll),
      m_killTimer(first().timers(), [this] { m_helper.kill(); }),
      m_goneTimer(first().timers(), [this] { helperGone(); }) {}

ProcessServer::~ProcessServer() {
    joinFirst();
}

Result<void> ProcessServer::serve(std::vector<OpenedSocket> sockets) {
    std::uint32_t number = 0; // datagram sockets are numbered first, here and in the helper
    for (const OpenedSocket& socket : sockets) {
        lifecycle::Listening listening = describe(socket);
        const ConnectionId id{ownId(), listening.isDatagram ? ++number : 0};
        m_listening.emplace_back(id, std::move(listening));
    }
    return startHelper(sockets); // which has copies: these are closed
}

Result<void> ProcessServer::startHelper(const std::vector<OpenedSocket>& sockets) {
    auto commands = makePair(SOCK_STREAM | SOCK_NONBLOCK);
    if (!commands)
        return Failure(std::move(commands.error()));
    auto reports = makePair(SOCK_SEQPACKET);
    if (!reports)
        return Failure(std::move(reports.error()));
    std::vector<int> fds{commands->second.get(), reports->second.get()};
    for (const OpenedSocket& socket : sockets)
        fds.push_back(socket.fd.get());
    std::vector<std::string> words{"process-helper", detailWord(setup().detail),
                                   std::to_string(sockets.size())};
    for (std::string& word : serveArguments(ownConfig()))
        words.push_back(std::move(word));
    auto helper = HelperProcess::start(words, fds);
    if (!helper)
        return Failure(std::move(helper.error()));
    m_helper = std::move(*helper);
    m_commands = std::make_unique<CommandChannel>(first(), std::move(commands->first),
                                                  static_cast<CommandChannel::Owner&>(*this));
    if (auto started = m_commands->start(); !started)
        return started;
    return watchReports(std::move(reports->first));
}

Result<void> ProcessServer::watchReports(UniqueFd fd) {
    auto watch = first().watch(fd.get(), Interest::Read, *this);
    if (!watch)
        return Failure(std::move(watch.error()));
    m_reports = std::move(fd);
    m_reportWatch = std::move(*watch);
    return {};
}

void ProcessServer::beginStop() {
    m_stopping = true;
    removePaths();
    if (!m_reportWatch.isActive()) {
        announceStopped();
        return;
    }
    m_commands->send({ProcessCommand::Kind::Stop});
    m_killTimer.start(first().turnTime() + patience);
}

void ProcessServer::handleEvents(Readiness) {
    for (int i = 0; i < packetsPerTurn && m_reportWatch.isActive(); ++i) {
        const std::span<std::byte> room = first().receiveBuffer(packetRoom);
        const ssize_t count = ::recv(m_reports.get(), room.data(), room.size(), MSG_DONTWAIT);
        if (count < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (count <= 0)
            helperGone();
        else
            takePacket(room.first(static_cast<std::size_t>(count)));
    }
}

void ProcessServer::takePacket(ByteView packet) {
    const ByteView content = packet.subspan(1);
    switch (static_cast<ReportKind>(packet.front())) {
    case ReportKind::Ready:
        helperReady();
        break;
    case ReportKind::Trace:
        if (DecodedTrace trace; decodeTrace(content, ownId(), trace))
            take(std::move(trace));
        break;
    case ReportKind::ChildEnded:
        if (ChildEnded ended; decodeChildEnded(content, ended))
            takeEnd(ended);
        break;
    }
}

void ProcessServer::helperReady() {
    m_ready = true;
    for (auto& [id, listening] : m_listening) {
        listening.pid = m_helper.pid();
        tell(id, std::move(listening));
    }
    m_listening.clear();
    first().trace().flush(); // before anything that is accepted is told
    m_commands->send({ProcessCommand::Kind::Start});
}

void ProcessServer::take(DecodedTrace trace) {
    TraceContent content;
    for (LifecycleEvent& event : trace.lifecycle)
        takeLifecycle(std::move(event), content);
    for (ConnectionState& state : trace.states) {
        TracedCounters& kept = m_counters[{state.connection.number, state.peer}];
        kept.connection = state.connection;
        kept.peer = state.peer;
        kept.endpoint = std::move(state.endpoint);
        kept.counters = state.counters;
        if (!std::exchange(kept.isDirty, true))
            content.touched.push_back(&kept);
        if (const auto it = m_open.find(state.connection.number); it != m_open.end())
            it->second.counters = state.counters;
    }
    content.totals = trace.totals;
    content.hasTotals = trace.hasTotals;
    content.log = std::move(trace.log);
    setup().outbox->append(content);
    forgetPeers();
}

void ProcessServer::takeLifecycle(LifecycleEvent event, TraceContent& content) {
    const auto it = m_open.find(event.connection.number);
    if (std::holds_alternative<lifecycle::Accepted>(event.what)) {
        m_open[event.connection.number].since = event.time;
    } else if (std::holds_alternative<lifecycle::Closed>(event.what) && it != m_open.end()) {
        it->second.closed = std::move(event); // told when its process is reaped
        return;
    }
    content.lifecycle.push_back(std::move(event));
}

void ProcessServer::takeEnd(const ChildEnded& ended) {
    ServerTotals& totals = first().trace().totals();
    first().trace().touchTotals();
    const ConnectionId id{ownId(), ended.connection};
    const auto node = m_open.extract(ended.connection);
    m_counters.erase({ended.connection, 0});
    if (node.empty()) {
        ++totals.rejected; // it was ended before it could say anything
        tell(lifecycle::Rejected{ended.peer, endedError(ended.waitStatus)});
        return;
    }
    const Open& open = node.mapped();
    if (open.closed) {
        TraceContent content;
        content.lifecycle.push_back(*open.closed);
        setup().outbox->append(content);
        return;
    }
    tell(id, lifecycle::Failed{endedError(ended.waitStatus)});
    ++totals.closed;
    totals.counters.receivedBytes += ended.counters.receivedBytes - open.counters.receivedBytes;
    totals.counters.sentBytes += ended.counters.sentBytes - open.counters.sentBytes;
    totals.counters.receivedMessages +=
        ended.counters.receivedMessages - open.counters.receivedMessages;
    totals.counters.sentMessages += ended.counters.sentMessages - open.counters.sentMessages;
    tell(id, lifecycle::Closed{CloseReason::Error, endedError(ended.waitStatus), ended.counters,
                               SteadyClock::now() - open.since});
}

/// Of a datagram socket; a peer that comes again is entered again.
void ProcessServer::forgetPeers() {
    if (m_counters.size() > mostPeers + m_open.size())
        std::erase_if(m_counters, [](const auto& entry) { return entry.first.second != 0; });
}

/// The reports end when the last process has; a child that is stopped (SIGSTOP) may keep them.
void ProcessServer::channelClosed() {
    m_goneTimer.start(first().turnTime() + reportPatience);
}

void ProcessServer::helperGone() {
    m_reportWatch.stop();
    m_killTimer.stop();
    m_goneTimer.stop();
    const int status = m_helper.wait();
    for (const auto& [number, open] : m_open) {
        if (open.closed) { // told by its process, which nobody has reaped any more
            TraceContent content;
            content.lifecycle.push_back(*open.closed);
            setup().outbox->append(content);
            continue;
        }
        ++first().trace().totals().closed;
        tell({ownId(), number}, lifecycle::Closed{CloseReason::Error, endedError(status),
                                                  open.counters, SteadyClock::now() - open.since});
    }
    first().trace().touchTotals();
    m_open.clear();
    if (!m_ready)
        failStart(endedError(status));
    else if (status != 0)
        tell(lifecycle::Failed{endedError(status)});
    if (m_stopping)
        announceStopped();
    else
        stop();
}

void ProcessServer::ask(ProcessCommand::Kind kind, std::uint32_t connection) {
    first().post([this, kind, connection] {
        if (m_commands)
            m_commands->send({kind, connection});
    });
}

void ProcessServer::send(std::uint32_t connection, PeerId peer, OwnedMessage message) {
    std::vector<std::byte> content;
    appendTo(content, message.view());
    first().post([this, connection, peer, content = std::move(content)] {
        if (m_commands)
            m_commands->send({ProcessCommand::Kind::Send, connection, peer, content});
    });
}

void ProcessServer::finishSending(std::uint32_t connection) {
    ask(ProcessCommand::Kind::FinishSending, connection);
}

void ProcessServer::closeConnection(std::uint32_t connection, bool reset) {
    ask(reset ? ProcessCommand::Kind::Reset : ProcessCommand::Kind::Close, connection);
}

} // namespace sscope
