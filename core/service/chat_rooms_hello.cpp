// How somebody comes into a chat's rooms, and under which name.

#include <utility>

#include <fmt/format.h>

#include "core/service/chat_rooms.h"

namespace sscope {

namespace {

using Kind = ChatEvent::Kind;

} // namespace

void ChatRooms::hello(ChatMemberId id, Member& member, ChatRequest request) {
    const auto name = chatName(request.name);
    if (!name) {
        refuse(id, request, ChatCode::NameInvalid, name.error());
        return;
    }
    if (!member.name.key.empty()) {
        rename(id, member, request, *name);
        return;
    }
    if (shutsOut(id, member, *name))
        return;
    // Tells a guesser nothing; it is no guess, and counts as none.
    if (m_needsPassword && request.password.empty()) {
        refuse(id, request, ChatCode::WrongPassword, "this server needs a password");
        return;
    }
    member.hello = std::move(request);
    if (m_needsPassword)
        m_outside.judge(id, member.peer.source, member.hello.password);
    else
        admit(id, member);
}

/// True where there is a ban, of which it has been told.
bool ChatRooms::shutsOut(ChatMemberId id, Member& member, const ChatName& name) {
    const ChatBan* const ban = banOf(name, member.peer.source);
    if (ban)
        dismiss(id, member, ChatCode::Banned, ban->reason);
    return ban != nullptr;
}

/// A second hello: another name. The secret stays, and is not told again.
void ChatRooms::rename(ChatMemberId id, Member& member, const ChatRequest& request,
                       const ChatName& name) {
    const auto holder = m_byName.find(name.key);
    if (m_bannedNames.contains(name.key) || (holder != m_byName.end() && holder->second != id)) {
        refuse(id, request, ChatCode::NameTaken,
               fmt::format("the name '{}' is not free", name.text));
        return;
    }
    m_byName.erase(member.name.key);
    const std::string old = std::exchange(member.name, name).text;
    m_byName.insert_or_assign(name.key, id);
    ChatEvent answer = welcome(member, request.ref);
    answer.resume.clear();
    tell(id, std::move(answer));
    for (const std::string& key : member.rooms) {
        const Room& room = m_rooms.at(key);
        tellRoom(room, id,
                 {.kind = Kind::Renamed, .room = room.name, .name = old, .text = name.text});
    }
}

ChatEvent ChatRooms::welcome(const Member& member, const std::string& ref) const {
    return {.kind = Kind::Welcome,
            .ref = ref,
            .name = member.name.text,
            .resume = member.secret,
            .isEncrypted = member.peer.isPrivate,
            .storage = m_storage};
}

void ChatRooms::judged(ChatMemberId id, Verdict verdict, Duration delay) {
    const auto it = m_members.find(id);
    if (it == m_members.end() || it->second.isLeaving)
        return;
    Member& member = it->second;
    if (verdict == Verdict::Right) {
        admit(id, member);
    } else if (verdict == Verdict::NotYet) {
        // The password is forgotten here; the connection's handler has it still.
        tell(id, {.kind = Kind::HoldBack, .delay = delay});
    } else {
        member.isLeaving = true;
        ChatEvent event = refusalEvent(
            {ChatCode::WrongPassword, "the password is wrong", member.hello.ref, "hello"});
        event.delay = delay;
        event.closes = true;
        tell(id, std::move(event));
    }
    member.hello.password.clear();
}

/// True where the name is free now: who shows the secret of the one that has it takes it over.
bool ChatRooms::makeRoomFor(const ChatName& name, const std::string& resume) {
    const auto holder = m_byName.find(name.key);
    if (holder == m_byName.end())
        return true;
    const ChatMemberId old = holder->second;
    if (resume.empty() || m_members.at(old).secret != resume)
        return false;
    dismiss(old, m_members.at(old), ChatCode::Replaced);
    return true;
}

void ChatRooms::admit(ChatMemberId id, Member& member) {
    const ChatName name = *chatName(member.hello.name); // hello() has looked at it
    if (shutsOut(id, member, name))                     // while the password was judged
        return;
    if (!makeRoomFor(name, member.hello.resume)) {
        refuse(id, member.hello, ChatCode::NameTaken,
               fmt::format("somebody is called '{}' already", name.text));
        return;
    }
    member.name = name;
    member.usesLines = member.hello.usesLines;
    member.secret = member.hello.resume.empty() ? m_outside.newSecret() : member.hello.resume;
    m_byName.insert_or_assign(name.key, id);
    tell(id, welcome(member, member.hello.ref));
    member.hello = {};
}

} // namespace sscope
