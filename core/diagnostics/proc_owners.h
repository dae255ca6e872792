#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/diagnostics/descriptor_scan.h"
#include "core/diagnostics/proc_processes.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

/// Which processes hold which sockets, from /proc/PID/fd (proc(5)): a map from inode to owners,
/// kept between scans. Used by one thread; a scan uses a second one beside it.
class ProcOwners {
public:
    /// root is "/proc", or a made tree for tests.
    explicit ProcOwners(std::string root = "/proc");

    /// Reads every process anew.
    void scan();
    /// After a scan: finds who holds sockets that are new since. In a process that holds many,
    /// descriptors whose socket is still alive are not read again, so that owners of sockets that
    /// are not new may be those of the last scan().
    void scanForNew(const std::unordered_set<std::uint32_t>& alive);
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
    void take(DescriptorScan scan);

    const std::string m_root;
    ProcProcesses m_processes;
    std::unordered_map<std::uint32_t, std::vector<SocketOwner>> m_owners;
    HeldSockets m_held;                               // of the large processes only
    std::unordered_map<int, std::uint64_t> m_started; // when those of m_held began
    std::size_t m_unreadable = 0;
};

} // namespace sscope
