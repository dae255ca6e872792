#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/base/chat_message.h"
#include "core/base/clock.h"

namespace sscope {

/// Keeps what one person says in one room in its order where some of it was not stored: what was
/// sent behind that is not stored either, until it comes again; but no longer than a while, because
/// who sends it may have given it up. Of messages with an id of the client's own. On the storage
/// thread.
class ChatOrder {
public:
    using Outcome = ChatStored::Outcome;

    /// Why an entry is not to be stored now; asked of all in their order.
    std::optional<Outcome> holdsBack(const ChatEntry& entry, TimePoint now);
    /// It was not stored.
    void refused(const ChatEntry& entry, Outcome why, TimePoint now);
    [[nodiscard]] bool isEmpty() const { return m_gaps.empty(); }

private:
    struct Gap {
        std::string clientId; // the first that is missing
        Outcome why = Outcome::Failed;
        TimePoint until;
    };

    std::map<std::pair<std::string, std::string>, Gap> m_gaps; // by room and author
};

} // namespace sscope
