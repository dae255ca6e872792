#include "ui/load/time_plots.h"

#include <algorithm>
#include <cmath>

#include <QPainter>
#include <QPainterPath>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painted_tip.h"
#include "ui/common/painting.h"
#include "ui/common/plot_labels.h"
#include "ui/load/load_text.h"

namespace sscope {

namespace {

constexpr int margin = 12;
constexpr int titleHeight = 18;
constexpr int gap = 8;
constexpr int axisHeight = 16;
constexpr int scaleWidth = 52; // margin included
constexpr int nameWidth = 44;
constexpr int leastPlot = 28;
constexpr int namePitch = 13;
constexpr int pixelsForTime = 64; // between two labels of the axis

/// 1, 2 or 5 by a power of ten: at least so much.
double niceStep(double least) {
    const double power = std::pow(10.0, std::floor(std::log10(std::max(least, 1e-6))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least * 0.999)
            return factor * power;
    }
    return 10 * power;
}

/// Of a mark the tenths that are none are left out.
QString markText(const TimePlot& plot, double value) {
    QString text = plot.text ? plot.text(value) : QString();
    if (text.endsWith(QStringLiteral(".0")))
        text.chop(2);
    return text.replace(QStringLiteral(".0 "), QStringLiteral(" "));
}

QString secondsText(double seconds) {
    return spanText(fromSeconds(seconds));
}

} // namespace

TimePlots::TimePlots(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("timePlots"));
}

void TimePlots::setTimes(std::vector<double> ends, double span) {
    m_ends = std::move(ends);
    m_span = std::max({span, m_ends.empty() ? 0.0 : m_ends.back(), 0.001});
    update();
}

void TimePlots::setPlots(std::vector<TimePlot> plots) {
    const bool isHigher = plots.size() != m_plots.size();
    m_plots = std::move(plots);
    QStringList words;
    for (const TimePlot& plot : m_plots)
        words.append(QStringLiteral("%1 %2").arg(plot.title, plot.value));
    setAccessibleName(words.join(QStringLiteral(", ")));
    if (isHigher)
        updateGeometry();
    update();
}

void TimePlots::setEmptyText(const QString& text) {
    m_emptyText = text;
    update();
}

QSize TimePlots::minimumSizeHint() const {
    const auto count = static_cast<int>(m_plots.size());
    int shares = 0;
    for (const TimePlot& plot : m_plots)
        shares += plot.share;
    return {320, count * (titleHeight + gap) + shares * leastPlot + axisHeight + gap};
}

std::vector<TimePlots::Place> TimePlots::places() const {
    const auto count = static_cast<int>(m_plots.size());
    int shares = 0;
    for (const TimePlot& plot : m_plots)
        shares += plot.share;
    const int room = height() - gap - axisHeight - count * (titleHeight + gap);
    std::vector<Place> all;
    int y = gap;
    for (const TimePlot& plot : m_plots) {
        const int high = std::max(1, room * plot.share / std::max(1, shares));
        all.push_back({y, QRect(scaleWidth, y + titleHeight,
                                width() - scaleWidth - nameWidth - margin, high)});
        y += titleHeight + high + gap;
    }
    return all;
}

TimePlots::Range TimePlots::rangeOf(const TimePlot& plot) const {
    double least = 1e300;
    double most = 0;
    for (const TimeLine& line : plot.lines) {
        for (const double value : line.values) {
            if (!std::isfinite(value) || (plot.isLogarithmic && value <= 0))
                continue;
            least = std::min(least, value);
            most = std::max(most, value);
        }
    }
    if (!plot.isLogarithmic)
        return {0, most > 0 ? most : 1};
    if (most <= 0)
        return {1, 10};
    const double low = std::pow(10.0, std::floor(std::log10(least) + 1e-9));
    return {low, std::max(low * 10, std::pow(10.0, std::ceil(std::log10(most) - 1e-9)))};
}

int TimePlots::xOf(double seconds, const QRect& rect) const {
    return rect.left() + qRound(seconds / m_span * rect.width());
}

double TimePlots::yOf(double value, const Range& range, const TimePlot& plot, const QRect& rect) {
    const double share =
        plot.isLogarithmic ? (std::log10(std::max(value, range.least)) - std::log10(range.least)) /
                                 (std::log10(range.most) - std::log10(range.least))
                           : (value - range.least) / (range.most - range.least);
    return rect.bottom() - std::clamp(share, 0.0, 1.0) * (rect.height() - 1);
}

void TimePlots::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    if (m_ends.empty()) {
        painter.setPen(themeColor(ColorToken::Muted));
        painter.drawText(rect().adjusted(margin, margin, -margin, -margin),
                         Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const std::vector<Place> all = places();
    if (all.empty() || all.front().lines.width() < 20)
        return;
    for (std::size_t i = 0; i < all.size(); ++i)
        paintPlot(painter, m_plots[i], all[i]);
    paintAxis(painter, all.back().lines);
}

void TimePlots::paintPlot(QPainter& painter, const TimePlot& plot, const Place& place) const {
    const QRect title(place.lines.left(), place.titleTop, place.lines.width(), titleHeight);
    painter.setFont(secondaryFont());
    paintText(&painter, title, plot.title, ColorToken::Muted);
    painter.setFont(monoFont());
    paintText(&painter, title, plot.value, ColorToken::Text, Qt::AlignRight);
    const Range range = rangeOf(plot);
    paintScale(painter, plot, range, place.lines);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const TimeLine& line : plot.lines)
        paintLine(painter, plot, line, range, place.lines);
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintNames(painter, plot, range, place.lines);
}

/// One hairline at the top value; of a logarithmic one at each decade.
void TimePlots::paintScale(QPainter& painter, const TimePlot& plot, const Range& range,
                           const QRect& rect) const {
    painter.setFont(axisFont());
    std::vector<double> marks{range.most};
    for (double mark = range.most / 10; plot.isLogarithmic && mark > range.least * 0.9; mark /= 10)
        marks.push_back(mark);
    int last = rect.top() - 100;
    for (const double mark : marks) {
        const int y = qRound(yOf(mark, range, plot, rect));
        painter.fillRect(rect.left(), y, rect.width(), 1, themeColor(ColorToken::Hairline));
        if (y - last < 13)
            continue;
        last = y;
        paintText(&painter, QRect(0, y - 8, rect.left() - 8, 16), markText(plot, mark),
                  ColorToken::Muted, Qt::AlignRight);
    }
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, themeColor(ColorToken::Hairline));
}

/// Of several intervals within one pixel the largest is drawn.
void TimePlots::paintLine(QPainter& painter, const TimePlot& plot, const TimeLine& line,
                          const Range& range, const QRect& rect) const {
    QPainterPath path;
    bool isOpen = false;
    int left = rect.left();
    double largest = std::nan("");
    for (std::size_t i = 0; i < std::min(line.values.size(), m_ends.size()); ++i) {
        const double value = line.values[i];
        if (std::isfinite(value) && !(plot.isLogarithmic && value <= 0))
            largest = std::isfinite(largest) ? std::max(largest, value) : value;
        const int right = xOf(m_ends[i], rect);
        if (right <= left && i + 1 < m_ends.size())
            continue;
        if (std::isfinite(largest)) {
            const double y = yOf(largest, range, plot, rect) + 0.5;
            if (isOpen)
                path.lineTo(left, y);
            else
                path.moveTo(left, y);
            path.lineTo(right, y);
        }
        isOpen = std::isfinite(largest);
        left = right;
        largest = std::nan("");
    }
    QPen pen(themeColor(line.isStrong ? ColorToken::Text : ColorToken::Muted), 1.5, line.style);
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

void TimePlots::paintNames(QPainter& painter, const TimePlot& plot, const Range& range,
                           const QRect& rect) const {
    std::vector<int> wanted;
    std::vector<const TimeLine*> named;
    for (const TimeLine& line : plot.lines) {
        const auto last = std::find_if(line.values.rbegin(), line.values.rend(), [&](double value) {
            return std::isfinite(value) && (!plot.isLogarithmic || value > 0);
        });
        if (line.name.isEmpty() || last == line.values.rend())
            continue;
        wanted.push_back(qRound(yOf(*last, range, plot, rect)));
        named.push_back(&line);
    }
    const std::vector<int> middles =
        spreadLabels(wanted, namePitch, rect.top() + 2, rect.bottom() - 2);
    painter.setFont(axisFont());
    const int x = std::min(rect.right(), xOf(m_ends.back(), rect)) + 6;
    for (std::size_t i = 0; i < named.size(); ++i) {
        const QRect place(x, middles[i] - 7, nameWidth, 14);
        painter.fillRect(QRect(x, middles[i] - 6,
                               painter.fontMetrics().horizontalAdvance(named[i]->name) + 2, 12),
                         themeColor(ColorToken::Surface));
        paintText(&painter, place, named[i]->name,
                  named[i]->isStrong ? ColorToken::Text : ColorToken::Muted);
    }
}

void TimePlots::paintAxis(QPainter& painter, const QRect& rect) const {
    painter.setFont(axisFont());
    const double step = niceStep(m_span * pixelsForTime / std::max(pixelsForTime, rect.width()));
    const int top = height() - axisHeight - gap / 2;
    for (double seconds = 0; seconds <= m_span * 1.0001; seconds += step) {
        const QString text = seconds == 0 ? QStringLiteral("0 s") : secondsText(seconds);
        const int half = painter.fontMetrics().horizontalAdvance(text) / 2 + 2;
        const int x = xOf(seconds, rect);
        painter.fillRect(x, rect.bottom() + 1, 1, 3, themeColor(ColorToken::FieldBorder));
        paintText(&painter, QRect(x - half, top, 2 * half, axisHeight), text, ColorToken::Muted,
                  Qt::AlignHCenter);
    }
}

QString TimePlots::tipAt(QPoint position) const {
    const std::vector<Place> all = places();
    if (m_ends.empty() || all.empty() || !rect().contains(position))
        return {};
    const QRect& axis = all.front().lines;
    if (position.x() < axis.left() || position.x() > axis.right())
        return {};
    const double seconds = (position.x() - axis.left()) * m_span / axis.width();
    const auto it = std::ranges::lower_bound(m_ends, seconds);
    if (it == m_ends.end())
        return {};
    const auto interval = static_cast<std::size_t>(it - m_ends.begin());
    const double begin = interval == 0 ? 0 : m_ends[interval - 1];
    QStringList lines{tr("%1 to %2")
                          .arg(begin == 0 ? QStringLiteral("0 s") : secondsText(begin),
                               secondsText(m_ends[interval]))};
    for (const TimePlot& plot : m_plots) {
        for (const TimeLine& line : plot.lines) {
            if (interval < line.values.size() && std::isfinite(line.values[interval]))
                lines.append(QStringLiteral("%1: %2").arg(
                    line.name.isEmpty() ? plot.title : line.name,
                    plot.text ? plot.text(line.values[interval]) : QString()));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

bool TimePlots::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    showTip(*help, this, tipAt(help->pos()));
    return true;
}

} // namespace sscope
