#pragma once

#include <compare>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <QString>

#include "ui/connections/connection_columns.h"
#include "ui/connections/connection_entries.h"

namespace sscope {

/// What makes a group and where it stands among the others.
struct GroupKey {
    int rank = 0;
    std::string text{}; // bytes that sort as the group does

    auto operator<=>(const GroupKey&) const = default;
};

struct ConnectionGroup {
    GroupKey key;
    QString title;
    int count = 0; // of rows that it holds, shown or folded away
    bool isCollapsed = false;
    int order = 0; // among the groups, after number()
    int line = -1;
    std::uint32_t mark = 0;
};

/// The groups of the table, made as rows need them. Which ones are folded is remembered for those
/// that come back. Owned by the model.
class ConnectionGroups {
public:
    [[nodiscard]] Grouping grouping() const { return m_grouping; }
    /// Forgets all groups.
    void setGrouping(Grouping grouping);
    /// The group that the entry belongs to; null where rows are not grouped.
    ConnectionGroup* groupOf(const ConnectionEntry& entry);
    void setCollapsed(ConnectionGroup& group, bool isCollapsed);
    void setAllCollapsed(bool isCollapsed);
    /// To be called before rows are sorted, where there may be new groups.
    void number();
    /// For a new count.
    void zeroCounts();
    /// Removes those without rows, which must not be shown any more.
    void removeEmpty();

private:
    Grouping m_grouping = Grouping::None;
    std::map<GroupKey, std::unique_ptr<ConnectionGroup>> m_groups;
    std::set<GroupKey> m_collapsed;
};

} // namespace sscope
