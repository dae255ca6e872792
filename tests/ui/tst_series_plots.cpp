// Plots of a socket: what a column of pixels shows, round scales, marks of the time axis.

#include <cmath>
#include <random>

#include <QtTest>

#include "tests/ui/picture.h"
#include "tests/ui/table_rows.h"
#include "ui/common/formats.h"
#include "ui/inspector/plot_scale.h"
#include "ui/inspector/series_plots.h"
#include "ui/inspector/socket_plots.h"

using namespace sscope;

namespace {

const double none = std::nan("");

SeriesPlot plotOf(std::vector<double> values, const QString& title = "Round trip") {
    SeriesPlot plot;
    plot.title = title;
    plot.value = {{"0.20 ms"}};
    plot.lines = {{.name = {}, .values = std::move(values)}};
    plot.text = [](double value) { return QString::number(value) + " ms"; };
    return plot;
}

/// A connection at a second of its life, with its send queue and its window.
SocketSample sampleAt(int second, std::uint32_t sendQueue, std::uint32_t congestionWindow) {
    SocketRow row = makeRow(1, 4000, 80);
    row.sendQueue = sendQueue;
    auto details = std::make_shared<SocketDetails>();
    details->tcpInfo.emplace();
    details->tcpInfo->congestionWindow = congestionWindow;
    details->tcpInfo->rtoUs = 200'000;
    row.details = std::move(details);
    return {TimePoint(std::chrono::seconds(1000 + second)), 1, std::move(row)};
}

} // namespace

class TestSeriesPlots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aColumnHasTheExtremesOfItsTime() {
        // Against a reference that looks at each value for each column.
        std::mt19937 random(7);
        std::vector<qint64> times;
        std::vector<double> values;
        for (qint64 time = 1'000; times.size() < 5'000; time += 1 + random() % 40) {
            times.push_back(time);
            values.push_back(static_cast<double>(random() % 1'000));
        }
        const qint64 from = times[100];
        const qint64 to = times[4'900];
        constexpr int width = 311;
        const auto columns = plotColumns(times, values, from, to, width);
        QCOMPARE(columns.size(), std::size_t{width});
        for (int x = 0; x < width; ++x) {
            double least = 1e9;
            double most = -1;
            for (std::size_t i = 100; i <= 4'900; ++i) {
                const auto at = static_cast<int>(static_cast<double>(times[i] - from) /
                                                 static_cast<double>(to - from) * (width - 1));
                if (at != x)
                    continue;
                least = std::min(least, values[i]);
                most = std::max(most, values[i]);
            }
            const PlotColumn& column = columns[static_cast<std::size_t>(x)];
            QCOMPARE(column.hasValue, most >= 0);
            if (x == 0)
                least = std::min(least, values[99]), most = std::max(most, values[99]);
            if (column.hasValue)
                QCOMPARE(std::pair(column.least, column.most), std::pair(least, most));
        }
    }

    void aGapBreaksTheLine() {
        const auto columns =
            plotColumns(std::vector<qint64>{0, 10, 20}, std::vector{1.0, none, 3.0}, 0, 20, 21);
        QVERIFY(columns[0].hasValue && !columns[0].isBroken);
        QVERIFY(!columns[10].hasValue && columns[10].isBroken);
        QCOMPARE(columns[20].last, 3.0);
    }

    void aShortPeakIsSeen() {
        std::vector<qint64> times;
        std::vector<double> values;
        for (int i = 0; i < 2'400; ++i) {
            times.push_back(i * 250);
            values.push_back(i == 1'111 ? 318 : 0);
        }
        const auto columns = plotColumns(times, values, 0, times.back(), 311);
        QVERIFY(std::ranges::any_of(columns, [](const auto& one) { return one.most == 318; }));
    }

    void scalesAreRound() {
        QCOMPARE(plotTop(0.36, 0.01, false), 0.4);
        QCOMPARE(plotTop(20, 1, false), 20.0);
        QCOMPARE(plotTop(0, 1, false), 1.0);
        QCOMPARE(plotTop(1, 4096, true), 4096.0);
        QCOMPARE(plotTop(318 * 1024, 1, true), 320.0 * 1024);
        QCOMPARE(plotTop(4.2 * 1024 * 1024, 1, true), 5.0 * 1024 * 1024);
        QCOMPARE(plotTop(1023, 1, true), 1200.0); // bytes
    }

    void timesAreMarkedAtRoundOnes() {
        const qint64 start = 1'700'000'000'000;
        const auto marks = timeMarks(start + 300, start + 65'300, 311, 84);
        QVERIFY(marks.size() >= 3);
        for (const qint64 mark : marks)
            QCOMPARE(mark % 20'000, 0);
        QVERIFY(timeMarks(5, 5, 311, 84).empty());
    }

    void tellsWhatWasAtAPlace() {
        SeriesPlots plots;
        plots.setSeries({100'000, 120'000, 140'000}, {plotOf({1, 2, 3})});
        plots.resize(201, plots.heightOfAll());
        QVERIFY(plots.tipAt({150, 30}).endsWith("Round trip: 2 ms"));
        QVERIFY(plots.tipAt({200, 30}).endsWith("Round trip: 3 ms"));
        QCOMPARE(plots.tipAt({-1, 30}), QString());
    }

    void hasTheHeightsOfThePicture() {
        SeriesPlots plots;
        SeriesPlot first = plotOf({1});
        first.height = 46;
        plots.setSeries({1}, {first, plotOf({1}), plotOf({1})});
        QCOMPARE(plots.heightOfAll(), 18 + 46 + 8 + 18 + 40 + 8 + 18 + 40 + 16);
        QCOMPARE(plots.height(), plots.heightOfAll());
        QVERIFY(plots.accessibleDescription().startsWith("Round trip 0.20 ms; "));
    }

    void paintsALineWhereItsValueIs() {
        SeriesPlots plots;
        plots.setSeries({0, 20'000, 40'000}, {plotOf({1, 1, 1})});
        plots.resize(200, plots.heightOfAll());
        const QImage picture = pictureOf(plots);
        // The top value is 1: the line runs at the plot's upper edge.
        QVERIFY(picture.pixelColor(150, 18 + 5).lightness() < 90);
        QVERIFY(picture.pixelColor(150, 18 + 20).lightness() > 200);
    }

    void aPauseThatMadeTheWindowSmallerIsNamed() {
        SocketSeries series;
        series.add(sampleAt(0, 0, 20));
        series.add(
            sampleAt(1, 0, 10)); // data were sent just now, after a second: the RTO is 200 ms
        series.add(sampleAt(2, 0, 10));
        const auto plots = socketPlots(*series.lastRow(), series);
        QCOMPARE(plots[1].marks.size(), std::size_t{1});
        QCOMPARE(plots[1].marks[0].text, QString("idle, back to 10"));
        QVERIFY(qAbs(plots[1].marks[0].time - plotTimes(series)[1]) <= 1);
        QVERIFY(plots[2].marks.empty());
    }

    void thePeakOfAQueueIsNamedOnceItIsPast() {
        SocketSeries series;
        series.add(sampleAt(0, 0, 10));
        series.add(sampleAt(1, 318 * 1024, 10));
        const auto marks = [&] { return socketPlots(*series.lastRow(), series)[2].marks; };
        QVERIFY(marks().empty()); // it may grow on
        series.add(sampleAt(2, 0, 10));
        QCOMPARE(marks().size(), std::size_t{1});
        QCOMPARE(marks()[0].text, QString("peak 318.0 KiB"));
        QVERIFY(qAbs(marks()[0].time - plotTimes(series)[1]) <= 1);
    }

    void aMarkIsPaintedBesideItsTime() {
        SeriesPlot marked = plotOf({0, 0, 0});
        marked.leastTop = 1;
        SeriesPlots plots;
        plots.setSeries({0, 20'000, 40'000}, {marked});
        plots.resize(300, plots.heightOfAll());
        const QImage before = pictureOf(plots);
        marked.marks = {{20'000, "peak"}};
        plots.setSeries({0, 20'000, 40'000}, {marked});
        const QImage after = pictureOf(plots);
        QRect changed;
        for (int y = 0; y < after.height(); ++y) {
            for (int x = 0; x < after.width(); ++x)
                changed |= after.pixel(x, y) != before.pixel(x, y) ? QRect(x, y, 1, 1) : QRect();
        }
        QVERIFY(changed.isValid());
        QVERIFY(changed.left() >= 149 && changed.right() < 220);
        QVERIFY(changed.top() >= 18 && changed.bottom() < 18 + 40);
    }
};

QTEST_MAIN(TestSeriesPlots)
#include "tst_series_plots.moc"
