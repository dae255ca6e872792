#pragma once

#include <QTableView>

namespace sscope {

class RaceModel;

/// The table of a race: rows of 36 px, the header with the axis of the histograms. A click on a
/// column's header has its best first, another one its worst. On the GUI thread.
class RaceView : public QTableView {
    Q_OBJECT

public:
    explicit RaceView(RaceModel& model, QWidget* parent = nullptr);

    void select(int row);
    /// Where the axis of the histograms begins, from the view's left edge.
    [[nodiscard]] int axisLeft() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void columnsMoved();
    void selectedChanged(int row); // -1: none

protected:
    void resizeEvent(QResizeEvent* event) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;

private:
    void sortBy(int column);
    void layOutColumns();

    RaceModel& m_model;
};

} // namespace sscope
