#pragma once

#include <functional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/diagnostics/socket_filter.h"
#include "core/diagnostics/socket_table.h"

namespace sscope {

/// What changes of what a filter shows. A socket that comes to match, by a change or by time alone,
/// is new there; one that ceases to match is gone, though it may still exist. Used by one thread.
class FilterWatch {
public:
    /// isOurs tells of a row what RowFacts wants to know.
    FilterWatch(SocketFilter filter, std::function<bool(const SocketRow&)> isOurs);

    struct Shown {
        std::vector<SocketRow> fresh;
        std::vector<SocketRow> changed;
        std::vector<SocketRow> gone;
    };
    /// Takes each refresh in its order; all are the table's rows, looked at only where needsAll().
    Shown apply(const TableChange& change, std::span<const SocketRow> all, TimePoint now);
    [[nodiscard]] bool needsAll() const { return m_filter.needsAge(); }
    /// As of the refreshes taken so far.
    [[nodiscard]] bool matches(const SocketRow& row, TimePoint now) const;

private:
    enum class Look { Changed, Again };
    void look(const SocketRow& row, TimePoint now, Look reason, Shown& shown);

    const SocketFilter m_filter;
    const std::function<bool(const SocketRow&)> m_isOurs;
    std::unordered_map<std::uint64_t, TimePoint> m_firstSeen; // by cookie
    std::unordered_set<std::uint64_t> m_shown;
};

} // namespace sscope
