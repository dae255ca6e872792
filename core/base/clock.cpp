#include "core/base/clock.h"

#include <ctime>

#include <fmt/format.h>

namespace sscope {

WallTime wallNow() {
    return std::chrono::duration_cast<Duration>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Duration wallOffset() {
    return Duration(wallNow()) - SteadyClock::now().time_since_epoch();
}

std::string rfc3339(WallTime time) {
    constexpr WallTime second = 1'000'000'000;
    const std::time_t seconds = time / second;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", parts.tm_year + 1900,
                       parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                       time % second / 1000);
}

} // namespace sscope
