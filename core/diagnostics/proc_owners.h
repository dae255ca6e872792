#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/diagnostics/proc_processes.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

/// Which processes hold which sockets, from /proc/PID/fd (proc(5)): a map from inode to owners,
/// kept between scans. Used by one thread; a scan uses a second one beside it.
class ProcOwners {
public:
    /// root is "/proc", or a made tree for tests.
    explicit ProcOwners(std::string root = "/proc");

    /// Reads the descriptors of every process; what is told of those that hold sockets is kept
    /// from earlier scans, unless it is wanted afresh.
    void scan(bool afresh = true);
    /// True after a scan that has met this inode, or has proved that no process that may be read
    /// holds it; false for one that is younger than the last scan.
    [[nodiscard]] bool hasSeen(std::uint32_t inode) const { return m_owners.contains(inode); }
    /// Remembers that the last scan found no owner.
    void rememberOwnerless(std::uint32_t inode) { m_owners.try_emplace(inode); }
    /// By pid and descriptor; empty where none is known.
    [[nodiscard]] const std::vector<SocketOwner>& ownersOf(std::uint32_t inode) const;
    /// Processes whose descriptors may not be read (EACCES): an inode without an owner may be one
    /// of theirs.
    [[nodiscard]] std::size_t unreadableProcesses() const { return m_unreadable; }

private:
    const std::string m_root;
    ProcProcesses m_processes;
    std::unordered_map<std::uint32_t, std::vector<SocketOwner>> m_owners;
    std::size_t m_unreadable = 0;
};

} // namespace sscope
