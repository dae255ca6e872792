#include "tests/support/process_info.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <unistd.h>

namespace sscope::test {

namespace {

std::string folderOf(pid_t pid) {
    return "/proc/" + std::to_string(pid);
}

std::size_t entriesIn(const std::string& folder) {
    std::error_code problem;
    std::size_t count = 0;
    for (std::filesystem::directory_iterator it(folder, problem), end; !problem && it != end;
         it.increment(problem))
        ++count;
    return count;
}

/// The fields of /proc/PID/stat after the name (proc(5)): the first is the state.
std::vector<std::string> statFields(pid_t pid) {
    std::ifstream file(folderOf(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    const auto end = text.rfind(')');
    std::vector<std::string> fields;
    if (end == std::string::npos)
        return fields;
    std::istringstream rest(text.substr(end + 1));
    for (std::string field; rest >> field;)
        fields.push_back(field);
    return fields;
}

} // namespace

std::vector<pid_t> childrenOf(pid_t pid) {
    std::vector<pid_t> children;
    std::error_code problem;
    for (const auto& task : std::filesystem::directory_iterator(folderOf(pid) + "/task", problem)) {
        std::ifstream file(task.path() / "children");
        for (pid_t child = 0; file >> child;)
            children.push_back(child);
    }
    return children;
}

ProcessInfo processInfo(pid_t pid) {
    ProcessInfo info;
    const std::vector<std::string> stat = statFields(pid);
    constexpr std::size_t userTime = 11; // after the name, from 0
    constexpr std::size_t systemTime = 12;
    constexpr std::size_t residentPages = 21;
    if (stat.size() <= residentPages)
        return info;
    info.descriptors = entriesIn(folderOf(pid) + "/fd");
    info.threads = entriesIn(folderOf(pid) + "/task");
    info.residentBytes =
        std::stoull(stat[residentPages]) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    info.cpuTicks = std::stoull(stat[userTime]) + std::stoull(stat[systemTime]);
    info.zombies = stat[0] == "Z" ? 1 : 0;
    for (const pid_t child : childrenOf(pid)) {
        const ProcessInfo below = processInfo(child);
        info.descriptors += below.descriptors;
        info.threads += below.threads;
        info.children += 1 + below.children;
        info.zombies += below.zombies;
        info.residentBytes += below.residentBytes;
        info.cpuTicks += below.cpuTicks;
    }
    return info;
}

} // namespace sscope::test
