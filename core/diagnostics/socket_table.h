#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/diagnostics/netlink_source.h"
#include "core/diagnostics/proc_owners.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

struct TableKinds {
    bool tcp = true;
    bool udp = true;
    bool unixSockets = false;
};

/// What differs from the refresh before. Changed means state, queues or owners.
struct TableChange {
    std::vector<SocketRow> added;
    std::vector<SocketRow> changed;
    std::vector<SocketRow> gone;
};

struct TableStats {
    std::size_t sockets = 0;
    std::size_t ownersUnknown = 0; // sockets whose owner may not be read
    bool scannedOwners = false;
    Duration took{};
};

/// The machine's sockets with owners and users, as of the last refresh. Blocks while the kernel
/// answers; used by one thread. A refresh in which no inode is new scans no process, except every
/// 30 s, for fork, dup and passed descriptors change owners of known ones.
class SocketTable {
public:
    explicit SocketTable(TableKinds kinds, std::string procRoot = "/proc");

    /// Fails where the kernel does not answer; the table then stays as it was.
    Result<TableChange> refresh(TimePoint now);
    [[nodiscard]] const TableStats& stats() const { return m_stats; }
    /// All rows, in no particular order.
    [[nodiscard]] std::vector<SocketRow> rows() const;

private:
    struct Kept {
        SocketRow row;
        std::uint64_t seen = 0; // the refresh that saw it last
    };

    Result<std::vector<SocketRow>> readKernel();
    void findOwners(std::vector<SocketRow>& rows, TimePoint now);
    void complete(SocketRow& row, const Kept* earlier);
    const std::string& userName(std::uint32_t uid);

    const TableKinds m_kinds;
    NetlinkSource m_source;
    ProcOwners m_owners;
    std::optional<TimePoint> m_lastScan;
    std::unordered_map<std::uint64_t, Kept> m_kept; // by cookie
    std::uint64_t m_refresh = 0;
    std::unordered_map<std::uint32_t, std::string> m_users;
    TableStats m_stats;
};

} // namespace sscope
