#pragma once

#include <QCoreApplication>

#include "core/base/chat_ban.h"
#include "core/service/chat_protocol.h"
#include "ui/servers/keyed_rows.h"

namespace sscope {

/// The rooms of a chat's server.
class ServerRoomsModel : public KeyedRows<ChatRoomInfo> {
    Q_DECLARE_TR_FUNCTIONS(sscope::ServerRoomsModel)

public:
    enum Column { RoomColumn, TopicColumn, PeopleColumn, LastColumn, ColumnCount };

    using KeyedRows::KeyedRows;

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] std::string keyOf(const ChatRoomInfo& row) const override { return row.name; }
    [[nodiscard]] QString cellText(const ChatRoomInfo& room, int column) const;
    [[nodiscard]] QString tipText(const ChatRoomInfo& room) const;
};

/// Whom its owner has shut out.
class ServerBansModel : public KeyedRows<ChatBan> {
    Q_DECLARE_TR_FUNCTIONS(sscope::ServerBansModel)

public:
    enum Column { WhoColumn, ReasonColumn, AgeColumn, ColumnCount };

    using KeyedRows::KeyedRows;

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] std::string keyOf(const ChatBan& row) const override;
    [[nodiscard]] QString tipText(const ChatBan& ban) const;
};

} // namespace sscope
