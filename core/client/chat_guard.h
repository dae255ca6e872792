#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/service/chat_protocol.h"

namespace sscope {

/// Judges what a server tells one connection of a client, which does not trust it: that answers
/// have been asked for, that rooms have, that ids grow, that nothing is longer than the protocol
/// lets it be. Sans I/O.
class ChatGuard {
public:
    void asked(const ChatRequest& request);
    /// What is wrong with it, "an answer to nothing that was asked"; empty where nothing is.
    std::string_view faultOf(const ChatEvent& event);

private:
    std::string_view roomFault(const ChatEvent& event);

    std::size_t m_unanswered = 0;
    // The rooms that were asked for, left ones too, of which a word may be on its way: by key, the
    // highest id that was told.
    std::map<std::string, std::uint64_t> m_rooms;
};

} // namespace sscope
