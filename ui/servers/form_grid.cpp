#include "ui/servers/form_grid.h"

#include <QHBoxLayout>

#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int labelWidth = 88;
constexpr int pitch = 4; // between rows of 24
constexpr int gap = 8;

} // namespace

FormGrid::FormGrid(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(gap);
    m_grid->setVerticalSpacing(pitch);
    m_grid->setColumnMinimumWidth(0, labelWidth);
    m_grid->setColumnStretch(1, 1);
}

void FormGrid::addRow(const QString& text, QWidget* field, QWidget* beside) {
    QLabel* label = makeLabel(text, this);
    label->setWordWrap(false);
    label->setBuddy(field);
    field->setAccessibleName(text);
    auto* content = new QWidget(this);
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gap);
    row->addWidget(field, 1);
    m_grid->addWidget(label, m_next, 0);
    m_grid->addWidget(content, m_next, 1);
    m_rows[field] = {m_next, label, content};
    if (beside) {
        row->addWidget(beside, field->maximumWidth() == field->minimumWidth() ? 1 : 0);
        m_rows[beside] = m_rows[field];
    }
    m_next += 2;
}

void FormGrid::addRow(QWidget* field) {
    m_grid->addWidget(field, m_next, 1);
    m_rows[field] = {m_next, nullptr, field};
    m_next += 2;
}

void FormGrid::setRowShown(const QWidget* field, bool isShown) {
    const Row row = m_rows.value(field);
    if (row.label)
        row.label->setVisible(isShown);
    row.content->setVisible(isShown);
}

void FormGrid::placeFault(QWidget* fault, const QWidget* field) {
    m_grid->addWidget(fault, m_rows.value(field).number + 1, 1);
}

} // namespace sscope
