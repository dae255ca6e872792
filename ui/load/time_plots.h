#pragma once

#include <functional>
#include <vector>

#include <QWidget>

#include "ui/common/theme.h"

namespace sscope {

/// One value for each interval; what is not a number leaves a gap.
struct TimeLine {
    QString name; // at its end; empty where the plot has one line only
    std::vector<double> values;
    bool isStrong = true;
    Qt::PenStyle style = Qt::SolidLine;
};

struct TimePlot {
    QString title;
    QString value; // the last one, at the right of the title
    std::vector<TimeLine> lines;
    int share = 1; // of the height that there is
    bool isLogarithmic = false;
    std::function<QString(double)> text; // of a value at the axis
};

/// Plots over one time axis, one below the other. The intervals follow each other without a gap.
class TimePlots : public QWidget {
    Q_OBJECT

public:
    explicit TimePlots(QWidget* parent = nullptr);

    /// ends: when each interval ends, in seconds; the first begins at 0. span: of the whole axis.
    void setTimes(std::vector<double> ends, double span);
    void setPlots(std::vector<TimePlot> plots);
    void setEmptyText(const QString& text);
    [[nodiscard]] QSize sizeHint() const override { return {640, 280}; }
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// Where a plot's lines are.
    struct Place {
        int titleTop = 0;
        QRect lines;
    };
    /// What its height stands for.
    struct Range {
        double least = 0;
        double most = 1;
    };

    [[nodiscard]] std::vector<Place> places() const;
    [[nodiscard]] Range rangeOf(const TimePlot& plot) const;
    [[nodiscard]] int xOf(double seconds, const QRect& rect) const;
    [[nodiscard]] static double yOf(double value, const Range& range, const TimePlot& plot,
                                    const QRect& rect);
    void paintPlot(QPainter& painter, const TimePlot& plot, const Place& place) const;
    void paintScale(QPainter& painter, const TimePlot& plot, const Range& range,
                    const QRect& rect) const;
    void paintLine(QPainter& painter, const TimePlot& plot, const TimeLine& line,
                   const Range& range, const QRect& rect) const;
    void paintNames(QPainter& painter, const TimePlot& plot, const Range& range,
                    const QRect& rect) const;
    void paintAxis(QPainter& painter, const QRect& rect) const;
    [[nodiscard]] QString tipAt(QPoint position) const;

    std::vector<double> m_ends;
    double m_span = 1;
    std::vector<TimePlot> m_plots;
    QString m_emptyText;
};

} // namespace sscope
