#pragma once

#include <QTableView>

namespace sscope {

/// What all tables of the window have in common: rows of one height and no frame, grid or row
/// numbers; whole rows are selected, scrolling is by the pixel.
void setUpTable(QTableView& table);

} // namespace sscope
