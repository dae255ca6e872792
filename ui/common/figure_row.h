#pragma once

#include <vector>

#include <QWidget>

namespace sscope {

struct Figure {
    QString name;
    QString value;
    bool isTrouble = false; // with a sign before it
};

/// The figures of one run beside each other: what each is, and below it the number.
class FigureRow : public QWidget {
    Q_OBJECT

public:
    explicit FigureRow(QWidget* parent = nullptr);

    void setFigures(std::vector<Figure> figures);
    [[nodiscard]] const std::vector<Figure>& figures() const { return m_figures; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Figure> m_figures;
};

} // namespace sscope
