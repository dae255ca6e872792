#include "app/cli/serve_command.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <fmt/format.h>

#include "app/cli/chat_options.h"
#include "app/cli/command_options.h"
#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/hand_answers.h"
#include "app/cli/line_input.h"
#include "app/cli/output.h"
#include "app/cli/process_setup.h"
#include "app/cli/qt_program.h"
#include "app/cli/serve_events.h"
#include "app/cli/serve_options.h"
#include "core/base/unique_fd.h"
#include "core/engine/server_manager.h"
#include "core/server/execution_models.h"

namespace sscope::cli {

namespace {

constexpr OwnerId serverId = 1;

// Scripts read what they were promised: as much as a reader that falls behind for seconds may need.
constexpr TraceOutbox::Limits limits{
    .logEvents = 2'000'000, .headBytes = 64 << 20, .lifecycle = 200'000, .peers = 1'000'000};

/// Runs one server until it stops, or a signal or a closed standard output stops it.
class ServeRun {
public:
    explicit ServeRun(const ServeOptions& options)
        : m_options(options),
          m_signals(openStopSignals()),
          m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
          m_outbox(limits, [this] { ::eventfd_write(m_wake.get(), 1); }),
          m_servers(m_outbox),
          m_events(options),
          m_output(m_signals.get()) {}

    int run() {
        const auto detail = m_options.trace ? TraceBatch::Detail::WakeUps
                            : m_byHand      ? TraceBatch::Detail::Log
                                            : TraceBatch::Detail::Lifecycle;
        if (auto started = m_servers.start(serverId, m_options.config, detail); !started) {
            printError(started.error());
            return networkSaidNo;
        }
        while (!m_exitCode)
            waitAndPrint();
        return *m_exitCode;
    }

private:
    void waitAndPrint() {
        // The signal stays unread, so that output which nobody takes is given up from then on.
        const int signals = m_stopAsked ? -1 : m_signals.get();
        const int typed = m_byHand && m_answers.hasRoom() ? m_input.fd() : -1;
        // A reader that has gone is told as an error (poll(2)): whoever started this server for its
        // own use takes it along, also by dying.
        const int output = m_readerGone ? -1 : STDOUT_FILENO;
        pollfd waiting[] = {
            {signals, POLLIN, 0}, {m_wake.get(), POLLIN, 0}, {typed, POLLIN, 0}, {output, 0, 0}};
        ::poll(waiting, std::size(waiting), -1);
        if ((waiting[3].revents & POLLERR) != 0) {
            m_readerGone = true;
            m_servers.stop(serverId);
        }
        if (waiting[0].revents != 0) {
            m_stopAsked = true; // the server ends within its drain time
            m_servers.stop(serverId);
        }
        if (waiting[2].revents != 0)
            m_answers.add(m_input.read());
        eventfd_t count = 0;
        ::eventfd_read(m_wake.get(), &count);
        m_outbox.swap(m_drain);
        m_output.write(m_events.lines(m_drain));
        if (m_byHand)
            answerByHand();
        if (const auto dropped = m_drain.droppedEvents + m_drain.droppedLifecycle; dropped > 0)
            printToStandardError(
                fmt::format("socketscope: {} events were not shown: the output is slow", dropped));
        for (const LifecycleEvent& event : m_drain.lifecycle)
            watchForEnd(event);
        m_drain.clear();
        if (m_output.isClosed() && !m_exitCode) {
            m_servers.stop(serverId);
        }
    }

    void answerByHand() {
        m_answers.learn(m_drain);
        for (const HandAnswers::Answer& answer : m_answers.take()) {
            const ByteView bytes = bytesOf(answer.line);
            m_servers.send(answer.connection, answer.peer,
                           {.content = {bytes.begin(), bytes.end()}});
        }
    }

    void watchForEnd(const LifecycleEvent& event) {
        if (const auto* failed = std::get_if<lifecycle::StartFailed>(&event.what)) {
            printError(failed->error);
            m_exitCode = failed->isUsage ? usage : networkSaidNo;
        } else if (const auto* trouble = std::get_if<lifecycle::Failed>(&event.what)) {
            m_lastTrouble = trouble->error;
        } else if (std::holds_alternative<lifecycle::Stopped>(event.what)) {
            const bool wasAsked =
                m_stopAsked || m_readerGone || m_output.isClosed() || m_options.config.once;
            m_exitCode = m_output.hasFailed() || !wasAsked ? networkSaidNo : done;
            if (!wasAsked && m_lastTrouble)
                printError(*m_lastTrouble);
        }
    }

    const ServeOptions& m_options;
    const bool m_byHand = m_options.config.service == "manual";
    UniqueFd m_signals;
    UniqueFd m_wake;
    TraceOutbox m_outbox;
    ServerManager m_servers;
    ServeEvents m_events;
    LineInput m_input;
    HandAnswers m_answers;
    Output m_output;
    TraceDrain m_drain;
    std::optional<int> m_exitCode;
    std::optional<Error> m_lastTrouble; // why a server has ended that nobody has asked to
    bool m_stopAsked = false;
    bool m_readerGone = false; // nobody reads standard output any more
};

} // namespace

int serveCommand(const std::vector<std::string>& words) {
    const auto parsed = parseServe(words);
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    const auto& options = std::get<ServeOptions>(parsed);
    if (!findExecutionModel(options.config.model)->make) {
        std::vector<std::string> all{"serve"};
        all.insert(all.end(), words.begin(), words.end());
        return becomeQtProgram(all);
    }
    warnOfTokenFile(options.config);
    warnOfOpenChat(options.config);
    return ServeRun(options).run();
}

} // namespace sscope::cli
