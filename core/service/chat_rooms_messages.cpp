// What is said in a chat's rooms and beside them, and read again.

#include <algorithm>
#include <utility>

#include "core/service/chat_rooms.h"

namespace sscope {

namespace {

using Kind = ChatEvent::Kind;

// Texts in one answer, bytes: whoever reads them has to, with what is told meanwhile, before the
// send queue is full.
constexpr std::size_t mostTextOfPast = 256 << 10;

std::string storageReason(ChatStored::Outcome outcome) {
    return outcome == ChatStored::Outcome::Full
               ? "the server's disk is full; it was not stored, try again later"
               : "the server cannot write its history; it was not stored, try again later";
}

ChatCode storageCode(ChatStored::Outcome outcome) {
    return outcome == ChatStored::Outcome::Full ? ChatCode::StorageFull : ChatCode::StorageFailed;
}

/// Of a text as JSON writes it, at most so many bytes.
std::size_t writtenSize(const std::string& text) {
    std::size_t bytes = text.size();
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20)
            bytes += 5; // as \u0001; some are shorter
        else if (c == '"' || c == '\\')
            ++bytes;
    }
    return bytes;
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
        const bool isTopic = pending.entry.kind == ChatEntry::Kind::Topic;
        if (result.outcome == Outcome::Full || result.outcome == Outcome::Failed)
            tell(pending.member,
                 refusalEvent({storageCode(result.outcome), storageReason(result.outcome),
                               pending.ref, isTopic ? "topic" : "say"}));
        else if (isTopic)
            topicStored(pending);
        else
            messageStored(pending, result);
    }
}

void ChatRooms::topicStored(const Pending& pending) {
    Room& room = m_rooms.at(pending.roomKey); // what is pending keeps it
    room.topic = pending.entry.text;
    tell(pending.member,
         {.kind = Kind::TopicIs, .ref = pending.ref, .room = room.name, .topic = room.topic});
    tellRoom(room, pending.member,
             {.kind = Kind::TopicChanged,
              .room = room.name,
              .name = pending.entry.author,
              .topic = room.topic});
}

void ChatRooms::messageStored(const Pending& pending, const ChatStored& result) {
    Room& room = m_rooms.at(pending.roomKey); // what is pending keeps it
    const bool isAgain = result.outcome == ChatStored::Outcome::Again;
    tell(pending.member, {.kind = Kind::Stored,
                          .ref = pending.ref,
                          .room = room.name,
                          .id = result.id,
                          .time = result.time,
                          .isAgain = isAgain});
    if (isAgain)
        return;
    room.last = std::max(room.last, result.id);
    tellRoom(room, pending.member,
             {.kind = Kind::Message,
              .room = room.name,
              .name = pending.entry.author,
              .text = pending.entry.text,
              .id = result.id,
              .time = result.time});
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

} // namespace sscope
