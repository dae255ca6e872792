#include "ui/inspector/series_plots.h"

#include <algorithm>
#include <cmath>

#include <QDateTime>
#include <QPainter>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painted_tip.h"
#include "ui/common/painting.h"
#include "ui/common/plot_labels.h"
#include "ui/inspector/plot_scale.h"

namespace sscope {

namespace {

constexpr int titleHeight = 18;
constexpr int headroom = 5; // above the top value, for the line's own width and the band
constexpr int gap = 8;
constexpr int axisHeight = 16;
constexpr int labelHeight = 14;
constexpr int timePixels = 84; // between two labels of the axis
constexpr qint64 leastSpan = 20'000;
constexpr float bandShare = 0.16F;

double yOf(double value, const QRect& rect, double most) {
    const double share = std::clamp(value / most, 0.0, 1.0 + 1.0 * headroom / rect.height());
    return rect.bottom() + 0.5 - share * (rect.height() - 1);
}

QString timeText(qint64 time) {
    return QDateTime::fromMSecsSinceEpoch(time).toString(QStringLiteral("HH:mm:ss"));
}

QString markText(const SeriesPlot& plot, double value) {
    return withoutTenths(plot.text ? plot.text(value) : QString::number(value));
}

void paintPatch(QPainter& painter, const QRect& rect, const QString& text) {
    painter.fillRect(rect.adjusted(-2, 0, 2, 0), themeColor(ColorToken::Window));
    paintText(&painter, rect, text, ColorToken::Muted);
}

} // namespace

QString withoutTenths(const QString& text) {
    return QString(text).replace(QStringLiteral(".0 "), QStringLiteral(" "));
}

QString SeriesPlot::valueText() const {
    QString all;
    for (const Run& run : value)
        all += run.text;
    return all;
}

SeriesPlots::SeriesPlots(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Plots"));
}

void SeriesPlots::setSeries(std::vector<qint64> times, std::vector<SeriesPlot> plots) {
    const int before = heightOfAll();
    m_times = std::move(times);
    m_plots = std::move(plots);
    QStringList words;
    for (const SeriesPlot& plot : m_plots)
        words.append(QStringLiteral("%1 %2").arg(plot.title, plot.valueText()));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    if (heightOfAll() != before) {
        setFixedHeight(heightOfAll());
        updateGeometry();
    }
    update();
}

int SeriesPlots::heightOfAll() const {
    if (m_plots.empty())
        return 0;
    int all = axisHeight - gap;
    for (const SeriesPlot& plot : m_plots)
        all += titleHeight + plot.height + gap;
    return all;
}

QSize SeriesPlots::sizeHint() const {
    return {311, heightOfAll()};
}

qint64 SeriesPlots::to() const {
    return m_times.empty() ? 0 : m_times.back();
}

qint64 SeriesPlots::from() const {
    return m_times.empty() ? 0 : std::min(m_times.front(), to() - leastSpan);
}

int SeriesPlots::xOf(qint64 time) const {
    const double share = static_cast<double>(time - from()) / static_cast<double>(to() - from());
    return static_cast<int>(share * (width() - 1));
}

double SeriesPlots::topOf(const SeriesPlot& plot) {
    double most = 0;
    for (const SeriesLine& line : plot.lines) {
        for (std::size_t i = 0; i < line.values.size(); ++i) {
            const double value = line.values[i] + (line.spread.empty() ? 0 : line.spread[i]);
            most = std::isfinite(value) ? std::max(most, value) : most;
        }
    }
    return plotTop(most, plot.leastTop, plot.isBytes);
}

void SeriesPlots::paintEvent(QPaintEvent*) {
    if (m_times.empty() || m_plots.empty() || width() < 40)
        return;
    QPainter painter(this);
    int top = 0;
    for (const SeriesPlot& plot : m_plots) {
        paintPlot(painter, plot, top);
        top += titleHeight + plot.height + gap;
    }
    paintAxis(painter, top - gap);
}

void SeriesPlots::paintPlot(QPainter& painter, const SeriesPlot& plot, int top) const {
    paintTitle(painter, plot, top);
    const int line = top + titleHeight + headroom;
    const QRect rect(0, line, width(), plot.height - headroom);
    const QColor hairline = themeColor(ColorToken::Hairline);
    painter.fillRect(0, line, width(), 1, hairline);
    for (const qint64 mark : timeMarks(from(), to(), width(), timePixels))
        painter.fillRect(xOf(mark), line, 1, rect.height(), hairline);
    painter.fillRect(0, rect.bottom(), width(), 1, themeColor(ColorToken::FieldBorder));
    const double most = topOf(plot);
    for (const SeriesLine& each : plot.lines)
        paintBand(painter, each, rect, most);
    painter.setFont(axisFont());
    const QString scale = markText(plot, most);
    paintPatch(painter,
               QRect(0, line + 1, painter.fontMetrics().horizontalAdvance(scale) + 1, labelHeight),
               scale);
    paintMarks(painter, plot, rect);
    for (const SeriesLine& each : plot.lines)
        paintLine(painter, each, rect, most);
}

void SeriesPlots::paintTitle(QPainter& painter, const SeriesPlot& plot, int top) const {
    painter.setFont(secondaryFont());
    paintText(&painter, QRect(0, top, width(), titleHeight), plot.title, ColorToken::Muted);
    painter.setFont(monoFont());
    int x = width() - painter.fontMetrics().horizontalAdvance(plot.valueText());
    for (const SeriesPlot::Run& run : plot.value) {
        const int wide = painter.fontMetrics().horizontalAdvance(run.text);
        paintText(&painter, QRect(x, top, wide + 1, titleHeight), run.text, run.token);
        x += wide;
    }
}

/// As single strokes: one path of so many steps takes far longer to fill.
void SeriesPlots::paintLine(QPainter& painter, const SeriesLine& line, const QRect& rect,
                            double most) const {
    QList<QLineF> strokes;
    bool isOpen = false;
    QPointF at;
    const auto go = [&](double x, double y) {
        // What goes straight on is one stroke: at a seam it would be darker.
        const bool isStraight = isOpen && at.y() == y && !strokes.empty() &&
                                strokes.back().p2() == at && strokes.back().dy() == 0;
        if (isStraight)
            strokes.back().setP2({x, y});
        else if (isOpen && at != QPointF(x, y))
            strokes.append({at, {x, y}});
        at = {x, y};
        isOpen = true;
    };
    const auto columns = plotColumns(m_times, line.values, from(), to(), width());
    for (std::size_t x = 0; x < columns.size(); ++x) {
        const PlotColumn& column = columns[x];
        const double middle = static_cast<double>(x) + 0.5;
        if (isOpen && (column.hasValue || column.isBroken))
            go(middle, at.y());
        if (column.hasValue) {
            const double last = yOf(column.last, rect, most);
            go(middle, isOpen ? yOf(column.least, rect, most) : last);
            if (column.least != column.most)
                go(middle, yOf(column.most, rect, most));
            go(middle, last);
        }
        isOpen = isOpen && !column.isBroken;
    }
    if (isOpen)
        go(width(), at.y());
    QPen pen(themeColor(line.token), 1.5);
    pen.setCapStyle(Qt::SquareCap);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(pen);
    painter.drawLines(strokes);
    painter.restore();
}

void SeriesPlots::paintBand(QPainter& painter, const SeriesLine& line, const QRect& rect,
                            double most) const {
    if (line.spread.size() != line.values.size())
        return;
    std::vector<double> low(line.values.size());
    std::vector<double> high(line.values.size());
    for (std::size_t i = 0; i < line.values.size(); ++i) {
        low[i] = std::max(0.0, line.values[i] - line.spread[i]);
        high[i] = line.values[i] + line.spread[i];
        if (!std::isfinite(line.values[i]))
            low[i] = line.values[i];
    }
    const auto lows = plotColumns(m_times, low, from(), to(), width());
    const auto highs = plotColumns(m_times, high, from(), to(), width());
    QColor color = themeColor(line.token);
    color.setAlphaF(bandShare);
    double below = std::nan("");
    double above = std::nan("");
    for (std::size_t x = 0; x < lows.size(); ++x) {
        const bool isHere = lows[x].hasValue && highs[x].hasValue;
        const double from = isHere ? lows[x].least : below;
        const double to = isHere ? highs[x].most : above;
        if (std::isfinite(from)) {
            const double y = yOf(to, rect, most);
            painter.fillRect(QRectF(static_cast<double>(x), y, 1, yOf(from, rect, most) - y),
                             color);
        }
        below = lows[x].isBroken ? std::nan("") : isHere ? lows[x].last : below;
        above = isHere ? highs[x].last : above;
    }
}

/// To the right of their time where there is room, else to its left.
void SeriesPlots::paintMarks(QPainter& painter, const SeriesPlot& plot, const QRect& rect) const {
    painter.setFont(axisFont());
    for (const SeriesMark& mark : plot.marks) {
        if (mark.time < from() || mark.time > to())
            continue;
        const int wide = painter.fontMetrics().horizontalAdvance(mark.text) + 1;
        const int x = xOf(mark.time);
        const int left = x + 6 + wide <= width() ? x + 6 : std::max(0, x - 6 - wide);
        paintPatch(painter, QRect(left, rect.top() + 1, wide, labelHeight), mark.text);
    }
}

void SeriesPlots::paintAxis(QPainter& painter, int top) const {
    painter.setFont(axisFont());
    for (const qint64 mark : timeMarks(from(), to(), width(), timePixels)) {
        const QString text = timeText(mark);
        const int wide = painter.fontMetrics().horizontalAdvance(text) + 1;
        const int left = std::clamp(xOf(mark) - wide / 2, 0, std::max(0, width() - wide));
        paintText(&painter, QRect(left, top, wide, axisHeight), text, ColorToken::Muted);
    }
}

QString SeriesPlots::tipAt(QPoint position) const {
    if (m_times.empty() || !rect().contains(position))
        return {};
    const double share = static_cast<double>(position.x()) / std::max(1, width() - 1);
    const auto time = from() + static_cast<qint64>(share * static_cast<double>(to() - from()));
    const auto next = std::ranges::upper_bound(m_times, time);
    if (next == m_times.begin())
        return {};
    const auto at = static_cast<std::size_t>(next - m_times.begin()) - 1;
    QStringList lines{timeText(m_times[at])};
    for (const SeriesPlot& plot : m_plots) {
        for (const SeriesLine& line : plot.lines) {
            if (at >= line.values.size() || !std::isfinite(line.values[at]))
                continue;
            lines.append(QStringLiteral("%1: %2").arg(line.name.isEmpty() ? plot.title : line.name,
                                                      markText(plot, line.values[at])));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

bool SeriesPlots::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    showTip(*help, this, tipAt(help->pos()));
    return true;
}

} // namespace sscope
