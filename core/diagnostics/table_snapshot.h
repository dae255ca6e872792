#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

/// All sockets of a machine at one moment, to be kept and compared.
struct TableSnapshot {
    std::chrono::system_clock::time_point time;
    std::string machine; // its host name
    std::string boot;    // random for each start of the machine; empty where it is not known
    std::vector<SocketRow> rows;
};

/// Of this machine, now; with these rows.
TableSnapshot takeSnapshot(std::vector<SocketRow> rows);

/// A JSON object with a format number. Texts that are not UTF-8 are kept byte for byte.
std::string toJson(const TableSnapshot& snapshot);
/// Reads only what toJson writes: another format number, a missing or foreign key, a value out of
/// its range are errors that say where. subject is the file's name.
Result<TableSnapshot> snapshotFromJson(std::string_view json, const std::string& subject);

/// What became of the sockets from one snapshot to the other. Changed means state, queues or
/// owners, as in the table; where sockets are known by their ends only, state or the names of the
/// processes.
struct SnapshotDifference {
    std::vector<SocketRow> opened;
    std::vector<SocketRow> closed;
    struct Change {
        SocketRow before;
        SocketRow after;
    };
    std::vector<Change> changed;
    std::size_t same = 0;
};

/// By cookie where both are of one start of one machine, else by protocol and ends (a Unix socket
/// by its path; those without one are only counted off against each other).
SnapshotDifference compare(const TableSnapshot& before, const TableSnapshot& after);

} // namespace sscope
