#include "ui/chat/chat_places_model.h"

#include <algorithm>

#include "ui/chat/chat_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using Entry = ChatPlacesModel::Entry;

bool isBefore(const Entry& left, const Entry& right) {
    const int order = left.place.name.compare(right.place.name, Qt::CaseInsensitive);
    return order == 0 ? left.place.name < right.place.name : order < 0;
}

} // namespace

ChatPlacesModel::ChatPlacesModel(QObject* parent) : QAbstractListModel(parent) {}

int ChatPlacesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant ChatPlacesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Entry& entry = at(index.row());
    const QString name = safeText(entry.place.name);
    if (role == Qt::DisplayRole)
        return name;
    if (role != Qt::AccessibleTextRole)
        return {};
    QStringList parts{name};
    if (entry.unread > 0)
        parts.append(tr("%n unread", nullptr, entry.unread));
    if (entry.mentions > 0)
        parts.append(tr("%n naming you", nullptr, entry.mentions));
    if (!entry.isThere)
        parts.append(tr("not there"));
    return parts.join(QStringLiteral(", "));
}

int ChatPlacesModel::rowOf(const ChatPlace& place) const {
    const auto it = std::ranges::find(m_entries, place, &Entry::place);
    return it == m_entries.end() ? -1 : static_cast<int>(it - m_entries.begin());
}

void ChatPlacesModel::put(const Entry& entry) {
    if (const int row = rowOf(entry.place); row >= 0) {
        Entry& known = m_entries[static_cast<std::size_t>(row)];
        if (known == entry)
            return;
        known = entry;
        Q_EMIT dataChanged(index(row), index(row));
        return;
    }
    const auto place = std::ranges::lower_bound(m_entries, entry, isBefore);
    const int row = static_cast<int>(place - m_entries.begin());
    beginInsertRows({}, row, row);
    m_entries.insert(place, entry);
    endInsertRows();
}

void ChatPlacesModel::remove(const ChatPlace& place) {
    const int row = rowOf(place);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
}

} // namespace sscope
