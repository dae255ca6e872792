#include "core/service/chat_rooms.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace sscope {

namespace {

using Kind = ChatEvent::Kind;

// Texts in one answer, bytes: whoever reads them has to, with what is told meanwhile, before the
// send queue is full.
constexpr std::size_t mostTextOfPast = 256 << 10;

std::string storageReason(ChatStorageState state) {
    return state == ChatStorageState::Full
               ? "the server's disk is full; it was not stored, try again later"
               : "the server cannot write its history; it was not stored, try again later";
}

/// Why somebody has to go: in words for them, and for those who stay.
struct Farewell {
    std::string_view toThem;
    std::string_view toOthers;
};

Farewell farewellFor(ChatCode code) {
    switch (code) {
    case ChatCode::Kicked:
        return {"the server's owner has sent you away", "sent away by the server's owner"};
    case ChatCode::Banned:
        return {"the server's owner has shut you out", "banned by the server's owner"};
    default: // Replaced
        return {"you have connected anew", "connected anew"};
    }
}

std::string withReason(std::string_view words, const std::string& said) {
    return said.empty() ? std::string(words) : fmt::format("{}: {}", words, said);
}

ChatCode storageCode(ChatStored::Outcome outcome) {
    return outcome == ChatStored::Outcome::Full ? ChatCode::StorageFull : ChatCode::StorageFailed;
}

/// Of a text as JSON writes it, bytes.
std::size_t writtenSize(const std::string& text) {
    const auto escaped = std::ranges::count_if(text, [](unsigned char c) { return c < 0x20; });
    return text.size() + static_cast<std::size_t>(escaped) * 5;
}

/// Leaves what fits into one answer, the last ones or the first, and one at least; false where that
/// is all.
bool shorten(std::vector<ChatMessage>& messages, bool keepsLast) {
    std::size_t bytes = 0;
    const auto fits = [&](const ChatMessage& message) {
        bytes += writtenSize(message.text);
        return bytes <= mostTextOfPast;
    };
    const std::size_t before = messages.size();
    if (keepsLast)
        messages.erase(messages.begin(),
                       std::find_if_not(messages.rbegin(), messages.rend(), fits).base());
    else
        messages.erase(std::find_if_not(messages.begin(), messages.end(), fits), messages.end());
    return messages.size() < before;
}

} // namespace

ChatRooms::ChatRooms(Outside& outside, bool needsPassword,
                     const std::vector<ChatRoomRecord>& stored)
    : m_outside(outside), m_needsPassword(needsPassword) {
    for (const ChatRoomRecord& record : stored) {
        if (const auto name = chatName(record.name))
            m_rooms.insert_or_assign(name->key, Room{.name = name->text,
                                                     .topic = record.topic,
                                                     .last = record.last,
                                                     .isStored = true});
    }
}

void ChatRooms::connected(ChatMemberId id, ChatPeer peer) {
    m_members.insert_or_assign(id, Member{.peer = std::move(peer)});
}

void ChatRooms::request(ChatMemberId id, ChatRequest request) {
    const auto it = m_members.find(id);
    if (it == m_members.end() || it->second.isLeaving)
        return;
    Member& member = it->second;
    if (request.action == Action::Hello) {
        hello(id, member, std::move(request));
        return;
    }
    if (member.name.key.empty() && request.action != Action::Ping) {
        refuse(id, request, ChatCode::NotHello, "say hello first");
        return;
    }
    switch (request.action) {
    case Action::Join:
        join(id, member, request);
        break;
    case Action::Leave:
        leave(id, member, request);
        break;
    case Action::Say:
        say(id, member, request);
        break;
    case Action::Direct:
        direct(id, member, request);
        break;
    case Action::Who:
        who(id, request);
        break;
    case Action::Rooms:
        listRooms(id, request);
        break;
    case Action::Topic:
        topic(id, member, request);
        break;
    case Action::History:
    case Action::Search:
        history(id, request);
        break;
    case Action::Ping:
        tell(id, {.kind = Kind::Pong, .ref = request.ref, .time = m_outside.wallTime()});
        break;
    case Action::Hello:
        break; // above
    }
}

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

void ChatRooms::say(ChatMemberId id, const Member& member, const ChatRequest& request) {
    std::string key;
    Room* const room = ownRoom(id, member, request, key);
    if (!room)
        return;
    ChatEntry entry{.token = ++m_lastToken,
                    .room = room->name,
                    .author = member.name.text,
                    .clientId = request.id,
                    .text = request.text,
                    .time = m_outside.wallTime()};
    room->isStored = true; // its ids have begun
    m_pending.insert_or_assign(entry.token, Pending{id, entry, request.ref, key});
    m_outside.store(std::move(entry));
}

void ChatRooms::topic(ChatMemberId id, const Member& member, const ChatRequest& request) {
    std::string key;
    Room* const room = ownRoom(id, member, request, key);
    if (!room)
        return;
    if (!request.setsTopic) {
        tell(id,
             {.kind = Kind::TopicIs, .ref = request.ref, .room = room->name, .topic = room->topic});
        return;
    }
    ChatEntry entry{.token = ++m_lastToken,
                    .kind = ChatEntry::Kind::Topic,
                    .room = room->name,
                    .author = member.name.text,
                    .text = request.text,
                    .time = m_outside.wallTime()};
    room->isStored = true;
    m_pending.insert_or_assign(entry.token, Pending{id, entry, request.ref, key});
    m_outside.store(std::move(entry));
}

void ChatRooms::stored(std::span<const ChatStored> results) {
    using Outcome = ChatStored::Outcome;
    for (const ChatStored& result : results) {
        const auto node = m_pending.extract(result.token);
        if (node.empty())
            continue;
        const Pending& pending = node.mapped();
        const ChatEntry& entry = pending.entry;
        Room& room = m_rooms.at(pending.roomKey); // what is pending keeps it
        const bool isTopic = entry.kind == ChatEntry::Kind::Topic;
        if (result.outcome == Outcome::Full || result.outcome == Outcome::Failed) {
            const auto state =
                result.outcome == Outcome::Full ? ChatStorageState::Full : ChatStorageState::Failed;
            tell(pending.member, refusalEvent({storageCode(result.outcome), storageReason(state),
                                               pending.ref, isTopic ? "topic" : "say"}));
            continue;
        }
        if (isTopic) {
            room.topic = entry.text;
            tell(pending.member, {.kind = Kind::TopicIs,
                                  .ref = pending.ref,
                                  .room = room.name,
                                  .topic = room.topic});
            tellRoom(room, pending.member,
                     {.kind = Kind::TopicChanged,
                      .room = room.name,
                      .name = entry.author,
                      .topic = room.topic});
            continue;
        }
        const bool isAgain = result.outcome == Outcome::Again;
        tell(pending.member, {.kind = Kind::Stored,
                              .ref = pending.ref,
                              .room = room.name,
                              .id = result.id,
                              .time = result.time,
                              .isAgain = isAgain});
        if (isAgain)
            continue;
        room.last = std::max(room.last, result.id);
        tellRoom(room, pending.member,
                 {.kind = Kind::Message,
                  .room = room.name,
                  .name = entry.author,
                  .text = entry.text,
                  .id = result.id,
                  .time = result.time});
    }
}

void ChatRooms::direct(ChatMemberId id, const Member& member, const ChatRequest& request) {
    const auto name = chatName(request.to);
    const auto to = name ? m_byName.find(name->key) : m_byName.end();
    if (to == m_byName.end()) {
        refuse(id, request, ChatCode::NoSuchName, "nobody here is called '" + request.to + "'");
        return;
    }
    const WallTime now = m_outside.wallTime();
    tell(
        to->second,
        {.kind = Kind::DirectMessage, .name = member.name.text, .text = request.text, .time = now});
    tell(id, {.kind = Kind::Handed,
              .ref = request.ref,
              .name = m_members.at(to->second).name.text, // as it is written
              .time = now});
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

void ChatRooms::history(ChatMemberId id, const ChatRequest& request) {
    const bool isSearch = request.action == Action::Search;
    ChatQuery query{.token = ++m_lastToken,
                    .after = request.after,
                    .before = request.before,
                    .fromEnd = request.fromEnd,
                    .limit = request.limit};
    if (!request.room.empty()) {
        const auto name = chatName(request.room);
        const auto room = name ? m_rooms.find(name->key) : m_rooms.end();
        // Rooms are open to who may be here: their past is too.
        query.room = room == m_rooms.end() ? request.room : room->second.name;
    }
    if (isSearch)
        query.search = request.text;
    Pending pending{
        .member = id, .ref = request.ref, .isSearch = isSearch, .isFromEnd = request.fromEnd};
    pending.entry.room = query.room;
    m_pending.insert_or_assign(query.token, std::move(pending));
    m_outside.read(std::move(query));
}

void ChatRooms::readDone(std::uint64_t token, std::vector<ChatMessage> messages, std::size_t limit,
                         bool hasFailed) {
    const auto node = m_pending.extract(token);
    if (node.empty())
        return;
    const Pending& pending = node.mapped();
    if (hasFailed) {
        tell(pending.member,
             refusalEvent({ChatCode::StorageFailed, "the server cannot read its history",
                           pending.ref, pending.isSearch ? "search" : "history"}));
        return;
    }
    const bool isOver = messages.size() > limit;
    if (isOver && pending.isFromEnd)
        messages.erase(messages.begin());
    else if (isOver)
        messages.pop_back();
    const bool isShortened = shorten(messages, pending.isFromEnd);
    tell(pending.member, {.kind = Kind::Past,
                          .ref = pending.ref,
                          .room = pending.entry.room,
                          .isSearch = pending.isSearch,
                          .hasMore = isOver || isShortened,
                          .messages = std::move(messages)});
}

void ChatRooms::storageChanged(ChatStorageState state) {
    m_storage = state;
    std::vector<ChatMemberId> all;
    for (const auto& [key, id] : m_byName)
        all.push_back(id);
    m_outside.deliver(all, sealed({.kind = Kind::StorageChanged, .storage = state}));
}

void ChatRooms::gone(ChatMemberId id, const std::string& reason) {
    const auto node = m_members.extract(id);
    if (node.empty())
        return;
    const Member& member = node.mapped();
    if (const auto it = m_byName.find(member.name.key); it != m_byName.end() && it->second == id)
        m_byName.erase(it);
    for (const std::string& key : member.rooms)
        leaveRoom(id, member, key, {.text = reason});
}

void ChatRooms::dismiss(ChatMemberId id, Member& member, ChatCode code, const std::string& said) {
    const Farewell words = farewellFor(code);
    member.isLeaving = true;
    tell(id, {.kind = Kind::Closing,
              .text = withReason(words.toThem, said),
              .code = code,
              .said = said,
              .closes = true});
    if (const auto it = m_byName.find(member.name.key); it != m_byName.end() && it->second == id)
        m_byName.erase(it); // it is free from now on
    for (const std::string& key : std::exchange(member.rooms, {}))
        leaveRoom(id, member, key,
                  {.text = withReason(words.toOthers, said),
                   .code = code,
                   .hasCode = true,
                   .said = said});
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

void ChatRooms::tell(ChatMemberId id, ChatEvent event) {
    m_outside.deliver(std::span(&id, 1), sealed(std::move(event)));
}

void ChatRooms::tellRoom(const Room& room, ChatMemberId except, ChatEvent event) {
    std::vector<ChatMemberId> to;
    to.reserve(room.members.size());
    for (const ChatMemberId id : room.members) {
        if (id != except)
            to.push_back(id);
    }
    if (!to.empty())
        m_outside.deliver(to, sealed(std::move(event)));
}

void ChatRooms::refuse(ChatMemberId id, const ChatRequest& request, ChatCode code,
                       std::string reason) {
    tell(id, refusalEvent({code, std::move(reason), request.ref,
                           std::string(chatActionName(request.action))}));
}

} // namespace sscope
