#pragma once

#include <vector>

#include "core/diagnostics/socket_samples.h"
#include "ui/inspector/series_plots.h"

namespace sscope {

/// The times of a series' points, as the plots take them.
std::vector<qint64> plotTimes(const SocketSeries& series);
/// What is worth a look for every socket of its kind: RTT, window and queues of a connection, the
/// accept queue of a listener, the queues of others. Segments that were sent again only where there
/// are some.
std::vector<SeriesPlot> socketPlots(const SocketRow& row, const SocketSeries& series);
/// The rest: delivery rate and retransmits. Empty for what has none.
std::vector<SeriesPlot> furtherPlots(const SocketRow& row, const SocketSeries& series);

} // namespace sscope
