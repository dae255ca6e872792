#include "ui/connections/connection_groups.h"

#include "core/diagnostics/socket_filter.h"
#include "ui/common/formats.h"
#include "ui/connections/connection_text.h"
#include "ui/connections/connections_model.h"

namespace sscope {

namespace {

/// Numbers as bytes that sort as they do.
std::string sortable(std::uint32_t number) {
    return {static_cast<char>(number >> 24), static_cast<char>(number >> 16 & 0xFF),
            static_cast<char>(number >> 8 & 0xFF), static_cast<char>(number & 0xFF)};
}

GroupKey processKey(const SocketRow& row) {
    const OwnerWord word = ownerWord(row);
    if (word != OwnerWord::Named)
        return {1 + static_cast<int>(word)};
    const ProcessInfo& process = *row.owners.front().process;
    return {0, process.command + '\0' + sortable(static_cast<std::uint32_t>(process.pid))};
}

QString processTitle(const SocketRow& row) {
    if (row.owners.empty())
        return ownerWords(row);
    const ProcessInfo& process = *row.owners.front().process;
    return ConnectionsModel::tr("%1, pid %2")
        .arg(toQString(displaySafe(process.command)))
        .arg(process.pid);
}

bool hasRemote(const SocketRow& row) {
    return isInet(row.protocol) && row.hasPeer();
}

GroupKey remoteKey(const SocketRow& row) {
    if (!hasRemote(row))
        return {2};
    const IpAddress address = row.remoteAddress.unmapped();
    return {address.isIpv6 ? 1 : 0, std::string(address.bytes.begin(), address.bytes.end())};
}

GroupKey keyOf(Grouping grouping, const SocketRow& row) {
    switch (grouping) {
    case Grouping::Process:
        return processKey(row);
    case Grouping::State:
        return {static_cast<int>(row.state)};
    case Grouping::Remote:
        return remoteKey(row);
    case Grouping::None:
        break;
    }
    return {};
}

QString titleOf(Grouping grouping, const SocketRow& row) {
    switch (grouping) {
    case Grouping::Process:
        return processTitle(row);
    case Grouping::State:
        return QString::fromLatin1(stateText(row.state));
    case Grouping::Remote:
        return hasRemote(row) ? toQString(row.remoteAddress.text())
                              : ConnectionsModel::tr("no peer");
    case Grouping::None:
        break;
    }
    return {};
}

} // namespace

void ConnectionGroups::setGrouping(Grouping grouping) {
    m_groups.clear();
    if (m_grouping != grouping)
        m_collapsed.clear();
    m_grouping = grouping;
}

ConnectionGroup* ConnectionGroups::groupOf(const ConnectionEntry& entry) {
    if (m_grouping == Grouping::None)
        return nullptr;
    const GroupKey key = keyOf(m_grouping, entry.row);
    auto& group = m_groups[key];
    if (!group) {
        group = std::make_unique<ConnectionGroup>();
        group->key = key;
        group->title = titleOf(m_grouping, entry.row);
        group->isCollapsed = m_collapsed.contains(key);
    }
    return group.get();
}

void ConnectionGroups::setCollapsed(ConnectionGroup& group, bool isCollapsed) {
    group.isCollapsed = isCollapsed;
    if (isCollapsed)
        m_collapsed.insert(group.key);
    else
        m_collapsed.erase(group.key);
}

void ConnectionGroups::setAllCollapsed(bool isCollapsed) {
    for (auto& [key, group] : m_groups)
        setCollapsed(*group, isCollapsed);
    if (!isCollapsed)
        m_collapsed.clear();
}

void ConnectionGroups::number() {
    int order = 0;
    for (auto& [key, group] : m_groups)
        group->order = order++;
}

void ConnectionGroups::zeroCounts() {
    for (auto& [key, group] : m_groups)
        group->count = 0;
}

void ConnectionGroups::removeEmpty() {
    std::erase_if(m_groups, [](const auto& item) { return item.second->count == 0; });
}

} // namespace sscope
