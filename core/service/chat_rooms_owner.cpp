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
    dismiss(id, m_members.at(id), ChatCode::Kicked, reason);
    return true;
}

bool ChatRooms::ban(const std::string& typed, const std::string& reason) {
    const auto name = chatName(typed);
    if (!name)
        return false;
    const auto it = m_byName.find(name->key);
    const bool isHere = it != m_byName.end();
    Member* const member = isHere ? &m_members.at(it->second) : nullptr;
    ChatBan ban{.name = member ? member->name.text : name->text,
                .reason = reason,
                .time = m_outside.wallTime()};
    m_bannedNames.insert_or_assign(name->key, ban);
    if (member && !member->peer.isMachine) {
        ban.source = member->peer.source;
        m_bannedSources.insert_or_assign(ban.source, ban);
    }
    m_outside.keepBans(bans());
    if (isHere)
        dismiss(it->second, *member, ChatCode::Banned, reason);
    return isHere;
}

void ChatRooms::liftBan(const std::string& nameOrSource) {
    std::size_t lifted = m_bannedSources.erase(nameOrSource);
    if (const auto name = chatName(nameOrSource))
        lifted += m_bannedNames.erase(name->key);
    if (lifted > 0)
        m_outside.keepBans(bans());
}

void ChatRooms::restoreBans(const std::vector<ChatBan>& stored) {
    for (const ChatBan& ban : stored) {
        if (!ban.source.empty())
            m_bannedSources.insert_or_assign(ban.source, ban);
        else if (const auto name = chatName(ban.name))
            m_bannedNames.insert_or_assign(name->key, ban);
    }
}

const ChatBan* ChatRooms::banOf(const ChatName& name, const std::string& source) const {
    if (const auto it = m_bannedNames.find(name.key); it != m_bannedNames.end())
        return &it->second;
    const auto it = m_bannedSources.find(source);
    return it == m_bannedSources.end() ? nullptr : &it->second;
}

std::vector<ChatBan> ChatRooms::bans() const {
    std::vector<ChatBan> all;
    for (const auto* const bans : {&m_bannedNames, &m_bannedSources}) {
        for (const auto& [key, ban] : *bans)
            all.push_back(ban);
    }
    return all;
}

void ChatRooms::announce(const std::string& text) {
    std::vector<ChatMemberId> all;
    for (const auto& [key, id] : m_byName)
        all.push_back(id);
    giveNotice(all, text);
}

bool ChatRooms::notify(const std::string& typed, const std::string& text) {
    const auto name = chatName(typed);
    const auto it = name ? m_byName.find(name->key) : m_byName.end();
    const bool isHere = it != m_byName.end();
    giveNotice(isHere ? std::span(&it->second, 1) : std::span<const ChatMemberId>(), text);
    return isHere;
}

void ChatRooms::giveNotice(std::span<const ChatMemberId> to, const std::string& text) {
    ++m_notices;
    m_heard = to.size();
    m_outside.deliver(to,
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
                          .bans = bans(),
                          .notices = m_notices,
                          .heard = m_heard,
                          .storage = m_storage};
    for (const auto& [key, id] : m_byName) {
        const Member& member = m_members.at(id);
        ChatPerson person{.member = id,
                          .name = member.name.text,
                          .source = member.peer.source,
                          .usesLines = member.usesLines,
                          .connection = member.peer.connection,
                          .isOfOtherMachine = !member.peer.isMachine};
        for (const std::string& room : member.rooms)
            person.rooms.push_back(m_rooms.at(room).name);
        overview.people.push_back(std::move(person));
    }
    return overview;
}

} // namespace sscope
