#pragma once

#include <QWidget>

#include "core/load/latency_histogram.h"
#include "ui/load/latency_axis.h"

namespace sscope {

/// How many requests took how long, on a logarithmic axis. On the GUI thread; holds a copy.
class HistogramPlot : public QWidget {
    Q_OBJECT

public:
    explicit HistogramPlot(QWidget* parent = nullptr);

    /// Whose it is; empty where there is one run only.
    void setNote(const QString& note);
    void setLatencies(const LatencyHistogram& latencies);
    [[nodiscard]] QSize sizeHint() const override { return {320, 180}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 120}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect plotRect() const;
    void paintLegend(QPainter& painter) const;

    QString m_note;
    LatencyHistogram m_latencies;
    LatencyAxis m_axis;
};

} // namespace sscope
