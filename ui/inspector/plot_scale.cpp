#include "ui/inspector/plot_scale.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sscope {

namespace {

constexpr std::array steps{1.0, 1.2, 1.6, 2.0, 2.5, 3.2, 4.0, 5.0, 6.4, 8.0, 10.0};
constexpr double nearly = 1e-9; // a value at a step is not above it

constexpr std::array<qint64, 14> timeSteps{1'000,   2'000,    5'000,    10'000,  20'000,
                                           30'000,  60'000,   120'000,  300'000, 600'000,
                                           900'000, 1800'000, 3600'000, 7200'000};

void take(PlotColumn& column, double value) {
    column.isBroken = !std::isfinite(value);
    if (column.isBroken)
        return;
    column.least = column.hasValue ? std::min(column.least, value) : value;
    column.most = column.hasValue ? std::max(column.most, value) : value;
    column.last = value;
    column.hasValue = true;
}

} // namespace

std::vector<PlotColumn> plotColumns(std::span<const qint64> times, std::span<const double> values,
                                    qint64 from, qint64 to, int width) {
    std::vector<PlotColumn> columns(static_cast<std::size_t>(std::max(width, 0)));
    if (columns.empty() || to <= from)
        return columns;
    const std::size_t count = std::min(times.size(), values.size());
    for (std::size_t i = 0; i < count && times[i] <= to; ++i) {
        if (times[i] < from) {
            columns.front() = {};
            take(columns.front(), values[i]);
            continue;
        }
        const double share = static_cast<double>(times[i] - from) / static_cast<double>(to - from);
        const auto at = static_cast<std::size_t>(share * (width - 1));
        take(columns[at], values[i]);
    }
    return columns;
}

double plotTop(double most, double least, bool isBytes) {
    if (!(most > least))
        return least;
    double unit = 1;
    while (isBytes && most / unit >= 1024)
        unit *= 1024;
    const double value = most / unit;
    const double power = std::pow(10.0, std::floor(std::log10(value) + nearly));
    for (const double step : steps) {
        if (step * power >= value * (1 - nearly))
            return step * power * unit;
    }
    return 10 * power * unit;
}

std::vector<qint64> timeMarks(qint64 from, qint64 to, int width, int leastPixels) {
    if (to <= from || width <= 0)
        return {};
    const double least = static_cast<double>(to - from) * leastPixels / width;
    const auto* const it = std::ranges::find_if(
        timeSteps, [&](qint64 step) { return static_cast<double>(step) >= least; });
    const qint64 step = it == timeSteps.end() ? timeSteps.back() : *it;
    std::vector<qint64> marks;
    for (qint64 mark = (from + step - 1) / step * step; mark <= to; mark += step)
        marks.push_back(mark);
    return marks;
}

} // namespace sscope
