#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// What /proc tells of processes, kept by pid and start time, so that a pid that is used again is
/// noticed. Used by one thread.
class ProcProcesses {
public:
    explicit ProcProcesses(std::string root) : m_root(std::move(root)) {}

    /// Begins a round of find(); end() then forgets whom nobody has asked for. afresh reads all of
    /// a process again, for what exec changes and leaves the name as it was.
    void begin(bool afresh);
    /// The same value as before where nothing has changed. Name and start are read each time, the
    /// rest once.
    std::shared_ptr<const ProcessInfo> find(int pid);
    void end();

private:
    struct Kept {
        std::shared_ptr<const ProcessInfo> process;
        std::uint64_t round = 0;
    };
    [[nodiscard]] ProcessInfo readBrief(const std::string& folder, int pid) const;
    void readRest(const std::string& folder, ProcessInfo& process) const;

    const std::string m_root;
    std::unordered_map<int, Kept> m_kept;
    std::uint64_t m_round = 0;
    bool m_afresh = false;
};

/// Field 22 of a line of /proc/PID/stat; 0 where there is none. The name before it may hold any
/// byte, ") R 1 (" and newlines among them.
std::uint64_t startTimeIn(std::string_view stat);
/// The path of cgroup v2, else that of the first line of /proc/PID/cgroup.
std::string cgroupIn(std::string_view lines);

} // namespace sscope
