#pragma once

#include <vector>

#include <QGridLayout>
#include <QLabel>
#include <QWidget>

#include "ui/inspector/socket_figures.h"

namespace sscope {

/// Names and values, two in each line; one that is too long for that has a line of its own. Values
/// can be selected.
class FigureGrid : public QWidget {
    Q_OBJECT

public:
    explicit FigureGrid(QWidget* parent = nullptr);

    void setFigures(const std::vector<SocketFigure>& figures);

private:
    struct Cell {
        QWidget* line;
        QLabel* name;
        QLabel* value;
        QString shown;
        bool isLong;
    };
    [[nodiscard]] bool isLong(const SocketFigure& figure) const;
    [[nodiscard]] bool hasSameShape(const std::vector<SocketFigure>& figures) const;
    void build(const std::vector<SocketFigure>& figures);
    Cell makeCell(const SocketFigure& figure);

    QGridLayout* m_grid;
    std::vector<Cell> m_cells;
};

} // namespace sscope
