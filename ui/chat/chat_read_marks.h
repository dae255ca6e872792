#pragma once

#include <optional>
#include <vector>

#include <QObject>
#include <QTimer>

#include "core/base/clock.h"

namespace sscope {

class Settings;

/// How far a person has read the rooms of chat servers, of those that were read last. Kept in the
/// settings ("chatRead": [{"server", "name", "room", "id", "time"}], latest first) and shared by
/// all tabs. On the GUI thread.
class ChatReadMarks : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t most = 200;

    struct Room {
        QString server{}; // printed endpoint
        QString name{};   // the person's; as the server writes it, and so the room
        QString room{};

        bool operator==(const Room&) const = default;
    };
    /// The last message that was read; 0 where there was none. Its time tells whether the server
    /// has begun another history since, with ids from 1.
    struct Mark {
        quint64 id = 0;
        WallTime time = 0;

        bool operator==(const Mark&) const = default;
    };

    explicit ChatReadMarks(Settings& settings, QObject* parent = nullptr);
    ~ChatReadMarks() override;

    [[nodiscard]] std::optional<Mark> find(const Room& room) const;
    /// Into the settings within a second, however many follow.
    void set(const Room& room, const Mark& mark);

private:
    struct Entry {
        Room room;
        Mark mark;
    };
    void read();
    void write();

    Settings& m_settings;
    std::vector<Entry> m_entries; // latest last
    QTimer m_writing;
};

} // namespace sscope
