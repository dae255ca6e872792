#include "core/server/process_helper.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/server/acceptor.h"
#include "core/server/command_channel.h"
#include "core/server/fork_runner.h"
#include "core/server/process_child.h"
#include "core/server/service_files.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr OwnerId ownOwner = 1; // the server's process knows whose it is
// A process drains for two seconds; what is there later is stuck.
constexpr Duration patience = 2500ms;

/// A table of counters that the processes of connections write and this one reads.
class CounterTable {
public:
    explicit CounterTable(std::size_t count) : m_count(count) {
        void* memory = ::mmap(nullptr, count * sizeof(SharedCounters), PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory != MAP_FAILED)
            m_counters = static_cast<SharedCounters*>(memory); // zeroed pages are zero counters
    }
    CounterTable(const CounterTable&) = delete;
    CounterTable& operator=(const CounterTable&) = delete;
    ~CounterTable() { ::munmap(m_counters, m_count * sizeof(SharedCounters)); }

    [[nodiscard]] bool isThere() const { return m_counters != nullptr; }
    /// There are as many as connections at a time.
    SharedCounters& take() {
        std::size_t index = m_used;
        if (m_free.empty()) {
            ++m_used;
        } else {
            index = m_free.back();
            m_free.pop_back();
        }
        m_counters[index].store({});
        return m_counters[index];
    }
    void giveBack(const SharedCounters& counters) {
        m_free.push_back(static_cast<std::size_t>(&counters - m_counters));
    }

private:
    const std::size_t m_count;
    SharedCounters* m_counters = nullptr;
    std::size_t m_used = 0;
    std::vector<std::size_t> m_free;
};

/// SIGCHLD as an event.
class ChildSignal final : private EventHandler {
public:
    explicit ChildSignal(std::function<void()> told) : m_told(std::move(told)) {
        sigset_t child;
        sigemptyset(&child);
        sigaddset(&child, SIGCHLD);
        ::sigprocmask(SIG_BLOCK, &child, nullptr);
        m_fd.reset(::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK));
    }
    Result<void> start(Reactor& reactor) {
        if (!m_fd.isOpen())
            return Failure(systemError(errno, "signalfd"));
        auto watch = reactor.watch(m_fd.get(), Interest::Read, *this);
        if (!watch)
            return Failure(std::move(watch.error()));
        m_watch = std::move(*watch);
        return {};
    }

private:
    void handleEvents(Readiness) override {
        signalfd_siginfo info;
        while (::read(m_fd.get(), &info, sizeof info) > 0) {
        }
        m_told();
    }

    const std::function<void()> m_told;
    UniqueFd m_fd;
    Watch m_watch;
};

std::optional<Transport> transportOf(int fd) {
    int type = 0;
    int family = 0;
    socklen_t length = sizeof type;
    if (::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) != 0 ||
        ::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &length) != 0)
        return std::nullopt;
    if (family == AF_UNIX)
        return type == SOCK_STREAM ? Transport::Unix : Transport::Unixgram;
    return type == SOCK_STREAM ? Transport::Tcp : Transport::Udp;
}

class ProcessHelper final : private Acceptor::Owner,
                            private SessionLoop::Owner,
                            private CommandChannel::Owner {
public:
    ProcessHelper(const ServerConfig& config, TraceBatch::Detail detail)
        : m_config(config),
          m_detail(detail),
          m_sink(helperReportFd),
          m_reactor(PollerKind::Poll, TraceBatch(&m_sink, detail)),
          m_datagrams(static_cast<SessionLoop::Owner&>(*this), m_reactor,
                      {.name = processName(), .pid = ::getpid()}),
          m_acceptor(m_reactor, config, static_cast<Acceptor::Owner&>(*this)),
          m_control(m_reactor, UniqueFd(helperCommandFd),
                    static_cast<CommandChannel::Owner&>(*this)),
          m_childSignal([this] { reap(); }),
          m_counters(config.maxConnections),
          m_gate(config),
          m_killTimer(m_reactor.timers(), [this] { killChildren(); }) {}

    int run(int sockets) {
        if (!m_counters.isThere() || !m_reactor.open() || !m_control.start() ||
            !m_childSignal.start(m_reactor) || !listen(sockets))
            return 1;
        setServing(false); // until the server has told that it listens
        m_sink.sendReady();
        return m_reactor.run() ? 0 : 1;
    }

private:
    /// The process of one connection.
    struct Child {
        std::uint32_t number = 0;
        std::string peer;
        std::unique_ptr<CommandChannel> commands;
        SharedCounters& counters;
        ConnectionLimits::Place place;
    };
    /// What a child's end of its channel says is told by SIGCHLD too.
    struct Deaf final : CommandChannel::Owner {
        void commandReceived(const ProcessCommand&) override {}
        void channelClosed() override {}
    };

    void setServing(bool serving) {
        m_acceptor.setAccepting(serving);
        m_datagrams.setDatagramsPaused(!serving);
    }

    bool listen(int sockets) {
        for (int i = 0; i < sockets; ++i) {
            UniqueFd fd(helperFirstSocketFd + i);
            const auto transport = transportOf(fd.get());
            if (!transport)
                return false;
            const bool isListening =
                isDatagram(*transport)
                    ? m_datagrams
                          .adoptDatagramSocket(m_acceptor.nextNumber(), std::move(fd), *transport)
                          .has_value()
                    : m_acceptor.listenOn(std::move(fd), *transport).has_value();
            if (!isListening)
                return false;
        }
        return true;
    }

    // Acceptor::Owner
    Result<void> place(Arrival& arrival) override;
    void connectionRejected(const std::string& peer, Error error) override {
        m_reactor.trace().totals().rejected += 1;
        m_reactor.trace().touchTotals();
        m_reactor.trace().add({ownOwner, 0}, lifecycle::Rejected{peer, std::move(error)});
        if (m_config.once)
            beginStop();
    }
    void acceptFailed(Error error) override {
        m_reactor.trace().add({ownOwner, 0}, lifecycle::Failed{std::move(error)});
    }
    // SessionLoop::Owner, for the datagram sockets
    const ServerConfig& config() const override { return m_config; }
    OwnerId id() const override { return ownOwner; }
    CommandGate& commandGate() override { return m_gate; }
    bool submit(SessionLoop&, std::uint32_t, JobToken, Job) override {
        return false; // handlers run elsewhere
    }
    std::unique_ptr<DatagramRunner> makeDatagramRunner(SessionLoop& loop) override {
        return std::make_unique<ForkRunner>(loop);
    }
    void sessionEnded(SessionLoop&, std::uint32_t) override {}
    void datagramHandled() override {
        if (m_config.once)
            beginStop();
    }
    void loopDrained(SessionLoop&) override {
        m_datagramsDrained = true;
        checkDone();
    }
    // CommandChannel::Owner
    void commandReceived(const ProcessCommand& command) override;
    void channelClosed() override;

    void reap();
    void childEnded(pid_t pid, int status);
    void beginStop();
    void killChildren();
    void checkDone();

    const ServerConfig& m_config;
    const TraceBatch::Detail m_detail;
    ReportSink m_sink;
    Reactor m_reactor;
    SessionLoop m_datagrams;
    Acceptor m_acceptor;
    CommandChannel m_control;
    ChildSignal m_childSignal;
    CounterTable m_counters;
    CommandGate m_gate;
    Timer m_killTimer;
    Deaf m_deaf;
    std::map<pid_t, Child> m_children;
    bool m_stopping = false;
    bool m_datagramsDrained = false;
};

Result<void> ProcessHelper::place(Arrival& arrival) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        return Failure(systemError(errno, "socketpair"));
    auto commands = std::make_unique<CommandChannel>(m_reactor, UniqueFd(ends[0]), m_deaf);
    UniqueFd childEnd(ends[1]);
    SharedCounters& counters = m_counters.take();
    const pid_t pid = ::fork();
    if (pid == 0)
        serveInChild({m_config, m_detail, helperReportFd, std::move(childEnd), counters, m_gate},
                     std::move(arrival));
    if (pid < 0) {
        Error error = systemError(errno, "fork");
        error.hint.kind = Hint::Kind::Resources;
        m_counters.giveBack(counters);
        return Failure(std::move(error));
    }
    (void)commands->start(); // poll(2) watches whatever there is
    m_children.emplace(pid, Child{arrival.number, std::move(arrival.peer), std::move(commands),
                                  counters, std::move(arrival.place)});
    arrival.fd.reset();
    return {};
}

void ProcessHelper::commandReceived(const ProcessCommand& command) {
    if (command.kind == ProcessCommand::Kind::Start)
        setServing(true);
    if (command.kind == ProcessCommand::Kind::Stop)
        beginStop();
    if (command.connection == 0)
        return;
    if (Session* const session = m_datagrams.find(command.connection)) {
        if (command.kind == ProcessCommand::Kind::Send)
            sendOwned(*session, command.peer, command.content);
        return;
    }
    for (const auto& [pid, child] : m_children) {
        if (child.number == command.connection)
            child.commands->send(command);
    }
}

/// The server's process is gone, however it went: its port is free again at once.
void ProcessHelper::channelClosed() {
    m_acceptor.stop();
    killChildren();
    m_reactor.stop();
}

void ProcessHelper::reap() {
    int status = 0;
    while (const pid_t pid = ::waitpid(-1, &status, WNOHANG)) {
        if (pid < 0)
            break;
        childEnded(pid, status);
    }
}

void ProcessHelper::childEnded(pid_t pid, int status) {
    const auto it = m_children.find(pid);
    if (it == m_children.end())
        return; // it has handled a datagram
    const Child& child = it->second;
    m_reactor.trace().flush(); // what is said of its connection comes in order
    m_sink.send({child.number, pid, status, child.counters.load(), child.peer});
    m_counters.giveBack(child.counters);
    m_children.erase(it);
    if (m_config.once)
        beginStop();
    checkDone();
}

void ProcessHelper::beginStop() {
    if (std::exchange(m_stopping, true))
        return;
    m_acceptor.stop();
    for (const auto& [pid, child] : m_children)
        child.commands->send({ProcessCommand::Kind::Stop});
    m_killTimer.start(m_reactor.turnTime() + patience);
    m_datagrams.beginStop();
    checkDone();
}

void ProcessHelper::killChildren() {
    for (const auto& [pid, child] : m_children)
        ::kill(pid, SIGKILL);
}

void ProcessHelper::checkDone() {
    if (m_stopping && m_datagramsDrained && m_children.empty())
        m_reactor.stop();
}

} // namespace

int runProcessHelper(ServerConfig config, TraceBatch::Detail detail, int sockets) {
    if (!loadServiceFiles(config))
        return 1; // it was there a moment ago
    // Passed on by their numbers to the processes that this one forks, not by exec.
    ::fcntl(helperReportFd, F_SETFD, FD_CLOEXEC);
    ::fcntl(helperCommandFd, F_SETFD, FD_CLOEXEC);
    return ProcessHelper(config, detail).run(sockets);
}

} // namespace sscope
