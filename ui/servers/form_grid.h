#pragma once

#include <QGridLayout>
#include <QHash>
#include <QLabel>
#include <QWidget>

namespace sscope {

/// Rows of a label and a field, each with room below it for what is wrong with the field.
class FormGrid : public QWidget {
    Q_OBJECT

public:
    explicit FormGrid(QWidget* parent = nullptr);

    /// beside: what stands at the field's right. The field takes the width that is left, unless
    /// it has one of its own.
    void addRow(const QString& label, QWidget* field, QWidget* beside = nullptr);
    /// A row without a label, such as a check box.
    void addRow(QWidget* field);
    void setRowShown(const QWidget* field, bool isShown);
    /// Puts fault below the row of field.
    void placeFault(QWidget* fault, const QWidget* field);

private:
    struct Row {
        int number = 0;
        QLabel* label = nullptr;
        QWidget* content = nullptr;
    };

    QGridLayout* m_grid;
    QHash<const QWidget*, Row> m_rows; // by all that stands in them
    int m_next = 0;
};

} // namespace sscope
