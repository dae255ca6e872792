#include "ui/load/histogram_plot.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/plot_labels.h"
#include "ui/load/histogram_painting.h"
#include "ui/load/load_text.h"

namespace sscope {

namespace {

constexpr int margin = 12;
constexpr int titleHeight = 32;
constexpr int axisHeight = 34;
constexpr int markHeight = 12;

} // namespace

HistogramPlot::HistogramPlot(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("histogramPlot"));
    setLatencies({});
}

void HistogramPlot::setNote(const QString& note) {
    m_note = note;
    update();
}

void HistogramPlot::setLatencies(const LatencyHistogram& latencies) {
    m_latencies = latencies;
    m_axis = LatencyAxis::around(
        latencies.count() == 0 ? std::chrono::microseconds(10) : latencies.min(),
        latencies.count() == 0 ? std::chrono::milliseconds(10) : latencies.max());
    setAccessibleName(tr("Latency distribution: %1 requests, p50 %2, p99 %3")
                          .arg(countText(latencies.count()),
                               shortLatencyText(latencies.percentile(0.5)),
                               shortLatencyText(latencies.percentile(0.99))));
    update();
}

QRect HistogramPlot::plotRect() const {
    return rect().adjusted(margin, titleHeight + 8, -margin, -axisHeight);
}

void HistogramPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    const QRect row(margin, 0, width() - 2 * margin, titleHeight);
    painter.setFont(demiBold(font()));
    paintText(&painter, row,
              m_note.isEmpty() ? tr("Distribution") : tr("Distribution, %1").arg(m_note),
              ColorToken::Text);
    const QRect plot = plotRect();
    if (plot.width() < 20 || plot.height() < 12 || m_latencies.count() == 0)
        return;
    paintLegend(painter);
    const LatencyColumns columns{countsIn(m_latencies, m_axis, columnsIn(plot.width())),
                                 m_latencies.percentile(0.5), m_latencies.percentile(0.99)};
    paintLatencyColumns(&painter, plot, m_axis, columns, quietBarColor());
    painter.setFont(axisFont());
    paintLatencyLabels(&painter, QRect(plot.left(), plot.bottom() + 4, plot.width(), 16), m_axis);
}

void HistogramPlot::paintLegend(QPainter& painter) const {
    painter.setFont(secondaryFont());
    int x = width() - margin;
    for (const bool isDotted : {true, false}) {
        const QString word = isDotted ? QStringLiteral("p99") : QStringLiteral("p50");
        x -= painter.fontMetrics().horizontalAdvance(word);
        paintText(&painter, QRect(x, 0, width() - x, titleHeight), word, ColorToken::Muted);
        x -= 8;
        paintPercentileMark(&painter, x, (titleHeight - markHeight) / 2, markHeight, isDotted);
        x -= 14;
    }
}

bool HistogramPlot::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QRect plot = plotRect();
    if (!plot.contains(help->pos()) || m_latencies.count() == 0) {
        QToolTip::hideText();
        return true;
    }
    const Duration from =
        m_axis.at(static_cast<double>(help->pos().x() - plot.left()) / plot.width());
    QToolTip::showText(help->globalPos(),
                       plainTip(tr("%1 of %2 took %3 or longer")
                                    .arg(countText(m_latencies.countFrom(from)),
                                         countText(m_latencies.count()), shortLatencyText(from))),
                       this);
    return true;
}

} // namespace sscope
