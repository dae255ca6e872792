#include "ui/chat/chat_people_model.h"

#include <algorithm>
#include <utility>

#include "ui/chat/chat_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using Entry = ChatPeopleModel::Entry;

bool isBefore(const Entry& left, const Entry& right) {
    if (left.isHere != right.isHere)
        return left.isHere;
    const int order = left.name.compare(right.name, Qt::CaseInsensitive);
    return order == 0 ? left.name < right.name : order < 0;
}

bool has(const std::vector<Entry>& sorted, const Entry& entry) {
    return std::binary_search(sorted.begin(), sorted.end(), entry, isBefore);
}

} // namespace

ChatPeopleModel::ChatPeopleModel(QObject* parent) : QAbstractListModel(parent) {}

int ChatPeopleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant ChatPeopleModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Entry& entry = at(index.row());
    const QString name = safeText(entry.name);
    if (role == Qt::DisplayRole)
        return name;
    if (role != Qt::AccessibleTextRole)
        return {};
    if (!entry.isHere)
        return tr("%1, left at %2").arg(name, clockText(entry.leftAt).left(5));
    if (!m_isConnected)
        return tr("%1, not connected").arg(name);
    if (entry.isMe)
        return tr("%1, you").arg(name);
    return entry.usesLines ? tr("%1, in line mode").arg(name) : name;
}

void ChatPeopleModel::set(std::vector<Entry> entries) {
    std::ranges::sort(entries, isBefore);
    const int before = m_hereCount;
    m_hereCount = static_cast<int>(std::ranges::count_if(entries, &Entry::isHere));
    removeOthers(entries);
    insertMissing(entries);
    update(std::move(entries));
    if (before != m_hereCount)
        Q_EMIT hereCountChanged();
}

void ChatPeopleModel::setConnected(bool isConnected) {
    if (std::exchange(m_isConnected, isConnected) == isConnected)
        return;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT hereCountChanged();
}

/// From the back, neighbours together.
void ChatPeopleModel::removeOthers(const std::vector<Entry>& entries) {
    for (int last = rowCount() - 1; last >= 0; --last) {
        if (has(entries, at(last)))
            continue;
        int first = last;
        while (first > 0 && !has(entries, at(first - 1)))
            --first;
        beginRemoveRows({}, first, last);
        m_entries.erase(m_entries.begin() + first, m_entries.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
}

void ChatPeopleModel::insertMissing(const std::vector<Entry>& entries) {
    const int all = static_cast<int>(entries.size());
    const auto isThere = [&](int row, int i) {
        return row < rowCount() && !isBefore(entries[static_cast<std::size_t>(i)], at(row));
    };
    for (int row = 0; row < all; ++row) {
        if (isThere(row, row))
            continue;
        int end = row + 1;
        while (end < all && !isThere(row, end))
            ++end;
        beginInsertRows({}, row, end - 1);
        m_entries.insert(m_entries.begin() + row, entries.begin() + row, entries.begin() + end);
        endInsertRows();
        row = end - 1;
    }
}

/// The same people by now; what is known of them may differ.
void ChatPeopleModel::update(std::vector<Entry> entries) {
    const int all = rowCount();
    const auto differs = [&](int row) { return at(row) != entries[static_cast<std::size_t>(row)]; };
    std::vector<std::pair<int, int>> ranges;
    for (int row = 0; row < all; ++row) {
        if (!differs(row))
            continue;
        const int first = row;
        while (row + 1 < all && differs(row + 1))
            ++row;
        ranges.emplace_back(first, row);
    }
    m_entries = std::move(entries);
    for (const auto& [first, last] : ranges)
        Q_EMIT dataChanged(index(first), index(last));
}

} // namespace sscope
