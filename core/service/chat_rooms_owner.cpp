// What the owner of a chat's server does in its rooms, and sees of them.

#include <utility>

#include "core/service/chat_rooms.h"

namespace sscope {

namespace {

using Kind = ChatEvent::Kind;

} // namespace

bool ChatRooms::kick(const std::string& typed, const std::string& reason) {
    const auto name = chatName(typed);
    const auto it = name ? m_byName.find(name->key) : m_byName.end();
    if (it == m_byName.end())
        return false;
    const ChatMemberId id = it->second;
    dismiss(id, m_members.at(id), ChatCode::Kicked,
            reason.empty() ? "the server's owner has sent you away" : reason);
    return true;
}

bool ChatRooms::ban(const std::string& typed, const std::string& reason) {
    const auto name = chatName(typed);
    if (!name)
        return false;
    m_bannedNames.insert(name->key);
    const auto it = m_byName.find(name->key);
    if (it == m_byName.end())
        return false;
    const ChatMemberId id = it->second;
    Member& member = m_members.at(id);
    if (!member.peer.isMachine)
        m_bannedSources.insert(member.peer.source);
    dismiss(id, member, ChatCode::Banned,
            reason.empty() ? "the server's owner has shut you out" : reason);
    return true;
}

void ChatRooms::liftBan(const std::string& nameOrSource) {
    m_bannedSources.erase(nameOrSource);
    if (const auto name = chatName(nameOrSource))
        m_bannedNames.erase(name->key);
}

void ChatRooms::announce(const std::string& text) {
    std::vector<ChatMemberId> all;
    for (const auto& [key, id] : m_byName)
        all.push_back(id);
    m_outside.deliver(all,
                      sealed({.kind = Kind::Notice, .text = text, .time = m_outside.wallTime()}));
}

void ChatRooms::stop() {
    for (auto& [id, member] : m_members) {
        if (!std::exchange(member.isLeaving, true))
            tell(id, {.kind = Kind::Closing,
                      .text = "the server stops",
                      .code = ChatCode::Stopping,
                      .closes = true});
    }
}

ChatOverview ChatRooms::overview() const {
    ChatOverview overview{.rooms = roomInfos(mostChatRooms),
                          .bannedNames = {m_bannedNames.begin(), m_bannedNames.end()},
                          .bannedSources = {m_bannedSources.begin(), m_bannedSources.end()},
                          .storage = m_storage};
    for (const auto& [key, id] : m_byName) {
        const Member& member = m_members.at(id);
        ChatPerson person{.member = id,
                          .name = member.name.text,
                          .source = member.peer.source,
                          .usesLines = member.usesLines};
        for (const std::string& room : member.rooms)
            person.rooms.push_back(m_rooms.at(room).name);
        overview.people.push_back(std::move(person));
    }
    return overview;
}

} // namespace sscope
