#pragma once

#include "core/load/load_result.h"
#include "ui/load/time_plots.h"

namespace sscope {

struct LoadPlots {
    std::vector<double> ends; // seconds
    double span = 1;
    std::vector<TimePlot> plots;
};

/// Latency, throughput and errors of a run over its seconds.
LoadPlots loadPlots(const LoadResult& result);

} // namespace sscope
