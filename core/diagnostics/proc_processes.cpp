#include "core/diagnostics/proc_processes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <climits>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/base/unique_fd.h"

namespace sscope {

namespace {

// More of a command line is not shown, and a process can make it as long as it likes.
constexpr std::size_t longestText = 4096;

/// The front of a file; empty where it may not be read, or the process has ended.
std::string readFront(const std::string& path) {
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, longestText> text;
    const ssize_t length = file.isOpen() ? ::read(file.get(), text.data(), text.size()) : 0;
    return {text.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

std::string readCommandLine(const std::string& path) {
    std::string text = readFront(path);
    while (text.ends_with('\0'))
        text.pop_back();
    std::ranges::replace(text, '\0', ' ');
    return text;
}

std::string readTarget(const std::string& path) {
    std::array<char, PATH_MAX> target;
    const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
    return {target.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

} // namespace

std::uint64_t startTimeIn(std::string_view stat) {
    constexpr int fieldsBetween = 20; // from the state, field 3, to field 22
    const auto nameEnd = stat.rfind(')');
    if (nameEnd == std::string_view::npos)
        return 0;
    std::string_view rest = stat.substr(nameEnd + 1);
    for (int i = 0; i < fieldsBetween; ++i) {
        const auto space = rest.find(' ');
        if (space == std::string_view::npos)
            return 0;
        rest.remove_prefix(space + 1);
    }
    std::uint64_t time = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), time);
    return time;
}

std::string cgroupIn(std::string_view lines) {
    constexpr std::string_view second = "0::";
    std::string_view found;
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
        if (line.starts_with(second))
            return std::string(line.substr(second.size()));
        const auto path = line.find(':', line.find(':') + 1); // ID:CONTROLLERS:PATH
        if (found.empty() && path != std::string_view::npos)
            found = line.substr(path + 1);
    }
    return std::string(found);
}

void ProcProcesses::begin(bool afresh) {
    ++m_round;
    m_afresh = afresh;
}

std::shared_ptr<const ProcessInfo> ProcProcesses::find(int pid) {
    Kept& kept = m_kept[pid];
    if (kept.round == m_round)
        return kept.process;
    kept.round = m_round;
    const std::string folder = fmt::format("{}/{}/", m_root, pid);
    ProcessInfo now = readBrief(folder, pid);
    const bool isSame = kept.process && kept.process->startTime == now.startTime &&
                        kept.process->command == now.command && kept.process->uid == now.uid;
    if (isSame && !m_afresh)
        return kept.process;
    readRest(folder, now);
    if (!kept.process || *kept.process != now)
        kept.process = std::make_shared<const ProcessInfo>(std::move(now));
    return kept.process;
}

void ProcProcesses::end() {
    std::erase_if(m_kept, [&](const auto& entry) { return entry.second.round != m_round; });
}

ProcessInfo ProcProcesses::readBrief(const std::string& folder, int pid) const {
    ProcessInfo process{.pid = pid, .command = readFront(folder + "comm")};
    if (process.command.ends_with('\n'))
        process.command.pop_back();
    process.startTime = startTimeIn(readFront(folder + "stat"));
    struct stat owner {};
    if (::stat(folder.c_str(), &owner) == 0)
        process.uid = owner.st_uid; // the effective one (proc(5))
    return process;
}

void ProcProcesses::readRest(const std::string& folder, ProcessInfo& process) const {
    process.commandLine = readCommandLine(folder + "cmdline");
    process.executable = readTarget(folder + "exe");
    process.cgroup = cgroupIn(readFront(folder + "cgroup"));
}

} // namespace sscope
