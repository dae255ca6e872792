#include "core/process/descriptor_limit.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>

#include <sys/resource.h>

namespace sscope {

namespace {

// A program that is started by one of ours (the window, a helper) finds the limit raised already.
constexpr const char* note = "SOCKETSCOPE_DESCRIPTOR_LIMIT";

} // namespace

void raiseDescriptorLimit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max)
        return; // it is as it was given, or one of ours has raised it and left the note
    ::setenv(note, std::to_string(limit.rlim_cur).c_str(), 1);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::size_t descriptorLimitBefore() {
    const char* const noted = std::getenv(note);
    return noted ? std::strtoul(noted, nullptr, 10) : 0;
}

void giveBackDescriptorLimit() {
    const std::size_t before = descriptorLimitBefore();
    rlimit limit{};
    if (before > 0 && ::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = std::min<rlim_t>(before, limit.rlim_max);
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    ::unsetenv(note);
}

std::size_t freeDescriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    std::error_code ignored;
    const std::filesystem::directory_iterator all("/proc/self/fd", ignored);
    const auto taken = static_cast<std::size_t>(std::distance(begin(all), end(all)));
    return limit.rlim_cur > taken ? limit.rlim_cur - taken : 0;
}

} // namespace sscope
