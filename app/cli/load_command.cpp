#include "app/cli/load_command.h"

#include <algorithm>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <fmt/format.h>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/load_options.h"
#include "app/cli/load_text.h"
#include "app/cli/output.h"
#include "app/cli/process_setup.h"
#include "core/base/unique_fd.h"
#include "core/load/load_report.h"
#include "core/load/load_run.h"

namespace sscope::cli {

namespace {

/// One line on a terminal's standard error that is written anew; nothing elsewhere.
class ProgressLine {
public:
    void show(const std::string& text) {
        if (m_isTerminal && text != m_shown)
            write(fmt::format("\r{}\x1b[K", text));
        m_shown = text;
    }
    void clear() {
        if (m_isTerminal && !m_shown.empty())
            write("\r\x1b[K");
        m_shown.clear();
    }

private:
    static void write(const std::string& text) {
        (void)!::write(STDERR_FILENO, text.data(), text.size());
    }

    const bool m_isTerminal = ::isatty(STDERR_FILENO) != 0;
    std::string m_shown;
};

/// Runs the load to its end, or until a signal.
LoadResult runLoad(LoadRun& run, int wake, int signals) {
    ProgressLine progress;
    while (!run.isOver()) {
        pollfd waiting[] = {{wake, POLLIN, 0}, {signals, POLLIN, 0}};
        ::poll(waiting, std::size(waiting), -1);
        if (waiting[1].revents != 0) {
            signals = -1;
            run.cancel();
        }
        eventfd_t count = 0;
        ::eventfd_read(wake, &count);
        progress.show(loadProgressText(run.snapshot()));
    }
    progress.clear();
    return run.snapshot();
}

std::string outputText(const LoadResult& result, LoadOutput output) {
    switch (output) {
    case LoadOutput::Json:
        return loadJson(result) + '\n';
    case LoadOutput::Csv:
        return loadCsv(result);
    case LoadOutput::Text:
        break;
    }
    return loadText(result);
}

const LoadErrorCount& mostFrequent(const LoadResult& result) {
    return *std::ranges::max_element(result.errors, {}, &LoadErrorCount::count);
}

/// Why nothing was answered, where that is known.
void tellNoReply(const LoadResult& result) {
    const LoadErrorCount& most = mostFrequent(result);
    const std::string why =
        most.count > 0 ? errorSentence(most.first)
        : result.config.framing.isRaw()
            ? "Is it a server that answers with as many bytes as it was sent? Else try --framing."
            : "Does the server speak this framing?";
    printToStandardError(
        fmt::format("socketscope: load {}: no request was answered. {}", result.address, why));
}

/// A load that was answered in part.
void tellTooFew(const LoadResult& result, std::uint64_t missing) {
    const LoadErrorCount& most = mostFrequent(result);
    const std::string why = most.count > 0 ? ' ' + errorSentence(most.first) : std::string();
    printToStandardError(fmt::format("socketscope: load {}: {} of {} requests and {} of {} "
                                     "connections had no reply.{}",
                                     result.address, missing, result.requests + missing,
                                     result.neverServed, result.config.connections, why));
}

int exitCode(const LoadResult& result) {
    if (result.phase == LoadPhase::Cancelled)
        return interrupted;
    const std::uint64_t missing = result.failed + result.unanswered;
    if (result.requests == 0)
        tellNoReply(result);
    else if (missing > 0 || result.neverServed > 0)
        tellTooFew(result, missing);
    const auto wrong = static_cast<std::size_t>(LoadErrorReason::WrongReply);
    if (result.errors[wrong].count > 0)
        return protocolBroken;
    return result.requests == 0 || missing > 0 || result.neverServed > 0 ? noReply : done;
}

} // namespace

int loadCommand(const std::vector<std::string>& words) {
    const auto parsed = parseLoad(words);
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    const auto& options = std::get<LoadOptions>(parsed);
    const UniqueFd signals(openStopSignals());
    const UniqueFd wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    LoadRun run(options.load, [&] { ::eventfd_write(wake.get(), 1); });
    if (auto started = run.start(); !started) {
        printError(started.error());
        return networkSaidNo;
    }
    const LoadResult result = runLoad(run, wake.get(), signals.get());
    if (result.failure) {
        printError(*result.failure);
        return networkSaidNo;
    }
    Output output;
    output.write(outputText(result, options.output));
    return output.hasFailed() ? networkSaidNo : exitCode(result);
}

} // namespace sscope::cli
