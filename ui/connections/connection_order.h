#pragma once

#include <compare>
#include <vector>

#include <Qt>

#include "core/diagnostics/table_style.h"
#include "ui/connections/connection_columns.h"
#include "ui/connections/connection_entries.h"

namespace sscope {

/// The order of the rows: by group, then by a column, then by both ends, so that equal rows keep
/// their places.
class ConnectionOrder {
public:
    /// The entries have the other ends; they outlive it.
    explicit ConnectionOrder(const ConnectionEntries& entries) : m_entries(entries) {}

    /// A column of the model in this style.
    void set(TableStyle style, int column, Qt::SortOrder order);
    [[nodiscard]] int column() const { return m_column; }
    [[nodiscard]] Qt::SortOrder direction() const { return m_direction; }
    /// Rows move without the table having changed them.
    [[nodiscard]] bool isByChange() const { return m_key == ConnectionColumns::ChangeColumn; }

    /// Rows move where only their details were read anew.
    [[nodiscard]] bool isByDetails() const;

    [[nodiscard]] bool isBefore(const ConnectionEntry& a, const ConnectionEntry& b) const;
    void sort(std::vector<ConnectionEntry*>& entries) const;
    /// Puts those that are marked as moving, and the new ones, among the others, which are in their
    /// order.
    void merge(std::vector<ConnectionEntry*>& entries,
               const std::vector<ConnectionEntry*>& added) const;

private:
    [[nodiscard]] std::strong_ordering compare(const ConnectionEntry& a,
                                               const ConnectionEntry& b) const;

    const ConnectionEntries& m_entries;
    int m_column = ConnectionColumns::ProcessColumn;
    int m_key = ConnectionColumns::ProcessColumn; // -1 for none
    Qt::SortOrder m_direction = Qt::AscendingOrder;
    bool m_showsPaths = true; // of the peers of Unix sockets; tools have their inodes
};

} // namespace sscope
