#pragma once

#include <QString>

#include "core/engine/chat_manager.h"

namespace sscope {

// What happens in a chat, as sentences in the person's language. Plain text; what comes from
// outside is safe to show.

/// Why something was refused. The server's own words where there is more in them.
QString chatRefusalWords(ChatCode code, const std::string& reason);
/// "Connection lost for 2.4 s. Resumed after message 1 041: nothing missed, nothing twice."
QString resumptionWords(const ChatResumption& how, Duration away, bool wasLost);
/// Why a chat has ended, and what to try; empty where a person has ended it. code is what the
/// server has said last, if anything.
QString chatEndWords(const chat_news::Ended& ended, std::optional<ChatCode> code,
                     const ChatClientConfig& config);

} // namespace sscope
