#pragma once

#include <memory>
#include <string>

#include "core/service/chat_rooms.h"

namespace sscope {

/// What the owner of a chat's server can do, from any thread; returns at once.
class ChatOwner {
public:
    virtual ~ChatOwner() = default;

    /// Ends the person's connection; the name may come back.
    virtual void kick(std::string name, std::string reason) = 0;
    /// Shuts out the name, and its address where that is another machine's, until it is lifted;
    /// where there is a history file, after a restart too.
    virtual void ban(std::string name, std::string reason) = 0;
    virtual void liftBan(std::string nameOrSource) = 0;
    /// A notice to all who are there.
    virtual void announce(std::string text) = 0;
    /// A notice to one of them.
    virtual void notify(std::string name, std::string text) = 0;
    /// Who is where; another object once it has changed, at most four times a second. Never null.
    [[nodiscard]] virtual std::shared_ptr<const ChatOverview> overview() const = 0;
};

} // namespace sscope
