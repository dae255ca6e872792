#pragma once

#include <vector>

#include <QWidget>

#include "ui/load/latency_axis.h"

namespace sscope {

struct PercentilePoint {
    double share = 0; // 0.99: 99 % were answered within the latency
    Duration latency{};
};

struct PercentileLine {
    QString name;
    std::vector<PercentilePoint> points; // by share
    bool isSelected = false;             // accent and thicker
    bool isStrong = false;               // in the text's colour
};

/// Latency by percentile: a line for each run, named at its end. On the GUI thread; plain values.
class PercentilePlot : public QWidget {
    Q_OBJECT

public:
    explicit PercentilePlot(QWidget* parent = nullptr);

    /// Under what circumstances; on the right of the title, where it has room.
    void setNote(const QString& note);
    void setLines(std::vector<PercentileLine> lines);
    /// What stands in the middle while there is no line.
    void setEmptyText(const QString& text);
    [[nodiscard]] QSize sizeHint() const override { return {600, 340}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {260, 184}; }

Q_SIGNALS:
    void lineChosen(int line);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect plotRect() const;
    [[nodiscard]] int labelWidth() const;
    [[nodiscard]] QPointF pointOf(const PercentilePoint& point) const;
    [[nodiscard]] std::vector<int> labelMiddles() const;
    [[nodiscard]] int lineAt(QPoint position) const;
    [[nodiscard]] QString tipOf(int line, int x) const;
    void paintTitle(QPainter& painter) const;
    void paintGrid(QPainter& painter) const;
    void paintLine(QPainter& painter, std::size_t index, bool isDashed) const;
    void paintLabels(QPainter& painter) const;
    [[nodiscard]] std::vector<bool> dashes() const;
    void describe();

    QString m_note;
    QString m_emptyText;
    std::vector<PercentileLine> m_lines;
    LatencyAxis m_axis;
};

} // namespace sscope
