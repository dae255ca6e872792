#include "ui/load/load_plots.h"

#include <cmath>

#include <QCoreApplication>

#include "ui/common/formats.h"
#include "ui/load/load_text.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::LoadPlots)
};

// An interval that has hardly begun tells no rate.
constexpr double leastInterval = 0.2; // seconds

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

TimeLine latencyLine(const LoadResult& result, const QString& name, Duration LoadInterval::*value,
                     bool isStrong, Qt::PenStyle style) {
    TimeLine line{.name = name, .values = {}, .isStrong = isStrong, .style = style};
    for (const LoadInterval& interval : result.intervals)
        line.values.push_back(interval.requests > 0 ? seconds(interval.*value) : std::nan(""));
    return line;
}

TimePlot latencyPlot(const LoadResult& result) {
    const auto text = [](double value) { return shortLatencyText(fromSeconds(value)); };
    TimePlot plot{.title = Words::tr("Latency"),
                  .value = {},
                  .lines = {},
                  .share = 5,
                  .isLogarithmic = true,
                  .text = text};
    plot.lines = {
        latencyLine(result, Words::tr("longest"), &LoadInterval::max, false, Qt::DotLine),
        latencyLine(result, QStringLiteral("p99.9"), &LoadInterval::p999, false, Qt::DashLine),
        latencyLine(result, QStringLiteral("p99"), &LoadInterval::p99, true, Qt::DashLine),
        latencyLine(result, QStringLiteral("p90"), &LoadInterval::p90, false, Qt::SolidLine),
        latencyLine(result, QStringLiteral("p50"), &LoadInterval::p50, true, Qt::SolidLine)};
    if (!result.intervals.empty())
        plot.value = Words::tr("p99 %1").arg(shortLatencyText(result.intervals.back().p99));
    return plot;
}

TimePlot ratePlot(const LoadResult& result, const QString& title,
                  std::uint64_t LoadInterval::*count, int share) {
    TimePlot plot{.title = title,
                  .value = {},
                  .lines = {},
                  .share = share,
                  .isLogarithmic = false,
                  .text = [](double value) { return perSecondText(value); }};
    TimeLine line;
    for (const LoadInterval& interval : result.intervals) {
        const double length = seconds(interval.length);
        const double rate = static_cast<double>(interval.*count) / std::max(length, 1e-9);
        line.values.push_back(length < leastInterval && result.intervals.size() > 1 ? std::nan("")
                                                                                    : rate);
        if (std::isfinite(line.values.back()))
            plot.value = QStringLiteral("%1/s").arg(perSecondText(rate));
    }
    plot.lines.push_back(std::move(line));
    return plot;
}

} // namespace

LoadPlots loadPlots(const LoadResult& result) {
    LoadPlots all;
    for (const LoadInterval& interval : result.intervals)
        all.ends.push_back(seconds(interval.begin + interval.length));
    all.span = std::max(result.isOver() ? 0.0 : seconds(result.config.duration),
                        all.ends.empty() ? 0.0 : all.ends.back());
    all.plots.push_back(latencyPlot(result));
    all.plots.push_back(
        ratePlot(result, Words::tr("Requests a second"), &LoadInterval::requests, 3));
    all.plots.push_back(ratePlot(result, Words::tr("Errors a second"), &LoadInterval::errors, 1));
    return all;
}

} // namespace sscope
