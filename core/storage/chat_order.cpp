#include "core/storage/chat_order.h"

#include <chrono>

namespace sscope {

namespace {

using namespace std::chrono_literals;

// A client sends again each second.
constexpr Duration patience = 10s;

} // namespace

std::optional<ChatStored::Outcome> ChatOrder::holdsBack(const ChatEntry& entry, TimePoint now) {
    if (entry.kind != ChatEntry::Kind::Say || entry.clientId.empty())
        return std::nullopt;
    const auto gap = m_gaps.find({entry.room, entry.author});
    if (gap == m_gaps.end())
        return std::nullopt;
    if (gap->second.clientId != entry.clientId && now < gap->second.until)
        return gap->second.why;
    m_gaps.erase(gap);
    return std::nullopt;
}

void ChatOrder::refused(const ChatEntry& entry, Outcome why, TimePoint now) {
    if (entry.kind != ChatEntry::Kind::Say || entry.clientId.empty())
        return;
    std::erase_if(m_gaps, [now](const auto& gap) { return gap.second.until <= now; });
    m_gaps.try_emplace({entry.room, entry.author}, Gap{entry.clientId, why, now + patience});
}

} // namespace sscope
