#pragma once

#include <span>
#include <vector>

#include <QtGlobal>

namespace sscope {

/// What one column of pixels shows of a line: its extremes, and where it goes on.
struct PlotColumn {
    double least = 0;
    double most = 0;
    double last = 0;
    bool hasValue = false;
    bool isBroken = false; // the line ends here: what follows is not known
};

/// The values within [from, to] as width columns. times in milliseconds, in order; a value that is
/// not a number breaks the line. What came before from goes on into the first column.
std::vector<PlotColumn> plotColumns(std::span<const qint64> times, std::span<const double> values,
                                    qint64 from, qint64 to, int width);

/// A round number at or above most, in units of 1 (by tens) or of 1024: 0.36 gives 0.4; 318 KiB
/// gives 320 KiB. At least least, so that next to nothing does not look like much.
double plotTop(double most, double least, bool isBytes);

/// Where the labels of a time axis stand: full seconds, minutes and so on, at least so many pixels
/// apart.
std::vector<qint64> timeMarks(qint64 from, qint64 to, int width, int leastPixels);

} // namespace sscope
