#pragma once

#include <vector>

#include <QString>

#include "core/base/clock.h"

namespace sscope {

/// A logarithmic axis of latencies. What is beyond an end is drawn at the end.
class LatencyAxis {
public:
    /// 10 us to 20 ms, which holds what a machine answers to itself.
    LatencyAxis() = default;
    LatencyAxis(Duration from, Duration to);
    /// Whole decades around what is to be shown.
    static LatencyAxis decadesAround(Duration least, Duration most);
    /// The usual one, with more decades at its ends where something would be beyond.
    static LatencyAxis usualWith(Duration least, Duration most);

    /// 0 at the first end, 1 at the last.
    [[nodiscard]] double position(Duration latency) const;
    [[nodiscard]] Duration at(double position) const;
    /// 10 us, 100 us, 1 ms ... from end to end.
    [[nodiscard]] std::vector<Duration> decades() const;
    [[nodiscard]] Duration from() const { return m_from; }
    [[nodiscard]] Duration to() const { return m_to; }
    bool operator==(const LatencyAxis&) const = default;

private:
    Duration m_from = std::chrono::microseconds(10);
    Duration m_to = std::chrono::milliseconds(20);
};

/// An axis of shares on which 90 %, 99 % and 99.9 % stand equally far apart: log(1/(1-share)).
/// 0 at 50 %, 1 at 99.99 %.
double sharePosition(double share);
/// The share at a position.
double shareAt(double position);
/// 50 %, 90 %, 99 %, 99.9 %, 99.99 %.
const std::vector<double>& namedShares();

} // namespace sscope
