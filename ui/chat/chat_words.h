#pragma once

#include <optional>
#include <string>

#include <QString>

#include "core/engine/chat_manager.h"

namespace sscope {

// What happens in a chat, as sentences in the person's language. Plain text; what comes from
// outside is safe to show.

/// Why something was refused. The server's own words where there is more in them.
QString chatRefusalWords(ChatCode code, const std::string& reason);
/// "Connection lost for 2.4 s. Resumed after message 1 041: nothing missed, nothing twice."
QString resumptionWords(const ChatResumption& how, Duration away, bool wasLost);
/// What the server has said last, before the connection ended.
struct ChatFarewell {
    ChatCode code = ChatCode::Stopping;
    std::string said{}; // the owner's own words, if any
};

/// Why a chat has ended, and what to try; empty where a person has ended it.
QString chatEndWords(const chat_news::Ended& ended, const std::optional<ChatFarewell>& farewell,
                     const ChatClientConfig& config);
/// "ravi was sent away by the server's owner: too loud"
QString chatLeftWords(const ChatEvent& event);

} // namespace sscope
