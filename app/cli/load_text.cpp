#include "app/cli/load_text.h"

#include <cmath>

#include <fmt/format.h>

#include "app/cli/error_line.h"
#include "core/base/units.h"

namespace sscope::cli {

namespace {

// From this share of a core on, what was measured may be the load's own speed.
constexpr double busyCore = 0.9;
// A rate is reached where so much of it was answered.
constexpr double reached = 0.99;

double secondsOf(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

std::string rateText(double perSecond) {
    return perSecond < 100 ? fmt::format("{:.1f}", perSecond)
                           : formatCount(static_cast<std::uint64_t>(std::llround(perSecond)));
}

/// Three digits: "41.3 us", "1.20 ms", "2.04 s".
std::string durationText(Duration duration) {
    double value = static_cast<double>(duration.count()) / 1000;
    const char* unit = "us";
    if (value >= 999.5e3) {
        value /= 1e6;
        unit = "s";
    } else if (value >= 999.5) {
        value /= 1000;
        unit = "ms";
    }
    const int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return fmt::format("{:.{}f} {}", value, decimals, unit);
}

std::string connectionsText(std::uint64_t count) {
    return fmt::format("{} connection{}", formatCount(count), count == 1 ? "" : "s");
}

std::string headText(const LoadResult& result) {
    const LoadConfig& config = result.config;
    std::string loop = config.isOpenLoop()
                           ? fmt::format("open loop, {} a second", rateText(*config.rate))
                           : "closed loop";
    const std::string framing =
        config.framing.isRaw() ? "" : fmt::format(", framing {}", config.framing.text());
    return fmt::format("{}: {}, {}{}, {}, {:.3g} s\n", result.address,
                       connectionsText(result.connections), formatBytes(config.size), framing, loop,
                       secondsOf(result.elapsed));
}

std::string latencyText(const LoadResult& result) {
    const LatencyHistogram& latencies = result.latencies;
    return fmt::format("  latency   p50 {}, p90 {}, p99 {}, p99.9 {}, max {}\n",
                       durationText(latencies.percentile(0.5)),
                       durationText(latencies.percentile(0.9)),
                       durationText(latencies.percentile(0.99)),
                       durationText(latencies.percentile(0.999)), durationText(latencies.max()));
}

std::string errorsText(const LoadResult& result) {
    std::string text = fmt::format(
        "  errors    {}\n", result.errorCount() == 0 ? "none" : formatCount(result.errorCount()));
    for (const LoadErrorCount& error : result.errors) {
        if (error.count > 0)
            text += fmt::format("            {} times {}\n", formatCount(error.count),
                                errorSentence(error.first));
    }
    return text;
}

/// What a reader would take wrongly from the figures alone.
std::string remarksText(const LoadResult& result) {
    std::string text;
    const LoadConfig& config = result.config;
    if (result.connections < config.connections)
        text += fmt::format("  {} of {} connections came about.\n", formatCount(result.connections),
                            formatCount(config.connections));
    if (result.neverServed > 0)
        text += fmt::format("  {} never had a reply: the figures are those of the others.\n",
                            connectionsText(result.neverServed));
    if (result.unanswered > 0)
        text += fmt::format("  {} requests were still without a reply at the end; they are in no "
                            "percentile.\n",
                            formatCount(result.unanswered));
    if (config.isOpenLoop() && result.phase == LoadPhase::Done &&
        result.perSecond() < reached * *config.rate)
        text += fmt::format("  The rate was not reached: {} of {} requests a second.\n",
                            rateText(result.perSecond()), rateText(*config.rate));
    if (result.ownCore() > busyCore)
        text += fmt::format("  The load itself kept {:.0f} % of a core busy: a faster server might "
                            "show no other figures.\n",
                            result.ownCore() * 100);
    return text;
}

} // namespace

std::string loadText(const LoadResult& result) {
    std::string text = headText(result);
    text += fmt::format("  requests  {}, {} a second, {} a second received\n",
                        formatCount(result.requests), rateText(result.perSecond()),
                        formatBytes(static_cast<std::uint64_t>(result.receivedBytesPerSecond())));
    if (result.requests > 0)
        text += latencyText(result);
    return text + errorsText(result) + remarksText(result);
}

std::string loadProgressText(const LoadResult& result) {
    if (result.phase <= LoadPhase::Connecting)
        return fmt::format("connecting: {} of {}", result.connections, result.config.connections);
    const LoadInterval last = result.intervals.empty() ? LoadInterval{} : result.intervals.back();
    return fmt::format("{:.0f} of {:g} s, {} a second, p99 {}, {} errors",
                       std::floor(secondsOf(result.elapsed)), secondsOf(result.config.duration),
                       formatCount(last.requests), durationText(last.p99),
                       formatCount(result.errorCount()));
}

} // namespace sscope::cli
