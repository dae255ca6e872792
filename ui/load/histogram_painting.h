#pragma once

#include <vector>

#include <QPainter>

#include "core/load/latency_histogram.h"
#include "ui/common/theme.h"
#include "ui/load/latency_axis.h"

namespace sscope {

/// How many requests fell into each column of a drawn histogram.
struct LatencyColumns {
    std::vector<double> counts; // from end to end of the axis
    Duration p50{};
    Duration p99{};
};

/// Columns of 4 px that fit into a width.
std::size_t columnsIn(int width);

/// Counts of a histogram in columns of an axis; what is beyond an end is in the column at that end.
std::vector<double> countsIn(const LatencyHistogram& histogram, const LatencyAxis& axis,
                             std::size_t columns);

/// Bars on a logarithmic axis with its decades as hairlines; p50 is a solid line, p99 a dotted one.
void paintLatencyColumns(QPainter* painter, const QRect& rect, const LatencyAxis& axis,
                         const LatencyColumns& columns, const QColor& bars);
/// The line that stands for p50, or for p99, in a legend.
void paintPercentileMark(QPainter* painter, int x, int top, int height, bool isDotted);
/// Decades by name; the first one begins at the axis, those that have no room are left out.
void paintLatencyLabels(QPainter* painter, const QRect& rect, const LatencyAxis& axis);
/// What stands for all that is neither selected nor sent: bars of rows.
QColor quietBarColor();

} // namespace sscope
