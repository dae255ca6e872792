#pragma once

#include <vector>

#include <QAbstractListModel>

#include "core/base/clock.h"

namespace sscope {

/// Who is in the room that is looked at, by name, and after them who has left it today. Owned by a
/// ChatSession, on the GUI thread; never reset while the room stays.
class ChatPeopleModel : public QAbstractListModel {
    Q_OBJECT

public:
    struct Entry {
        QString name{};
        bool isMe = false;
        bool usesLines = false; // ncat or telnet
        bool isHere = true;     // else it has left, at that time
        WallTime leftAt = 0;
        WallTime hereSince = 0; // as far as we know: it has joined, or we have; 0 for a direct talk
        WallTime lastHeard = 0; // has said something in this room; 0 for not yet

        bool operator==(const Entry&) const = default;
    };

    explicit ChatPeopleModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const Entry& at(int row) const {
        return m_entries[static_cast<std::size_t>(row)];
    }
    /// How many are here; they come first.
    [[nodiscard]] int hereCount() const { return m_hereCount; }

    /// Else nobody is known to be here, and the names are those of who was.
    [[nodiscard]] bool isConnected() const { return m_isConnected; }

    /// What is to be here from now on, in any order; only what differs is told. The session's.
    void set(std::vector<Entry> entries);
    void setConnected(bool isConnected);

Q_SIGNALS:
    /// hereCount() or isConnected().
    void hereCountChanged();

private:
    void removeOthers(const std::vector<Entry>& entries);
    void insertMissing(const std::vector<Entry>& entries);
    void update(std::vector<Entry> entries);

    std::vector<Entry> m_entries;
    int m_hereCount = 0;
    bool m_isConnected = false;
};

} // namespace sscope
