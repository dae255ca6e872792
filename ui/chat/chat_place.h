#pragma once

#include <compare>

#include <QString>

namespace sscope {

/// Where things are said: a room, or to one person directly. Names are as the server writes them.
struct ChatPlace {
    enum class Kind { Room, Person };
    Kind kind = Kind::Room;
    QString name{};

    bool operator==(const ChatPlace&) const = default;
};

} // namespace sscope
