#pragma once

#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "core/service/chat_protocol.h"

namespace sscope {

class SessionLoop;

/// The way into a loop's sessions from the thread of the rooms, as long as the loop is there.
/// Shared by both; any thread.
class SessionMail {
public:
    /// For each session (its number) what it is told, in order.
    using Letters = std::vector<std::pair<std::uint32_t, ChatMail>>;

    explicit SessionMail(SessionLoop& loop) : m_loop(&loop) {}
    /// Handed to the sessions on the loop's thread; those that are gone by then miss it.
    void post(Letters letters);
    /// The loop goes.
    void close();

private:
    std::mutex m_mutex;
    SessionLoop* m_loop; // under m_mutex
};

} // namespace sscope
