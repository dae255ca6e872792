#include "ui/servers/server_chat_models.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

#include "core/base/display_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

/// What others have typed, as it may be shown.
QString shown(const std::string& text) {
    return toQString(displaySafe(text));
}

QVariant aligned(bool isNumber) {
    return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QString dateText(WallTime time) {
    const auto when = QDateTime::fromMSecsSinceEpoch(time / 1'000'000);
    return QLocale().toString(when, QLocale::ShortFormat);
}

} // namespace

int ServerRoomsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString ServerRoomsModel::cellText(const ChatRoomInfo& room, int column) const {
    switch (column) {
    case RoomColumn:
        return shown(room.name);
    case TopicColumn:
        return shown(room.topic);
    case PeopleColumn:
        return shortCountText(room.people);
    case LastColumn:
        return shortCountText(room.last);
    default:
        return {};
    }
}

QString ServerRoomsModel::tipText(const ChatRoomInfo& room) const {
    QStringList lines{shown(room.name)};
    if (!room.topic.empty())
        lines.append(shown(room.topic));
    lines.append(tr("%n person(s) there", nullptr, static_cast<int>(room.people)));
    lines.append(room.last == 0 ? tr("nothing was said yet")
                                : tr("last message %1").arg(countText(room.last)));
    return lines.join(QLatin1Char('\n'));
}

QVariant ServerRoomsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ChatRoomInfo& room = at(index.row());
    const bool isNumber = index.column() >= PeopleColumn;
    switch (role) {
    case Qt::DisplayRole:
        return cellText(room, index.column());
    case Qt::TextAlignmentRole:
        return aligned(isNumber);
    case Qt::FontRole:
        return isNumber ? QVariant(monoFont()) : QVariant();
    case Qt::ToolTipRole:
        return plainTip(tipText(room));
    case Qt::AccessibleTextRole:
        return index.column() == RoomColumn ? tipText(room) : cellText(room, index.column());
    default:
        return {};
    }
}

QVariant ServerRoomsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return aligned(section >= PeopleColumn);
    if (role == Qt::ToolTipRole && section == LastColumn)
        return tr("The id of the last message");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RoomColumn:
        return tr("Room");
    case TopicColumn:
        return tr("Topic");
    case PeopleColumn:
        return tr("People");
    case LastColumn:
        return tr("Last");
    default:
        return {};
    }
}

int ServerBansModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

std::string ServerBansModel::keyOf(const ChatBan& row) const {
    return row.source.empty() ? "name " + row.name : "from " + row.source;
}

QString ServerBansModel::tipText(const ChatBan& ban) const {
    QStringList lines{ban.source.empty() ? tr("The name %1 is shut out").arg(shown(ban.name))
                                         : tr("The address %1, from which %2 came, is shut out")
                                               .arg(shown(ban.source), shown(ban.name))};
    if (!ban.reason.empty())
        lines.append(shown(ban.reason));
    lines.append(tr("since %1").arg(dateText(ban.time)));
    return lines.join(QLatin1Char('\n'));
}

QVariant ServerBansModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ChatBan& ban = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == WhoColumn)
            return shown(ban.source.empty() ? ban.name : ban.source);
        if (index.column() == ReasonColumn)
            return ban.reason.empty() ? tr("no reason given") : shown(ban.reason);
        return shortAgeText(Duration(std::max<WallTime>(0, wallNow() - ban.time)));
    case Qt::TextAlignmentRole:
        return aligned(index.column() == AgeColumn);
    case Qt::FontRole:
        return index.column() == AgeColumn || (index.column() == WhoColumn && !ban.source.empty())
                   ? QVariant(monoFont())
                   : QVariant();
    case Qt::ToolTipRole:
        return plainTip(tipText(ban));
    case Qt::AccessibleTextRole:
        return tipText(ban);
    default:
        return {};
    }
}

QVariant ServerBansModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return aligned(section == AgeColumn);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhoColumn:
        return tr("Who");
    case ReasonColumn:
        return tr("Reason");
    case AgeColumn:
        return tr("Since");
    default:
        return {};
    }
}

} // namespace sscope
