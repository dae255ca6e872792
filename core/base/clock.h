#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

namespace sscope {

/// Time-outs, ages and latencies; never stepped by the administrator (clock_gettime(2)).
using SteadyClock = std::chrono::steady_clock;
using TimePoint = SteadyClock::time_point;
using Duration = std::chrono::nanoseconds;

/// Nanoseconds since 1970, for what a person reads.
using WallTime = std::int64_t;

WallTime wallNow();
/// What to add to a steady time to get the wall's; taken when a batch is read, so that a stepped
/// clock never disorders what is shown.
Duration wallOffset();

inline WallTime wallTime(TimePoint time, Duration offset) {
    return (time.time_since_epoch() + offset).count();
}

/// RFC 3339 in UTC with microseconds: 2026-11-21T14:31:02.117042Z.
std::string rfc3339(WallTime time);

inline std::int64_t microseconds(Duration duration) {
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

/// Seconds as people type them (0.5) into a Duration; at least 0 and at most 30 years, so that a
/// deadline can be told from it.
inline Duration fromSeconds(double seconds) {
    constexpr double most = 1e9;
    const double bounded = seconds > 0 ? std::min(seconds, most) : 0;
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(bounded));
}

} // namespace sscope
