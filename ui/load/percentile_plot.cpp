#include "ui/load/percentile_plot.h"

#include <algorithm>
#include <cmath>

#include <QMouseEvent>
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
constexpr int titleHeight = 32;
constexpr int axisWidth = 52; // of the latencies, margin included
constexpr int axisHeight = 34;
constexpr int labelGap = 8;
constexpr int labelPitch = 14;
constexpr int leastLabelWidth = 64;
constexpr int mostLabelWidth = 140;
// Lines nearer to each other than this at their ends are told apart by dashes.
constexpr double nearby = 5;
constexpr double hitDistance = 6;

double distance(QPointF from, QPointF to, QPointF point) {
    const QPointF along = to - from;
    const double length = QPointF::dotProduct(along, along);
    const double share =
        length > 0 ? std::clamp(QPointF::dotProduct(point - from, along) / length, 0.0, 1.0) : 0;
    const QPointF off = point - (from + share * along);
    return std::hypot(off.x(), off.y());
}

} // namespace

PercentilePlot::PercentilePlot(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("percentilePlot"));
    describe();
}

void PercentilePlot::setNote(const QString& note) {
    m_note = note;
    update();
}

void PercentilePlot::setEmptyText(const QString& text) {
    m_emptyText = text;
    update();
}

void PercentilePlot::setLines(std::vector<PercentileLine> lines) {
    m_lines = std::move(lines);
    Duration least = std::chrono::hours(1);
    Duration most{};
    for (const PercentileLine& line : m_lines) {
        for (const PercentilePoint& point : line.points) {
            least = std::min(least, point.latency);
            most = std::max(most, point.latency);
        }
    }
    if (most > Duration::zero())
        m_axis = LatencyAxis::around(std::max(Duration(1), least), most);
    describe();
    update();
}

/// What a person hears who cannot see the lines.
void PercentilePlot::describe() {
    QStringList words{tr("Latency by percentile")};
    for (const PercentileLine& line : m_lines) {
        if (!line.points.empty())
            words.append(QStringLiteral("%1, %2: %3")
                             .arg(line.name, shareText(line.points.back().share),
                                  shortLatencyText(line.points.back().latency)));
    }
    setAccessibleName(words.join(QStringLiteral("; ")));
}

int PercentilePlot::labelWidth() const {
    int width = leastLabelWidth;
    const QFontMetrics metrics(demiBold(secondaryFont()));
    for (const PercentileLine& line : m_lines)
        width = std::max(width, metrics.horizontalAdvance(line.name) + 4);
    return std::min(width, mostLabelWidth);
}

QRect PercentilePlot::plotRect() const {
    return rect().adjusted(axisWidth, titleHeight + 8, -(margin + labelWidth() + labelGap),
                           -axisHeight);
}

QPointF PercentilePlot::pointOf(const PercentilePoint& point) const {
    const QRect plot = plotRect();
    return {plot.left() + sharePosition(point.share) * plot.width(),
            plot.top() + (1 - m_axis.position(point.latency)) * plot.height()};
}

void PercentilePlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    paintTitle(painter);
    if (plotRect().width() < 40 || plotRect().height() < 24)
        return;
    const bool isEmpty = std::ranges::all_of(
        m_lines, [](const PercentileLine& line) { return line.points.empty(); });
    if (isEmpty) {
        painter.setFont(font());
        painter.setPen(themeColor(ColorToken::Muted));
        painter.drawText(rect().adjusted(margin, titleHeight, -margin, -margin),
                         Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    paintGrid(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<bool> isDashed = dashes();
    // The one that is looked at lies over the others.
    for (const bool selected : {false, true}) {
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            if (m_lines[i].isSelected == selected)
                paintLine(painter, i, isDashed[i]);
        }
    }
    paintLabels(painter);
}

void PercentilePlot::paintTitle(QPainter& painter) const {
    const QRect row(margin, 0, width() - 2 * margin, titleHeight);
    painter.setFont(demiBold(font()));
    const QString title = tr("Latency by percentile");
    paintText(&painter, row, title, ColorToken::Text);
    const int taken = painter.fontMetrics().horizontalAdvance(title) + 16;
    painter.setFont(secondaryFont());
    if (painter.fontMetrics().horizontalAdvance(m_note) <= row.width() - taken)
        paintText(&painter, row, m_note, ColorToken::Muted, Qt::AlignRight);
}

void PercentilePlot::paintGrid(QPainter& painter) const {
    const QRect plot = plotRect();
    painter.setFont(axisFont());
    const int lineHeight = painter.fontMetrics().height();
    int lastLabel = plot.bottom() + 2 * lineHeight;
    for (const Duration decade : m_axis.decades()) {
        const int y = plot.top() + qRound((1 - m_axis.position(decade)) * plot.height());
        painter.fillRect(plot.left(), y, plot.width(), 1, themeColor(ColorToken::Hairline));
        if (lastLabel - y < lineHeight)
            continue;
        lastLabel = y;
        paintText(&painter, QRect(0, y - 8, plot.left() - 8, 16), decadeText(decade),
                  ColorToken::Muted, Qt::AlignRight);
    }
    int lastRight = -1;
    for (const double share : namedShares()) {
        const int x = plot.left() + qRound(sharePosition(share) * plot.width());
        painter.fillRect(x, plot.top(), 1, plot.height(), themeColor(ColorToken::Hairline));
        const int half = painter.fontMetrics().horizontalAdvance(shareText(share)) / 2 + 2;
        if (x - half < lastRight)
            continue;
        lastRight = x + half;
        paintText(&painter, QRect(x - half, plot.bottom() + 4, 2 * half, 16), shareText(share),
                  ColorToken::Muted, Qt::AlignHCenter);
    }
}

std::vector<bool> PercentilePlot::dashes() const {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (!m_lines[i].points.empty())
            order.push_back(i);
    }
    const auto endOf = [this](std::size_t i) { return pointOf(m_lines[i].points.back()).y(); };
    std::ranges::sort(order, {}, endOf);
    std::vector<bool> isDashed(m_lines.size(), false);
    for (std::size_t i = 1; i < order.size(); ++i) {
        const bool isNear = endOf(order[i]) - endOf(order[i - 1]) < nearby;
        if (!isNear || isDashed[order[i - 1]])
            continue;
        // Of the two, the one that is looked at less.
        const PercentileLine& line = m_lines[order[i]];
        isDashed[line.isSelected || line.isStrong ? order[i - 1] : order[i]] = true;
    }
    return isDashed;
}

void PercentilePlot::paintLine(QPainter& painter, std::size_t index, bool isDashed) const {
    const PercentileLine& line = m_lines[index];
    if (line.points.empty())
        return;
    QPainterPath path(pointOf(line.points.front()));
    for (const PercentilePoint& point : line.points)
        path.lineTo(pointOf(point));
    const ColorToken token = line.isSelected ? ColorToken::Accent
                             : line.isStrong ? ColorToken::Text
                                             : ColorToken::Muted;
    QPen pen(themeColor(token), line.isSelected ? 2.25 : line.isStrong ? 1.5 : 1);
    pen.setJoinStyle(Qt::RoundJoin);
    if (isDashed)
        pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

std::vector<int> PercentilePlot::labelMiddles() const {
    std::vector<int> wanted;
    for (const PercentileLine& line : m_lines) {
        if (!line.points.empty())
            wanted.push_back(qRound(pointOf(line.points.back()).y()));
    }
    return spreadLabels(wanted, labelPitch, titleHeight + 4, plotRect().bottom() + 6);
}

void PercentilePlot::paintLabels(QPainter& painter) const {
    const std::vector<int> middles = labelMiddles();
    const int left = plotRect().right() + labelGap;
    std::size_t next = 0;
    for (const PercentileLine& line : m_lines) {
        if (line.points.empty())
            continue;
        painter.setFont(line.isSelected ? demiBold(secondaryFont()) : secondaryFont());
        const ColorToken token = line.isSelected ? ColorToken::Accent
                                 : line.isStrong ? ColorToken::Text
                                                 : ColorToken::Muted;
        paintText(&painter, QRect(left, middles[next] - 8, width() - left - 4, 16), line.name,
                  token);
        ++next;
    }
}

int PercentilePlot::lineAt(QPoint position) const {
    const std::vector<int> middles = labelMiddles();
    const bool isLabel = position.x() >= plotRect().right() + labelGap;
    std::size_t next = 0;
    int nearest = -1;
    double best = isLabel ? labelPitch / 2.0 : hitDistance;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const std::vector<PercentilePoint>& points = m_lines[i].points;
        if (points.empty())
            continue;
        double off = 1e9;
        if (isLabel)
            off = std::abs(middles[next] - position.y());
        for (std::size_t p = 1; !isLabel && p < points.size(); ++p)
            off = std::min(off, distance(pointOf(points[p - 1]), pointOf(points[p]), position));
        ++next;
        if (off <= best) {
            best = off;
            nearest = static_cast<int>(i);
        }
    }
    return nearest;
}

void PercentilePlot::mousePressEvent(QMouseEvent* event) {
    if (const int line = lineAt(event->pos()); line >= 0)
        Q_EMIT lineChosen(line);
}

QString PercentilePlot::tipOf(int line, int x) const {
    const PercentileLine& chosen = m_lines[static_cast<std::size_t>(line)];
    const auto it = std::ranges::min_element(chosen.points, {}, [&](const PercentilePoint& point) {
        return std::abs(pointOf(point).x() - x);
    });
    return tr("%1: %2 were answered within %3")
        .arg(chosen.name, shareText(it->share), shortLatencyText(it->latency));
}

bool PercentilePlot::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int line = lineAt(help->pos());
    showTip(*help, this, line >= 0 ? tipOf(line, help->pos().x()) : QString());
    return true;
}

} // namespace sscope
