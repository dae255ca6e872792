#include "core/server/process_child.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include <unistd.h>

#include <fmt/format.h>

#include "core/server/command_channel.h"
#include "core/server/job_runner.h"

namespace sscope {

namespace {

constexpr OwnerId ownOwner = 1; // the server's process knows whose it is

/// The one loop and the one session of the process.
class Child final : private SessionLoop::Owner, private CommandChannel::Owner {
public:
    explicit Child(ChildSetup setup)
        : m_setup(std::move(setup)),
          m_sink(m_setup.report),
          m_reactor(PollerKind::Poll, TraceBatch(&m_sink, m_setup.detail)),
          m_loop(static_cast<SessionLoop::Owner&>(*this), m_reactor,
                 {.name = processName(), .servesOne = true, .pid = ::getpid()}),
          m_commands(m_reactor, std::move(m_setup.commands),
                     static_cast<CommandChannel::Owner&>(*this)) {
        m_reactor.trace().mirrorTo(m_setup.counters);
    }

    void run(Arrival arrival) {
        m_connection = arrival.number;
        if (m_reactor.open() && m_commands.start() && m_loop.adopt(std::move(arrival))) {
            m_reactor.trace().flush(); // told before the first wait
            (void)m_reactor.run();
        }
        m_reactor.trace().flush();
        m_loop.clear(); // what it has asked for is given up with the session
        m_jobs.reset();
    }

private:
    const ServerConfig& config() const override { return m_setup.config; }
    OwnerId id() const override { return ownOwner; }
    CommandGate& commandGate() override { return m_setup.gate; }
    bool submit(SessionLoop& loop, std::uint32_t session, JobToken token, Job job) override {
        // Elsewhere, so that the end of the connection is seen meanwhile.
        return m_jobs->submit(std::move(job), [this, &loop, session, token](std::string output) {
            m_reactor.post([&loop, session, token, output = std::move(output)] {
                loop.jobDone(session, token, output);
            });
        });
    }
    void sessionEnded(SessionLoop&, std::uint32_t) override { m_reactor.stop(); }
    void datagramHandled() override {}
    void loopDrained(SessionLoop&) override {}

    void commandReceived(const ProcessCommand& command) override {
        Session* const session = m_loop.find(m_connection);
        if (!session)
            return;
        switch (command.kind) {
        case ProcessCommand::Kind::Start: // for the one that accepts
            break;
        case ProcessCommand::Kind::Stop:
            m_loop.beginStop();
            break;
        case ProcessCommand::Kind::Send:
            sendOwned(*session, 0, command.content);
            break;
        case ProcessCommand::Kind::FinishSending:
            session->finishSending();
            break;
        case ProcessCommand::Kind::Close:
            session->close(CloseReason::Local);
            break;
        case ProcessCommand::Kind::Reset:
            session->abort(CloseReason::Local, true);
            break;
        }
    }
    void channelClosed() override {
        // The server is gone.
        if (Session* const session = m_loop.find(m_connection))
            session->abort(CloseReason::Local, false);
        m_reactor.stop();
    }

    ChildSetup m_setup;
    ReportSink m_sink;
    Reactor m_reactor;
    SessionLoop m_loop;
    CommandChannel m_commands;
    std::uint32_t m_connection = 0;
    std::unique_ptr<JobRunner> m_jobs = std::make_unique<JobRunner>();
};

} // namespace

void serveInChild(ChildSetup setup, Arrival arrival) {
    resetSignals();
    closeAllBut({setup.report, setup.commands.get(), arrival.fd.get()});
    Child child(std::move(setup));
    child.run(std::move(arrival));
    ::_exit(0); // what was the parent's is not to be destroyed here
}

void closeAllBut(std::vector<int> keep) {
    std::ranges::sort(keep);
    unsigned from = STDERR_FILENO + 1;
    for (const int fd : keep) {
        const auto kept = static_cast<unsigned>(fd);
        if (kept > from)
            ::close_range(from, kept - 1, 0);
        from = std::max(from, kept + 1);
    }
    ::close_range(from, ~0U, 0);
}

void resetSignals() {
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

std::string processName() {
    return fmt::format("pid {}", ::getpid());
}

} // namespace sscope
