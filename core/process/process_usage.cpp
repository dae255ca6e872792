#include "core/process/process_usage.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <unistd.h>

#include "core/process/descendants.h"

namespace sscope {

namespace {

std::string folderOf(pid_t pid) {
    return "/proc/" + std::to_string(pid);
}

/// The fields of /proc/PID/stat after the name, which may hold anything but ends at the last ')'.
std::istringstream statOf(pid_t pid) {
    std::ifstream file(folderOf(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    const auto end = line.rfind(')');
    return std::istringstream(end == std::string::npos ? std::string() : line.substr(end + 1));
}

/// Of the children that it has waited for, in clock ticks; its own comes finer from its clock.
Duration endedChildrenCpu(pid_t pid) {
    std::istringstream fields = statOf(pid);
    std::string skipped;
    for (int i = 3; i <= 15; ++i) // state to stime
        fields >> skipped;
    long user = 0;
    long system = 0;
    fields >> user >> system;
    return std::chrono::seconds(1) * (user + system) / ::sysconf(_SC_CLK_TCK);
}

Duration cpuOf(pid_t pid) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        return {};
    return std::chrono::seconds(time.tv_sec) + Duration(time.tv_nsec) + endedChildrenCpu(pid);
}

std::uint64_t memoryOf(pid_t pid) {
    std::ifstream rollup(folderOf(pid) + "/smaps_rollup");
    for (std::string line; std::getline(rollup, line);) {
        if (line.starts_with("Pss:"))
            return std::stoull(line.substr(4)) * 1024;
    }
    std::ifstream statm(folderOf(pid) + "/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    statm >> size >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::uint32_t threadsOf(pid_t pid) {
    std::error_code problem;
    std::uint32_t count = 0;
    std::filesystem::directory_iterator task(folderOf(pid) + "/task", problem);
    for (; !problem && task != std::filesystem::directory_iterator(); task.increment(problem))
        ++count;
    return count;
}

template <typename Visit>
void visitTree(pid_t pid, Visit visit) {
    visit(pid);
    for (const pid_t child : descendantsOf(pid))
        visit(child);
}

} // namespace

ProcessUsage processUsage(pid_t pid) {
    ProcessUsage usage;
    visitTree(pid, [&usage](pid_t one) {
        const std::uint32_t threads = threadsOf(one);
        if (threads == 0)
            return; // gone meanwhile
        usage.cpu += cpuOf(one);
        usage.memory += memoryOf(one);
        usage.threads += threads;
        ++usage.processes;
    });
    return usage;
}

Duration processCpuTime(pid_t pid) {
    Duration sum{};
    visitTree(pid, [&sum](pid_t one) { sum += cpuOf(one); });
    return sum;
}

} // namespace sscope
