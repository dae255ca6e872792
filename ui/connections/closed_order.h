#pragma once

#include <cstdint>
#include <vector>

#include <Qt>

#include "core/diagnostics/closed_history.h"
#include "ui/connections/closed_columns.h"

namespace sscope {

/// The order of the closed sockets, by their running numbers: by a column, and of equals the latest
/// first, whatever the direction. A gap has its place in time; sorted by anything else it comes
/// after all sockets. A value.
class ClosedOrder {
public:
    void set(int column, Qt::SortOrder direction);
    [[nodiscard]] bool isByTime() const { return m_column == ClosedColumns::TimeColumn; }
    /// What comes goes on top.
    [[nodiscard]] bool isLatestFirst() const {
        return isByTime() && m_direction == Qt::DescendingOrder;
    }
    /// Both are in the history.
    [[nodiscard]] bool isBefore(const ClosedHistory& history, std::uint64_t a,
                                std::uint64_t b) const;
    void sort(const ClosedHistory& history, std::vector<std::uint64_t>& numbers) const;

private:
    int m_column = ClosedColumns::TimeColumn;
    Qt::SortOrder m_direction = Qt::DescendingOrder;
};

} // namespace sscope
