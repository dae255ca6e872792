#include "app/cli/load_command.h"

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

/// Why nothing was answered, where that is known.
void tellNoReply(const LoadResult& result) {
    const LoadErrorCount* most = &result.errors.front();
    for (const LoadErrorCount& error : result.errors)
        most = error.count > most->count ? &error : most;
    const std::string why =
        most->count > 0 ? errorSentence(most->first)
        : result.config.framing.isRaw()
            ? "Is it a server that answers with as many bytes as it was sent? Else try --framing."
            : "Does the server speak this framing?";
    printToStandardError(
        fmt::format("socketscope: load {}: no request was answered. {}", result.address, why));
}

int exitCode(const LoadResult& result) {
    if (result.phase == LoadPhase::Cancelled)
        return interrupted;
    if (result.requests > 0)
        return done;
    tellNoReply(result);
    return noReply;
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
