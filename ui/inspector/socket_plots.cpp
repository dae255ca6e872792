#include "ui/inspector/socket_plots.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include <QCoreApplication>

#include "ui/common/formats.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::SocketPlots)
};

constexpr int roundTripHeight = 46;
// A peak is named where it is worth it: so many bytes, and the queue is shorter since.
constexpr double namedPeak = 1024;

qint64 millisecondsOf(TimePoint time, Duration offset) {
    return wallTime(time, offset) / 1'000'000;
}

std::vector<double> valuesOf(const SocketSeries& series,
                             const std::function<double(const SeriesPoint&)>& value) {
    std::vector<double> values;
    values.reserve(series.points().size());
    for (const SeriesPoint& point : series.points())
        values.push_back(value(point));
    return values;
}

std::function<double(const SeriesPoint&)> ofTcp(double (*value)(const SeriesPoint&)) {
    return [value](const SeriesPoint& point) {
        return point.hasTcpInfo ? value(point) : std::nan("");
    };
}

QString bytesValue(double value) {
    return bytesText(static_cast<quint64>(std::llround(value)));
}

QString countValue(double value) {
    return countText(static_cast<quint64>(std::llround(value)));
}

/// "0.20 ± 0.07 ms", with as many digits as there is something to tell.
QString roundTripValue(double milliseconds, double spread) {
    const int digits = milliseconds < 0.1 ? 3 : milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0;
    return Words::tr("%1 ± %2 ms").arg(milliseconds, 0, 'f', digits).arg(spread, 0, 'f', digits);
}

/// As many digits as there are, down to the microsecond.
QString millisecondsValue(double value) {
    const auto us = std::llround(value * 1000);
    const int digits = us % 1000 == 0 ? 0 : us % 100 == 0 ? 1 : us % 10 == 0 ? 2 : 3;
    return Words::tr("%1 ms").arg(value, 0, 'f', digits);
}

SeriesPlot roundTrip(const SocketSeries& series) {
    const SeriesPoint& last = series.points().back();
    SeriesPlot plot;
    plot.title = Words::tr("Round trip (smoothed)");
    // Before the first acknowledgement the kernel gives only what it assumes.
    const bool isMeasured = last.rttUs > 0;
    plot.value = {{isMeasured ? roundTripValue(last.rttUs / 1e3, last.rttVarUs / 1e3)
                              : Words::tr("none yet")}};
    plot.lines = {
        {.name = {},
         .values = valuesOf(series, ofTcp([](const SeriesPoint& one) { return one.rttUs / 1e3; })),
         .spread = valuesOf(series, ofTcp([](const SeriesPoint& one) {
                                return one.rttUs > 0 ? one.rttVarUs / 1e3 : 0;
                            }))}};
    plot.height = roundTripHeight;
    plot.leastTop = 0.01;
    plot.text = millisecondsValue;
    return plot;
}

SeriesPlot congestionWindow(const SocketSeries& series) {
    const SeriesPoint& last = series.points().back();
    SeriesPlot plot;
    plot.title = Words::tr("Congestion window");
    plot.value = {{withoutTenths(
        QStringLiteral("%1 × %2").arg(countText(last.congestionWindow), bytesText(last.sendMss)))}};
    plot.lines = {{.name = {}, .values = valuesOf(series, ofTcp([](const SeriesPoint& one) {
                                                      return double{1} * one.congestionWindow;
                                                  }))}};
    if (const auto& restart = series.idleRestart())
        plot.marks = {{millisecondsOf(restart->time, wallOffset()),
                       Words::tr("idle, back to %1").arg(restart->to)}};
    plot.leastTop = 10;
    plot.text = countValue;
    return plot;
}

/// The highest value, and since when: nothing where it is not worth a word, or is the last one.
std::vector<SeriesMark> peakOf(const SocketSeries& series) {
    const auto& points = series.points();
    const auto most = std::ranges::max_element(points, {}, [](const SeriesPoint& one) {
        return std::max(one.receiveQueue, one.sendQueue);
    });
    const auto peak = std::max(most->receiveQueue, most->sendQueue);
    const auto now = std::max(points.back().receiveQueue, points.back().sendQueue);
    if (peak < namedPeak || now * 2 > peak)
        return {};
    return {{millisecondsOf(most->time, wallOffset()), Words::tr("peak %1").arg(bytesText(peak))}};
}

SeriesPlot queues(const SocketSeries& series) {
    const SeriesPoint& last = series.points().back();
    SeriesPlot plot;
    plot.title = QStringLiteral("Recv-Q, Send-Q");
    plot.value = {{bytesText(last.receiveQueue), ColorToken::Received},
                  {QStringLiteral(", "), ColorToken::Text},
                  {bytesText(last.sendQueue), ColorToken::Accent}};
    plot.lines = {{.name = QStringLiteral("Recv-Q"),
                   .values = valuesOf(
                       series, [](const SeriesPoint& one) { return double{1} * one.receiveQueue; }),
                   .token = ColorToken::Received},
                  {.name = QStringLiteral("Send-Q"),
                   .values = valuesOf(
                       series, [](const SeriesPoint& one) { return double{1} * one.sendQueue; }),
                   .token = ColorToken::Accent}};
    plot.marks = peakOf(series);
    plot.leastTop = 4096;
    plot.isBytes = true;
    plot.text = bytesValue;
    return plot;
}

/// Of a listener the kernel calls what waits Recv-Q, and the backlog Send-Q.
SeriesPlot acceptQueue(const SocketSeries& series) {
    const SeriesPoint& last = series.points().back();
    SeriesPlot plot;
    plot.title = Words::tr("Not accepted yet, backlog");
    plot.value = {
        {Words::tr("%1 of %2").arg(countText(last.receiveQueue), countText(last.sendQueue))}};
    plot.lines = {{.name = Words::tr("Backlog"),
                   .values = valuesOf(
                       series, [](const SeriesPoint& one) { return double{1} * one.sendQueue; }),
                   .token = ColorToken::Muted},
                  {.name = Words::tr("Not accepted yet"),
                   .values = valuesOf(series, [](const SeriesPoint& one) {
                       return double{1} * one.receiveQueue;
                   })}};
    plot.height = roundTripHeight;
    plot.text = countValue;
    return plot;
}

SeriesPlot retransmits(const SocketSeries& series) {
    SeriesPlot plot;
    plot.title = Words::tr("Sent again, segments");
    plot.value = {{countText(series.points().back().retransmitsTotal)}};
    plot.lines = {{.name = {}, .values = valuesOf(series, ofTcp([](const SeriesPoint& one) {
                                                      return double{1} * one.retransmitsTotal;
                                                  }))}};
    plot.leastTop = 10;
    plot.text = countValue;
    return plot;
}

SeriesPlot deliveryRate(const SocketSeries& series) {
    const auto text = [](double value) { return Words::tr("%1/s").arg(bytesValue(value)); };
    SeriesPlot plot;
    plot.title = Words::tr("Delivery rate");
    plot.value = {{text(static_cast<double>(series.points().back().deliveryRate))}};
    plot.lines = {{.name = {}, .values = valuesOf(series, ofTcp([](const SeriesPoint& one) {
                                                      return static_cast<double>(one.deliveryRate);
                                                  }))}};
    plot.leastTop = 1024;
    plot.isBytes = true;
    plot.text = text;
    return plot;
}

bool isConnection(const SocketRow& row, const SocketSeries& series) {
    return row.protocol == SocketProtocol::Tcp && row.state != SocketState::Listen &&
           std::ranges::any_of(series.points(), &SeriesPoint::hasTcpInfo);
}

} // namespace

std::vector<qint64> plotTimes(const SocketSeries& series) {
    const Duration offset = wallOffset();
    std::vector<qint64> times;
    times.reserve(series.points().size());
    for (const SeriesPoint& point : series.points())
        times.push_back(millisecondsOf(point.time, offset));
    return times;
}

std::vector<SeriesPlot> socketPlots(const SocketRow& row, const SocketSeries& series) {
    // What is left in TIME_WAIT has no queues.
    if (series.points().empty() || row.state == SocketState::TimeWait)
        return {};
    const bool isStream = row.type != SocketType::Dgram;
    if (row.state == SocketState::Listen && isStream)
        return {acceptQueue(series)};
    if (!isConnection(row, series))
        return {queues(series)};
    std::vector<SeriesPlot> plots{roundTrip(series), congestionWindow(series), queues(series)};
    if (series.points().back().retransmitsTotal > 0)
        plots.push_back(retransmits(series));
    return plots;
}

std::vector<SeriesPlot> furtherPlots(const SocketRow& row, const SocketSeries& series) {
    if (series.points().empty() || !isConnection(row, series))
        return {};
    std::vector<SeriesPlot> plots{deliveryRate(series)};
    if (series.points().back().retransmitsTotal == 0)
        plots.push_back(retransmits(series));
    return plots;
}

} // namespace sscope
