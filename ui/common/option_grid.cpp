#include "ui/common/option_grid.h"

#include <algorithm>

namespace sscope {

namespace {

constexpr int labelWidth = 88;
constexpr int fieldWidth = 64;
constexpr int gap = 16;
constexpr int pitch = labelWidth + fieldWidth + gap;
constexpr int wideField = pitch + fieldWidth;
constexpr int leastColumns = 2;
constexpr int mostColumns = 6;
// A column of fields is three of the layout's: label, field, gap.
constexpr int parts = 3;

} // namespace

OptionGrid::OptionGrid(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(0);
    m_grid->setVerticalSpacing(4);
    m_grid->setAlignment(Qt::AlignLeft | Qt::AlignTop);
}

void OptionGrid::addField(QLabel* label, QWidget* field, bool isWide) {
    label->setWordWrap(false);
    label->setBuddy(field);
    label->setMinimumWidth(labelWidth);
    field->setFixedWidth(isWide ? wideField : fieldWidth);
    m_cells.push_back({label, field, isWide});
    arrange();
}

void OptionGrid::setFieldShown(const QWidget* field, bool isShown) {
    const auto cell = std::ranges::find(m_cells, field, &Cell::field);
    if (cell == m_cells.end() || std::exchange(cell->isShown, isShown) == isShown)
        return;
    cell->label->setVisible(isShown);
    cell->field->setVisible(isShown);
    arrange();
}

void OptionGrid::placeFault(QWidget* fault, const QWidget* field) {
    fault->setParent(this); // it may have stood in another grid
    m_fault = fault;
    m_faultField = field;
    arrange();
}

QSize OptionGrid::minimumSizeHint() const {
    return {leastColumns * pitch - gap, m_grid->minimumSize().height()};
}

void OptionGrid::arrange() {
    while (QLayoutItem* item = m_grid->takeAt(0))
        delete item;
    int row = 0;
    int column = 0;
    for (Cell& cell : m_cells) {
        if (!cell.isShown)
            continue;
        const int width = cell.isWide ? 2 : 1;
        if (column + width > m_columns) {
            row += 2; // the row below is kept for a fault
            column = 0;
        }
        cell.row = row;
        cell.column = column;
        m_grid->addWidget(cell.label, row, column * parts);
        m_grid->addWidget(cell.field, row, column * parts + 1, 1, (width - 1) * parts + 1);
        column += width;
    }
    for (int i = 0; i < mostColumns; ++i) {
        const bool isUsed = i < m_columns;
        m_grid->setColumnMinimumWidth(i * parts, isUsed ? labelWidth : 0);
        m_grid->setColumnMinimumWidth(i * parts + 1, isUsed ? fieldWidth : 0);
        m_grid->setColumnMinimumWidth(i * parts + 2, isUsed && i + 1 < m_columns ? gap : 0);
    }
    m_grid->setColumnStretch(mostColumns * parts, 1);
    const auto cell = std::ranges::find(m_cells, m_faultField, &Cell::field);
    if (!m_fault || m_fault->parentWidget() != this || cell == m_cells.end())
        return;
    // At the field's x where what is wrong has room there.
    const int first = cell->column + 2 <= m_columns ? cell->column : std::max(0, m_columns - 2);
    m_grid->addWidget(m_fault, cell->row + 1, first * parts + (first == cell->column ? 1 : 0), 1,
                      -1);
}

void OptionGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int columns = std::clamp((width() + gap) / pitch, leastColumns, mostColumns);
    if (columns == m_columns)
        return;
    m_columns = columns;
    arrange();
}

} // namespace sscope
