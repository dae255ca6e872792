#pragma once

#include <QWidget>

namespace sscope {

/// Over the table of a race: how far it is, on which machine, and what the marks in the histograms
/// stand for. On the GUI thread.
class RaceStrip : public QWidget {
    Q_OBJECT

public:
    enum class Sign { None, Running, Done, Cancelled };

    explicit RaceStrip(QWidget* parent = nullptr);

    void setProgress(Sign sign, const QString& text);
    /// "atlas, 8 cores, Linux 6.1, 2026-11-21 14:52"
    void setCircumstances(const QString& text);
    /// Where the legend begins: over the axis of the histograms.
    void setLegendLeft(int x);
    [[nodiscard]] QString progress() const { return m_progress; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintLegend(QPainter& painter) const;

    Sign m_sign = Sign::None;
    QString m_progress;
    QString m_circumstances;
    int m_legendLeft = 508;
};

} // namespace sscope
