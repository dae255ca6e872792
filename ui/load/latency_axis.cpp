#include "ui/load/latency_axis.h"

#include <algorithm>
#include <cmath>

namespace sscope {

namespace {

constexpr double firstShare = 0.5;
constexpr double lastShare = 0.9999;

double logOf(Duration latency) {
    return std::log10(static_cast<double>(std::max<std::int64_t>(1, latency.count())));
}

Duration ofLog(double exponent) {
    return Duration(std::llround(std::pow(10.0, exponent)));
}

double logOfShare(double share) {
    return -std::log10(1 - share);
}

} // namespace

LatencyAxis::LatencyAxis(Duration from, Duration to)
    : m_from(std::max(Duration(1), from)), m_to(std::max(m_from * 2, to)) {}

LatencyAxis LatencyAxis::decadesAround(Duration least, Duration most) {
    const double low = std::floor(logOf(least) + 1e-9);
    const double high = std::ceil(logOf(most) - 1e-9);
    return {ofLog(low), ofLog(std::max(low + 1, high))};
}

LatencyAxis LatencyAxis::usualWith(Duration least, Duration most) {
    LatencyAxis axis;
    while (least > Duration::zero() && least < axis.m_from && axis.m_from > Duration(10))
        axis.m_from /= 10;
    while (most > axis.m_to)
        axis.m_to *= 10;
    return axis;
}

double LatencyAxis::position(Duration latency) const {
    const double share = (logOf(latency) - logOf(m_from)) / (logOf(m_to) - logOf(m_from));
    return std::clamp(share, 0.0, 1.0);
}

Duration LatencyAxis::at(double position) const {
    return ofLog(logOf(m_from) + position * (logOf(m_to) - logOf(m_from)));
}

std::vector<Duration> LatencyAxis::decades() const {
    std::vector<Duration> all;
    for (double exponent = std::ceil(logOf(m_from) - 1e-9); exponent <= logOf(m_to) + 1e-9;
         exponent += 1)
        all.push_back(ofLog(exponent));
    return all;
}

double sharePosition(double share) {
    const double bounded = std::clamp(share, firstShare, lastShare);
    return (logOfShare(bounded) - logOfShare(firstShare)) /
           (logOfShare(lastShare) - logOfShare(firstShare));
}

double shareAt(double position) {
    const double exponent =
        logOfShare(firstShare) + position * (logOfShare(lastShare) - logOfShare(firstShare));
    return 1 - std::pow(10.0, -exponent);
}

const std::vector<double>& namedShares() {
    static const std::vector<double> shares{0.5, 0.9, 0.99, 0.999, 0.9999};
    return shares;
}

} // namespace sscope
