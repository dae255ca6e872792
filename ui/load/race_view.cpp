#include "ui/load/race_view.h"

#include <algorithm>
#include <array>

#include <QHeaderView>
#include <QPainter>

#include "ui/common/plot_labels.h"
#include "ui/common/table_setup.h"
#include "ui/load/race_delegate.h"
#include "ui/load/race_model.h"

namespace sscope {

namespace {

constexpr int headerHeight = 23; // with its hairline
constexpr int usualRows = 7;
constexpr int leastRows = 3;

struct Widths {
    int least;
    int usual; // in a page that is 991 wide
};

// In the order of RaceModel::Column.
constexpr std::array<Widths, RaceModel::ColumnCount> widths{
    {{92, 104}, {190, 230}, {70, 86}, {70, 80}, {240, 240}, {80, 84}, {78, 78}, {80, 89}}};

/// The header of the histograms' column shows their axis.
class RaceHeader : public QHeaderView {
public:
    RaceHeader(const RaceModel& model, QWidget* parent)
        : QHeaderView(Qt::Horizontal, parent), m_model(model) {}

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override {
        painter->save();
        QHeaderView::paintSection(painter, rect, section);
        painter->restore();
        if (section != RaceModel::LatencyColumn)
            return;
        painter->save();
        painter->setFont(axisFont());
        paintLatencyLabels(painter,
                           rect.adjusted(RaceDelegate::padding, 0, -RaceDelegate::padding, -1),
                           m_model.axis());
        painter->restore();
    }

private:
    const RaceModel& m_model;
};

} // namespace

RaceView::RaceView(RaceModel& model, QWidget* parent) : QTableView(parent), m_model(model) {
    setObjectName(QStringLiteral("raceView"));
    setAccessibleName(tr("Models"));
    auto* header = new RaceHeader(model, this);
    setHorizontalHeader(header);
    setUpTable(*this);
    verticalHeader()->setMinimumSectionSize(RaceDelegate::rowHeight);
    verticalHeader()->setDefaultSectionSize(RaceDelegate::rowHeight);
    setModel(&model);
    setItemDelegate(new RaceDelegate(this));
    setSelectionMode(SingleSelection);
    setMouseTracking(true); // rows are tinted under the mouse
    setTabKeyNavigation(false);
    header->setSectionsClickable(true);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(model.sortColumn(), model.sortOrder());
    header->setFixedHeight(headerHeight);
    connect(header, &QHeaderView::sectionClicked, this, &RaceView::sortBy);
}

void RaceView::sortBy(int column) {
    QHeaderView* header = horizontalHeader();
    if (column == RaceModel::LatencyColumn) { // it has no one value
        header->setSortIndicator(m_model.sortColumn(), m_model.sortOrder());
        return;
    }
    Qt::SortOrder order = RaceModel::bestFirst(column);
    if (column == m_model.sortColumn() && m_model.sortOrder() == order)
        order = order == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
    m_model.sort(column, order);
    header->setSortIndicator(column, order);
}

void RaceView::select(int row) {
    if (row >= 0)
        setCurrentIndex(m_model.index(row, 0));
}

int RaceView::axisLeft() const {
    return horizontalHeader()->sectionViewportPosition(RaceModel::LatencyColumn) +
           RaceDelegate::padding;
}

QSize RaceView::sizeHint() const {
    return {991, headerHeight + usualRows * RaceDelegate::rowHeight};
}

QSize RaceView::minimumSizeHint() const {
    return {300, headerHeight + leastRows * RaceDelegate::rowHeight};
}

/// Room that is there beyond the usual goes to the columns of numbers alike; where there is less,
/// all give of theirs, and what still has no room is scrolled to.
void RaceView::layOutColumns() {
    int usual = 0;
    int least = 0;
    for (const Widths& each : widths) {
        usual += each.usual;
        least += each.least;
    }
    const int room = viewport()->width();
    int extra = std::max(0, room - usual);
    const double share =
        room >= usual ? 1 : std::clamp(double(room - least) / (usual - least), 0.0, 1.0);
    int given = 0;
    for (int column = 0; column < RaceModel::ColumnCount; ++column) {
        const Widths& each = widths[static_cast<std::size_t>(column)];
        int wide = each.least + static_cast<int>((each.usual - each.least) * share);
        if (extra > 0 && column != RaceModel::LatencyColumn)
            wide += extra / (RaceModel::ColumnCount - 1);
        if (column == RaceModel::ColumnCount - 1)
            wide = std::max(wide, room - given);
        given += wide;
        horizontalHeader()->resizeSection(column, wide);
    }
    Q_EMIT columnsMoved();
}

void RaceView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    layOutColumns();
}

void RaceView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    const QModelIndexList rows = selectionModel()->selectedRows();
    Q_EMIT selectedChanged(rows.isEmpty() ? -1 : rows.front().row());
}

} // namespace sscope
