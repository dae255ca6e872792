#pragma once

#include <vector>

#include <QAbstractListModel>

#include "ui/chat/chat_place.h"

namespace sscope {

/// The rooms that one is in, or the persons that one talks to directly, by name. Owned by a
/// ChatSession, on the GUI thread; never reset.
class ChatPlacesModel : public QAbstractListModel {
    Q_OBJECT

public:
    struct Entry {
        ChatPlace place{};
        QString topic{};     // of a room
        int unread = 0;      // lines of others since one has looked
        int mentions = 0;    // of these, how many name one
        bool isThere = true; // of a person: is connected, as far as is known

        bool operator==(const Entry&) const = default;
    };

    explicit ChatPlacesModel(QObject* parent = nullptr);

    /// DisplayRole: the name; the accessible text tells the counts too.
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const Entry& at(int row) const {
        return m_entries[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] int rowOf(const ChatPlace& place) const; // -1 where it is not there

    // The session's:
    /// Adds the place, or changes what is known of it.
    void put(const Entry& entry);
    void remove(const ChatPlace& place);

private:
    std::vector<Entry> m_entries;
};

} // namespace sscope
