#include "core/load/load_result.h"

namespace sscope {

namespace {

constexpr std::array<std::string_view, loadErrorReasons> errorNames{
    "refused", "connect_timed_out", "unreachable", "resources", "reset",
    "closed",  "reply_timed_out",   "wrong_reply", "other"};

double secondsOf(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

double perSecondOf(std::uint64_t count, Duration elapsed) {
    return elapsed > Duration::zero() ? static_cast<double>(count) / secondsOf(elapsed) : 0;
}

} // namespace

std::string_view loadErrorName(LoadErrorReason reason) {
    return errorNames[static_cast<std::size_t>(reason)];
}

std::uint64_t LoadResult::errorCount() const {
    std::uint64_t count = 0;
    for (const LoadErrorCount& error : errors)
        count += error.count;
    return count;
}

double LoadResult::perSecond() const {
    return perSecondOf(requests, elapsed);
}

double LoadResult::receivedBytesPerSecond() const {
    return perSecondOf(receivedBytes, elapsed);
}

double LoadResult::ownCore() const {
    return elapsed > Duration::zero() ? secondsOf(cpuTime) / secondsOf(elapsed) : 0;
}

} // namespace sscope
