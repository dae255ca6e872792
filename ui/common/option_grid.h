#pragma once

#include <vector>

#include <QGridLayout>
#include <QLabel>
#include <QWidget>

namespace sscope {

/// Short fields with their labels, in as many columns as there is room for.
class OptionGrid : public QWidget {
    Q_OBJECT

public:
    explicit OptionGrid(QWidget* parent = nullptr);

    /// A wide field takes the place of two.
    void addField(QLabel* label, QWidget* field, bool isWide = false);
    void setFieldShown(const QWidget* field, bool isShown);
    /// Puts fault below the field.
    void placeFault(QWidget* fault, const QWidget* field);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Cell {
        QLabel* label;
        QWidget* field;
        bool isWide;
        bool isShown = true;
        int row = 0;
        int column = 0;
    };
    void arrange();

    QGridLayout* m_grid;
    std::vector<Cell> m_cells;
    int m_columns = 2;
    QWidget* m_fault = nullptr;
    const QWidget* m_faultField = nullptr;
};

} // namespace sscope
