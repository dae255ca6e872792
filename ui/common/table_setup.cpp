#include "ui/common/table_setup.h"

#include <QHeaderView>

namespace sscope {

namespace {

constexpr int tableRowHeight = 22;

} // namespace

void setUpTable(QTableView& table) {
    table.setFrameShape(QFrame::NoFrame);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    QHeaderView* rows = table.verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setMinimumSectionSize(tableRowHeight);
    rows->setDefaultSectionSize(tableRowHeight);
    table.horizontalHeader()->setHighlightSections(false);
}

} // namespace sscope
