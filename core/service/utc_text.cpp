#include "core/service/utc_text.h"

#include <array>
#include <chrono>
#include <string_view>

#include <fmt/format.h>

namespace sscope {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

struct UtcParts {
    std::string_view weekday;
    std::string_view month;
    unsigned day;
    int year;
    std::string time; // HH:MM:SS
};

UtcParts partsOf(WallTime time) {
    using namespace std::chrono;
    const auto seconds = floor<std::chrono::seconds>(sys_time<nanoseconds>(nanoseconds(time)));
    const auto day = floor<days>(seconds);
    const year_month_day date(day);
    const hh_mm_ss clock(seconds - day);
    return {weekdays[weekday(day).c_encoding()], months[unsigned{date.month()} - 1],
            unsigned{date.day()}, int{date.year()},
            fmt::format("{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(),
                        clock.seconds().count())};
}

} // namespace

std::string daytimeText(WallTime time) {
    const UtcParts parts = partsOf(time);
    return fmt::format("{}, {} {}, {} {}-UTC", parts.weekday, parts.month, parts.day, parts.year,
                       parts.time);
}

std::string httpDate(WallTime time) {
    const UtcParts parts = partsOf(time);
    return fmt::format("{}, {:02} {} {:04} {} GMT", parts.weekday.substr(0, 3), parts.day,
                       parts.month.substr(0, 3), parts.year, parts.time);
}

} // namespace sscope
