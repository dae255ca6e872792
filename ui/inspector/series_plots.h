#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QWidget>

#include "ui/common/theme.h"

namespace sscope {

/// A step line: a value for each of the plots' times; what is not a number leaves a gap.
struct SeriesLine {
    QString name; // in the tooltip; empty where the plot has one line
    std::vector<double> values;
    std::vector<double> spread{}; // above and below, as a band; empty for none
    ColorToken token = ColorToken::Text;
};

/// What happened at a time.
struct SeriesMark {
    qint64 time = 0;
    QString text;
};

struct SeriesPlot {
    struct Run {
        QString text;
        ColorToken token = ColorToken::Text;
    };
    QString title;
    std::vector<Run> value; // the last one, at the right of the title
    std::vector<SeriesLine> lines;
    std::vector<SeriesMark> marks{};
    int height = 40;
    double leastTop = 1;                   // what it reaches to where there is nothing to see
    bool isBytes = false;                  // its top is round in KiB
    std::function<QString(double)> text{}; // of a value

    [[nodiscard]] QString valueText() const;
};

/// Tenths that are none are left out: "32 KiB" of "32.0 KiB".
QString withoutTenths(const QString& text);

/// Plots of one socket over one time axis, one below the other, decimated to a column for each
/// pixel. Times in milliseconds of the wall's clock.
class SeriesPlots : public QWidget {
    Q_OBJECT

public:
    explicit SeriesPlots(QWidget* parent = nullptr);

    /// The axis ends at the last time and begins where the first is, 20 s before at the latest.
    void setSeries(std::vector<qint64> times, std::vector<SeriesPlot> plots);
    [[nodiscard]] const std::vector<SeriesPlot>& plots() const { return m_plots; }
    [[nodiscard]] int heightOfAll() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, heightOfAll()}; }
    /// What was at a place, as lines of text.
    [[nodiscard]] QString tipAt(QPoint position) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] qint64 from() const;
    [[nodiscard]] qint64 to() const;
    [[nodiscard]] int xOf(qint64 time) const;
    [[nodiscard]] static double topOf(const SeriesPlot& plot);
    void paintPlot(QPainter& painter, const SeriesPlot& plot, int top) const;
    void paintTitle(QPainter& painter, const SeriesPlot& plot, int top) const;
    void paintLine(QPainter& painter, const SeriesLine& line, const QRect& rect, double most) const;
    void paintBand(QPainter& painter, const SeriesLine& line, const QRect& rect, double most) const;
    void paintMarks(QPainter& painter, const SeriesPlot& plot, const QRect& rect) const;
    void paintAxis(QPainter& painter, int top) const;

    std::vector<qint64> m_times;
    std::vector<SeriesPlot> m_plots;
};

} // namespace sscope
