#include "core/client/chat_guard.h"

#include <algorithm>
#include <functional>

#include "core/service/chat_name.h"

namespace sscope {

namespace {

using Action = ChatRequest::Action;
using Kind = ChatEvent::Kind;

constexpr std::size_t longestName = longestChatName * 4; // bytes of UTF-8
constexpr std::size_t mostPeople = 100'000;              // in one room
// Of a server's reasons and its owner's notices; what the owner types has no bound of its own.
constexpr std::size_t longestWords = 128 << 10;

bool isLongName(std::string_view name) {
    return name.size() > longestName;
}

std::string_view messagesFault(const ChatEvent& event) {
    if (event.messages.size() > mostChatHistory)
        return "more messages in one answer than there may be";
    for (const ChatMessage& message : event.messages) {
        if (isLongName(message.room) || isLongName(message.author))
            return "a name that is longer than a name may be";
        if (message.text.size() > longestChatText)
            return "a message that is longer than a message may be";
    }
    const bool grow = std::ranges::adjacent_find(event.messages, std::ranges::greater_equal(),
                                                 &ChatMessage::id) == event.messages.end();
    return event.isSearch || grow ? "" : "ids of a history that do not grow";
}

std::string_view listFault(const ChatEvent& event) {
    if (event.people.size() > mostPeople || event.lineUsers.size() > event.people.size())
        return "more people in a room than there may be";
    if (std::ranges::any_of(event.people, isLongName) ||
        std::ranges::any_of(event.lineUsers, isLongName))
        return "a name that is longer than a name may be";
    if (event.rooms.size() > mostChatRooms)
        return "more rooms than there may be";
    const auto isLong = [](const ChatRoomInfo& room) {
        return isLongName(room.name) || room.topic.size() > longestChatTopic;
    };
    return std::ranges::any_of(event.rooms, isLong)
               ? "a room's name or topic that is longer than it may be"
               : "";
}

std::string_view sizeFault(const ChatEvent& event) {
    const bool isSaid = event.kind == Kind::Message || event.kind == Kind::DirectMessage;
    // Who asks may have said more of a room than is a name; it comes back as it was asked for.
    const bool isEcho = event.kind == Kind::People || event.kind == Kind::Past;
    if (isLongName(event.name) || (!isEcho && isLongName(event.room)))
        return "a name that is longer than a name may be";
    if (event.text.size() > (isSaid ? longestChatText : longestWords) ||
        event.said.size() > longestWords)
        return "a message that is longer than a message may be";
    if (event.topic.size() > longestChatTopic)
        return "a topic that is longer than a topic may be";
    if (event.ref.size() > longestChatId || event.resume.size() > longestChatId)
        return "a ref or a secret that is longer than it may be";
    if (const auto fault = listFault(event); !fault.empty())
        return fault;
    return messagesFault(event);
}

bool isOfOwnRoom(Kind kind) {
    switch (kind) {
    case Kind::Joined:
    case Kind::Left:
    case Kind::Stored:
    case Kind::TopicIs:
    case Kind::Message:
    case Kind::PersonJoined:
    case Kind::PersonLeft:
    case Kind::Renamed:
    case Kind::TopicChanged:
        return true;
    default:
        return false;
    }
}

} // namespace

void ChatGuard::asked(const ChatRequest& request) {
    ++m_unanswered;
    if (request.action != Action::Join)
        return;
    if (const auto name = chatName(request.room))
        m_rooms.try_emplace(name->key);
}

std::string_view ChatGuard::faultOf(const ChatEvent& event) {
    if (const auto fault = sizeFault(event); !fault.empty())
        return fault;
    if (event.kind <= Kind::Refused) {
        if (m_unanswered == 0)
            return "an answer to nothing that was asked";
        --m_unanswered;
    }
    return isOfOwnRoom(event.kind) ? roomFault(event) : "";
}

std::string_view ChatGuard::roomFault(const ChatEvent& event) {
    const auto name = chatName(event.room);
    const auto room = name ? m_rooms.find(name->key) : m_rooms.end();
    if (room == m_rooms.end())
        return "word of a room that was not asked for";
    const bool isNew =
        event.kind == Kind::Message || (event.kind == Kind::Stored && !event.isAgain);
    if (isNew && event.id <= room->second)
        return "ids of messages that do not grow";
    if (isNew || event.kind == Kind::Joined)
        room->second = event.id;
    return "";
}

} // namespace sscope
