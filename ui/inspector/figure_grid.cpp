#include "ui/inspector/figure_grid.h"

#include <algorithm>

#include <QHBoxLayout>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int pitch = 20;
constexpr int middleGap = 24;
constexpr int leastGap = 6;
// Half of the narrowest line that the inspector has.
constexpr int halfWidth = 134;

} // namespace

FigureGrid::FigureGrid(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(0);
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnMinimumWidth(1, middleGap);
    for (const int column : {0, 2}) {
        m_grid->setColumnMinimumWidth(column, halfWidth);
        m_grid->setColumnStretch(column, 1);
    }
}

bool FigureGrid::isLong(const SocketFigure& figure) const {
    return figure.isLong || QFontMetrics(secondaryFont()).horizontalAdvance(figure.name) +
                                    leastGap +
                                    QFontMetrics(monoFont()).horizontalAdvance(figure.value) >
                                halfWidth;
}

bool FigureGrid::hasSameShape(const std::vector<SocketFigure>& figures) const {
    return std::ranges::equal(figures, m_cells, [this](const auto& figure, const Cell& cell) {
        return figure.name == cell.name->text() && isLong(figure) == cell.isLong;
    });
}

void FigureGrid::setFigures(const std::vector<SocketFigure>& figures) {
    if (!hasSameShape(figures))
        build(figures);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        Cell& cell = m_cells[i];
        if (cell.shown == figures[i].value)
            continue;
        cell.shown = figures[i].value;
        cell.value->setText(figures[i].value);
    }
}

FigureGrid::Cell FigureGrid::makeCell(const SocketFigure& figure) {
    auto* line = new QWidget(this);
    line->setMinimumHeight(pitch);
    QLabel* name = makeNote(figure.name, line);
    name->setWordWrap(false);
    name->setFont(secondaryFont());
    QLabel* value = makeLabel({}, line);
    value->setFont(monoFont());
    value->setWordWrap(figure.isLong);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value->setAccessibleName(figure.name);
    line->setToolTip(plainTip(figure.tip));
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(leastGap);
    row->addWidget(name, 0, figure.isLong ? Qt::AlignTop : Qt::AlignVCenter);
    row->addWidget(value, 1);
    return {line, name, value, {}, isLong(figure)};
}

void FigureGrid::build(const std::vector<SocketFigure>& figures) {
    for (const Cell& cell : m_cells)
        delete cell.line;
    m_cells.clear();
    int line = 0;
    bool isRight = false;
    for (const SocketFigure& figure : figures) {
        const Cell cell = makeCell(figure);
        if (cell.isLong) {
            line += isRight ? 1 : 0;
            isRight = false;
            m_grid->addWidget(cell.line, line++, 0, 1, 3);
        } else {
            m_grid->addWidget(cell.line, line, isRight ? 2 : 0);
            line += isRight ? 1 : 0;
            isRight = !isRight;
        }
        m_cells.push_back(cell);
    }
}

} // namespace sscope
