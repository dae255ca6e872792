#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/diagnostics/netlink_source.h"
#include "core/diagnostics/proc_owners.h"
#include "core/diagnostics/row_names.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

struct TableKinds {
    bool tcp = true;
    bool udp = true;
    bool unixSockets = false;
    bool udpLite = false;
    bool raw = false;
    bool packet = false;
    bool netlink = false;

    static TableKinds all();
    [[nodiscard]] bool has(SocketProtocol protocol) const;
    bool operator==(const TableKinds&) const = default;
};

/// Whose details (TCP_INFO and the like) a refresh reads: they cost more than the rows.
enum class DetailsFor { None, Watched, All };

/// What differs from the refresh before. Changed means state, ends, queues or owners.
struct TableChange {
    std::vector<SocketRow> added;
    std::vector<SocketRow> changed;
    std::vector<SocketRow> gone;
    /// Neither added nor changed, but their details and timers were read anew.
    std::vector<SocketRow> detailed;
};

struct TableStats {
    std::size_t sockets = 0;
    std::size_t ownersUnknown = 0; // sockets whose owner may not be read
    bool scannedOwners = false;
    /// Kinds that were asked for and that this kernel has no answer for.
    std::vector<SocketProtocol> notOffered;
    Duration took{};
};

/// The machine's sockets with owners and users, as of the last refresh. Blocks while the kernel
/// answers; used by one thread. A refresh in which no inode is new scans no process, except every
/// 30 s, for fork, dup and passed descriptors change owners of known ones.
class SocketTable {
public:
    explicit SocketTable(TableKinds kinds, DetailsFor details = DetailsFor::None,
                         std::string procRoot = "/proc");

    /// From the next refresh on; what is no longer asked for is then gone.
    void setKinds(TableKinds kinds) { m_kinds = kinds; }
    /// The rows whose details each refresh reads under DetailsFor::Watched, by their cookies. They
    /// are asked for one by one: some dozens are cheap.
    void watch(std::vector<std::uint64_t> cookies) { m_watched = std::move(cookies); }

    /// Fails where the kernel does not answer; the table then stays as it was.
    Result<TableChange> refresh(TimePoint now);
    [[nodiscard]] const TableStats& stats() const { return m_stats; }
    /// All rows, in no particular order.
    [[nodiscard]] std::vector<SocketRow> rows() const;
    /// One socket of the last refresh as it is now, with details; empty where it has gone. The
    /// table stays as it is.
    std::optional<SocketRow> readNow(std::uint64_t cookie);

private:
    struct Kept {
        SocketRow row;
        std::uint64_t seen = 0; // the refresh that saw it last
        std::uint64_t told = 0; // the refresh that had it in added or changed
    };

    Result<std::vector<SocketRow>> readKernel();
    void findOwners(const std::vector<SocketRow>& rows, TimePoint now);
    void scanForNew(const std::vector<SocketRow>& rows);
    void setOwners(SocketRow& row);
    void setNames(SocketRow& row);
    bool update(SocketRow& before, SocketRow& row);
    void merge(std::vector<SocketRow>& rows, TableChange& change);
    void takeGone(TableChange& change);
    void readWatched(TableChange& change);

    TableKinds m_kinds;
    const DetailsFor m_details;
    std::vector<std::uint64_t> m_watched;
    NetlinkSource m_source;
    ProcOwners m_owners;
    std::optional<TimePoint> m_lastScan;
    std::unordered_map<std::uint64_t, Kept> m_kept; // by cookie
    std::uint64_t m_refresh = 0;
    RowNames m_names;
    TableStats m_stats;
};

} // namespace sscope
