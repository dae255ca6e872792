#pragma once

#include "core/load/latency_histogram.h"
#include "ui/load/percentile_plot.h"

namespace sscope {

/// From 50 % to 99.99 %, as far as so many requests tell anything: a share beyond which less than
/// one of them lies is left out.
std::vector<PercentilePoint> percentileCurve(const LatencyHistogram& latencies);

} // namespace sscope
