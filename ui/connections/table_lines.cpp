#include "ui/connections/table_lines.h"

namespace sscope {

bool LineOrder::isSame() const {
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (from[i] != static_cast<int>(i))
            return false;
    }
    return true;
}

std::vector<int> LineOrder::inverse() const {
    std::vector<int> places(from.size());
    for (std::size_t i = 0; i < from.size(); ++i)
        places[static_cast<std::size_t>(from[i])] = static_cast<int>(i);
    return places;
}

QModelIndexList LineOrder::moved(const QModelIndexList& before) const {
    QModelIndexList after;
    if (before.isEmpty())
        return after;
    const std::vector<int> places = inverse();
    after.reserve(before.size());
    for (const QModelIndex& old : before)
        after.append(old.siblingAtRow(places[static_cast<std::size_t>(old.row())]));
    return after;
}

void indexLines(const std::vector<TableLine>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const TableLine& line = lines[i];
        if (!line.entry)
            line.group->line = static_cast<int>(i);
        else if (line.owner == 0)
            line.entry->line = static_cast<int>(i);
    }
}

} // namespace sscope
