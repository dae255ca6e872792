#include "ui/servers/server_loops_model.h"

#include <algorithm>
#include <utility>

#include "ui/common/formats.h"

namespace sscope {

int ServerLoopsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_loops.size());
}

QString ServerLoopsModel::descriptorsText(std::span<const int> list, std::uint32_t count,
                                          bool isListed) {
    if (!isListed)
        return countText(count);
    std::vector<int> sorted(list.begin(), list.end());
    std::ranges::sort(sorted);
    QStringList numbers;
    for (const int descriptor : sorted)
        numbers.append(QString::number(descriptor));
    return QStringLiteral("[%1]").arg(numbers.join(QStringLiteral(", ")));
}

QVariant ServerLoopsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const bool isTip = role == Qt::ToolTipRole;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && !isTip)
        return {};
    const Loop& loop = at(index.row());
    const DescriptorLists lists = listsOf(loop.last, loop.descriptors);
    const bool isListed = loop.last.isListed;
    const QString text =
        tr("Loop %1: %2 wake-ups, %3 % working, %4 time-outs\nregistered %5\nreadable %6\n"
           "writable %7")
            .arg(loop.number)
            .arg(rateText(loop.perSecond))
            .arg(loop.workedShare * 100, 0, 'f', 1)
            .arg(countText(loop.timedOut),
                 descriptorsText(lists.registered, loop.registered, isListed),
                 descriptorsText(lists.readable, loop.last.readable, isListed),
                 descriptorsText(lists.writable, loop.last.writable, isListed));
    return isTip ? plainTip(text) : text;
}

ServerLoopsModel::Entry& ServerLoopsModel::entryOf(std::uint32_t number) {
    const auto numberOf = [](const Entry& entry) { return entry.shown.number; };
    auto it = std::ranges::lower_bound(m_loops, number, {}, numberOf);
    if (it != m_loops.end() && it->shown.number == number)
        return *it;
    const int row = static_cast<int>(it - m_loops.begin());
    beginInsertRows({}, row, row);
    it = m_loops.insert(it, {.shown = {.number = number}});
    endInsertRows();
    return *it;
}

void ServerLoopsModel::take(const LoopActivity& activity) {
    Entry& entry = entryOf(activity.loop);
    entry.wakeUps += activity.wakeUps;
    entry.waited += activity.waited;
    entry.worked += activity.worked;
    entry.shown.timedOut += activity.timedOut;
    entry.shown.registered = activity.last.registered;
    entry.isChanged = true;
    const auto isReady = [](const WakeUp& one) { return one.readable + one.writable > 0; };
    if (isReady(activity.last) || !isReady(entry.shown.last)) {
        entry.shown.last = activity.last;
        entry.shown.last.listOffset = 0;
        entry.shown.descriptors = activity.descriptors;
    }
}

void ServerLoopsModel::commit() {
    announce();
}

void ServerLoopsModel::sample() {
    for (Entry& entry : m_loops) {
        const auto waited = std::exchange(entry.waited, {});
        const auto worked = std::exchange(entry.worked, {});
        // Without a wake-up it has waited all the time, and is not told of yet.
        const auto all = std::chrono::duration<double>(waited + worked).count();
        const double share = all > 0 ? std::chrono::duration<double>(worked).count() / all : 0;
        const auto rate = static_cast<double>(std::exchange(entry.wakeUps, 0));
        entry.isChanged =
            entry.isChanged || rate != entry.shown.perSecond || share != entry.shown.workedShare;
        entry.shown.perSecond = rate;
        entry.shown.workedShare = share;
    }
    announce();
}

void ServerLoopsModel::announce() {
    const auto isChanged = [](const Entry& entry) { return entry.isChanged; };
    const auto first = std::ranges::find_if(m_loops, isChanged);
    if (first == m_loops.end())
        return;
    int last = static_cast<int>(m_loops.size()) - 1;
    while (!m_loops[static_cast<std::size_t>(last)].isChanged)
        --last;
    for (Entry& entry : m_loops)
        entry.isChanged = false;
    Q_EMIT dataChanged(index(static_cast<int>(first - m_loops.begin())), index(last));
}

void ServerLoopsModel::removeAll() {
    if (m_loops.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_loops.clear();
    endRemoveRows();
}

} // namespace sscope
