#pragma once

#include <vector>

#include <QModelIndexList>

#include "ui/connections/connection_entries.h"
#include "ui/connections/connection_groups.h"

namespace sscope {

/// One line of the table: a socket, or the heading of a group. lsof has a line for each owner.
struct TableLine {
    ConnectionEntry* entry = nullptr; // null for a heading
    ConnectionGroup* group = nullptr; // of a heading
    std::uint32_t owner = 0;          // which of the entry's

    bool operator==(const TableLine&) const = default;
};

/// One step from the lines that are shown to those that are to be shown.
struct LineOrder {
    std::vector<int> from; // for each line its place before

    [[nodiscard]] bool isSame() const;
    /// Where the line at each place goes.
    [[nodiscard]] std::vector<int> inverse() const;
    /// The persistent indexes of a model whose rows took this step.
    [[nodiscard]] QModelIndexList moved(const QModelIndexList& before) const;
};

/// Entries and groups are told which lines they have.
void indexLines(const std::vector<TableLine>& lines);

} // namespace sscope
