// Who is in which room.

#include <fmt/format.h>

#include "core/service/chat_rooms.h"

namespace sscope {

namespace {

using Kind = ChatEvent::Kind;

} // namespace

void ChatRooms::join(ChatMemberId id, Member& member, const ChatRequest& request) {
    const auto name = chatName(request.room);
    if (!name) {
        refuse(id, request, ChatCode::RoomInvalid, name.error());
        return;
    }
    const bool isNew = !m_rooms.contains(name->key);
    if (!member.rooms.contains(name->key) &&
        (member.rooms.size() >= mostChatRoomsOfOne || (isNew && m_rooms.size() >= mostChatRooms))) {
        refuse(id, request, ChatCode::TooManyRooms,
               fmt::format("one person is in at most {} rooms, and a server has at most {}",
                           mostChatRoomsOfOne, mostChatRooms));
        return;
    }
    Room& room = m_rooms.try_emplace(name->key, Room{.name = name->text}).first->second;
    member.rooms.insert(name->key);
    if (room.members.insert(id).second)
        tellRoom(room, id,
                 {.kind = Kind::PersonJoined,
                  .room = room.name,
                  .name = member.name.text,
                  .usesLines = member.usesLines});
    // What is delivered from here on has ids above the last: a client that asks for what is
    // between its own last and this has no gap and no double.
    ChatEvent answer{.kind = Kind::Joined,
                     .ref = request.ref,
                     .room = room.name,
                     .topic = room.topic,
                     .id = room.last};
    addPeople(room, answer);
    tell(id, std::move(answer));
}

ChatRooms::Room* ChatRooms::ownRoom(ChatMemberId id, const Member& member,
                                    const ChatRequest& request, std::string& key) {
    const auto name = chatName(request.room);
    if (!name || !member.rooms.contains(name->key)) {
        refuse(id, request, ChatCode::NotInRoom,
               fmt::format("you are not in the room '{}'", request.room));
        return nullptr;
    }
    key = name->key;
    return &m_rooms.at(key);
}

void ChatRooms::leave(ChatMemberId id, Member& member, const ChatRequest& request) {
    std::string key;
    Room* const room = ownRoom(id, member, request, key);
    if (!room)
        return;
    tell(id, {.kind = Kind::Left, .ref = request.ref, .room = room->name});
    member.rooms.erase(key);
    leaveRoom(id, member, key, {});
}

void ChatRooms::leaveRoom(ChatMemberId id, const Member& member, const std::string& key,
                          ChatEvent left) {
    Room& room = m_rooms.at(key);
    room.members.erase(id);
    left.kind = Kind::PersonLeft;
    left.room = room.name;
    left.name = member.name.text;
    tellRoom(room, id, std::move(left));
    dropIfEmpty(key);
}

/// A room in which nobody is and nothing was said is no room.
void ChatRooms::dropIfEmpty(const std::string& key) {
    const auto it = m_rooms.find(key);
    if (it != m_rooms.end() && it->second.members.empty() && !it->second.isStored)
        m_rooms.erase(it);
}

void ChatRooms::who(ChatMemberId id, const ChatRequest& request) {
    const auto name = chatName(request.room);
    const auto room = name ? m_rooms.find(name->key) : m_rooms.end();
    ChatEvent event{.kind = Kind::People, .ref = request.ref, .room = request.room};
    if (room != m_rooms.end()) {
        event.room = room->second.name;
        addPeople(room->second, event);
    }
    tell(id, std::move(event));
}

void ChatRooms::listRooms(ChatMemberId id, const ChatRequest& request) {
    constexpr std::size_t most = 1000;
    tell(id, {.kind = Kind::RoomList, .ref = request.ref, .rooms = roomInfos(most)});
}

void ChatRooms::addPeople(const Room& room, ChatEvent& event) const {
    for (const ChatMemberId id : room.members) {
        const Member& member = m_members.at(id);
        event.people.push_back(member.name.text);
        if (member.usesLines)
            event.lineUsers.push_back(member.name.text);
    }
}

std::vector<ChatRoomInfo> ChatRooms::roomInfos(std::size_t most) const {
    std::vector<ChatRoomInfo> infos;
    for (const auto& [key, room] : m_rooms) {
        if (infos.size() == most)
            break;
        infos.push_back({room.name, room.topic, room.members.size(), room.last});
    }
    return infos;
}

} // namespace sscope
