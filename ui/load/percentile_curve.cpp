#include "ui/load/percentile_curve.h"

#include <array>

namespace sscope {

namespace {

constexpr std::array shares{0.5,   0.6,    0.7,   0.75,   0.8,    0.85,   0.9,   0.925,
                            0.95,  0.965,  0.98,  0.985,  0.99,   0.9925, 0.995, 0.9965,
                            0.998, 0.9985, 0.999, 0.9995, 0.9998, 0.9999};

} // namespace

std::vector<PercentilePoint> percentileCurve(const LatencyHistogram& latencies) {
    std::vector<PercentilePoint> points;
    for (const double share : shares) {
        if ((1 - share) * static_cast<double>(latencies.count()) < 1)
            break;
        points.push_back({share, latencies.percentile(share)});
    }
    return points;
}

} // namespace sscope
