// How a chat client comes to know what was said in a room while it was not there.

#include <algorithm>
#include <utility>

#include "core/client/chat_client.h"

namespace sscope {

namespace {

using Action = ChatRequest::Action;

// Of what was missed, so many at a time: long ones must not fill the queue that the server has for
// us.
constexpr std::size_t pageOfMissed = 50;
// Of one room until all that was missed is there, bytes: half a million messages as people write.
constexpr std::size_t mostHeld = 64 << 20;

std::size_t heldBytes(const ChatMessage& message) {
    return sizeof message + message.author.size() + message.text.size();
}

std::size_t heldBytes(const std::vector<ChatMessage>& messages) {
    std::size_t bytes = 0;
    for (const ChatMessage& message : messages)
        bytes += heldBytes(message);
    return bytes;
}

} // namespace

void ChatClient::joined(const ChatEvent& event) {
    auto it = m_rooms.find(event.room);
    if (it == m_rooms.end()) {
        // The server writes the name as it was first written; ours goes with it.
        const auto asked = m_rooms.find(event.ref);
        if (asked == m_rooms.end())
            return;
        auto node = m_rooms.extract(asked);
        for (Said& said : m_unstored) {
            if (said.room == node.key())
                said.room = event.room;
        }
        node.key() = event.room;
        it = m_rooms.insert(std::move(node)).position;
    }
    Room& room = it->second;
    if (std::exchange(room.isJoined, true)) { // asked for again, perhaps in other letters
        if (event.ref != event.room)
            m_rooms.erase(event.ref);
        return;
    }
    if (room.resumption) // cut off before all had come: none of it was told
        room.have = room.resumption->after;
    room.target = event.id;
    room.waiting.clear();
    room.caughtUp.clear();
    room.held = 0;
    room.resumption.reset();
    if (room.isKnown)
        room.resumption = {.after = room.have, .upTo = room.target};
    if (room.have > room.target) { // another history: the server has begun anew
        room.resumption->isAnew = true;
        m_observer.resumed(it->first, *std::exchange(room.resumption, {}));
        room.isKnown = false;
        room.have = 0;
    }
    const bool isThere = room.isKnown ? room.have == room.target : room.target == 0;
    room.isCatchingUp = true;
    if (isThere)
        finishCatchingUp(it->first, room);
    else
        askPast(it->first, room);
}

/// False where the server makes us hold more than anybody has missed.
bool ChatClient::mayHold(Room& room, std::size_t bytes) {
    room.held += bytes;
    if (room.held <= mostHeld)
        return true;
    breakOff("a history without end");
    return false;
}

/// What is between the last that was told and what was there at the join.
void ChatClient::askPast(const std::string& name, const Room& room) {
    ChatRequest asked{.action = Action::History, .ref = "past", .room = name};
    asked.before = room.target + 1;
    asked.fromEnd = !room.isKnown;
    asked.after = room.have;
    asked.limit = room.isKnown ? pageOfMissed : std::max<std::size_t>(m_config.past, 1);
    request(asked);
}

void ChatClient::past(const ChatEvent& event) {
    const auto it = m_rooms.find(event.room);
    if (event.ref != "past" || it == m_rooms.end() || !it->second.isCatchingUp) {
        m_observer.told(event);
        return;
    }
    Room& room = it->second;
    const bool isFirst = !std::exchange(room.isKnown, true);
    const bool isWithin = event.messages.empty() || (event.messages.front().id > room.have &&
                                                     event.messages.back().id <= room.target);
    if (!isWithin) {
        breakOff("messages of a history that were not asked for");
        return;
    }
    if (event.hasMore && event.messages.empty()) {
        breakOff("a history that has more, of which nothing comes");
        return;
    }
    if (room.resumption && !mayHold(room, heldBytes(event.messages)))
        return;
    if (room.resumption)
        room.caughtUp.insert(room.caughtUp.end(), event.messages.begin(), event.messages.end());
    else if (!event.messages.empty() && !(isFirst && m_config.past == 0))
        m_observer.messages(it->first, event.messages);
    if (!event.messages.empty())
        room.have = std::max(room.have, event.messages.back().id);
    if (!isFirst && event.hasMore)
        askPast(it->first, room);
    else
        finishCatchingUp(it->first, room);
}

void ChatClient::finishCatchingUp(const std::string& name, Room& room) {
    room.isKnown = true;
    room.isCatchingUp = false;
    room.have = std::max(room.have, room.target); // what is missing of it was forgotten by age
    room.held = 0;
    std::vector<ChatMessage> came = std::exchange(room.caughtUp, {});
    if (auto resumption = std::exchange(room.resumption, {})) {
        resumption->missing = resumption->upTo - resumption->after - came.size();
        m_observer.resumed(name, *resumption);
    }
    for (auto& [id, message] : std::exchange(room.waiting, {})) {
        if (id > room.have)
            came.push_back(std::move(message));
    }
    if (!came.empty()) {
        room.have = std::max(room.have, came.back().id);
        m_observer.messages(name, came);
    }
    sendUnstored();
}

void ChatClient::arrived(Room& room, ChatMessage message) {
    if (room.isCatchingUp || !room.isKnown) {
        if (mayHold(room, heldBytes(message)))
            room.waiting.insert_or_assign(message.id, std::move(message));
    } else if (message.id > room.have) {
        room.have = message.id;
        const std::string name = message.room;
        m_observer.messages(name, {std::move(message)});
    }
}

} // namespace sscope
