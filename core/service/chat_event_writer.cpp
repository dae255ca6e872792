// What a chat's server says, as it goes over the wire.

#include <fmt/format.h>

#include "core/service/chat_json.h"
#include "core/service/chat_words.h"

namespace sscope {

namespace {

using Kind = ChatEvent::Kind;

void appendTo(std::string& list, const std::string& member) {
    if (!list.empty())
        list += ',';
    list += member;
}

void writeMessage(ChatJson& json, const std::string& room, std::uint64_t id, WallTime time,
                  const std::string& from, const std::string& text) {
    json.text("room", room);
    json.number("id", id);
    json.text("time", rfc3339(time));
    json.text("from", from);
    json.text("text", text);
}

void writeMessages(ChatJson& json, const ChatEvent& event) {
    std::string list;
    for (const ChatMessage& message : event.messages) {
        ChatJson one;
        writeMessage(one, message.room, message.id, message.time, message.author, message.text);
        appendTo(list, one.take());
    }
    json.raw("messages", fmt::format("[{}]", list));
    json.flag("more", event.hasMore);
}

void writeRooms(ChatJson& json, const ChatEvent& event) {
    std::string list;
    for (const ChatRoomInfo& room : event.rooms) {
        ChatJson one;
        one.text("room", room.name);
        one.text("topic", room.topic);
        one.number("people", room.people);
        one.number("last", room.last);
        appendTo(list, one.take());
    }
    json.raw("rooms", fmt::format("[{}]", list));
}

void writeNames(ChatJson& json, std::string_view key, const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names)
        appendTo(list, jsonString(name));
    json.raw(key, fmt::format("[{}]", list));
}

void writePeople(ChatJson& json, const ChatEvent& event) {
    writeNames(json, "people", event.people);
    writeNames(json, "lines", event.lineUsers);
}

void writeWelcome(ChatJson& json, const ChatEvent& event) {
    json.text("name", event.name);
    if (!event.resume.empty())
        json.text("resume", event.resume);
    json.flag("encrypted", event.isEncrypted);
    json.text("storage", chatStorageName(event.storage));
}

void writeJoined(ChatJson& json, const ChatEvent& event) {
    json.text("topic", event.topic);
    json.number("last", event.id);
    writePeople(json, event);
}

void writeStored(ChatJson& json, const ChatEvent& event) {
    json.number("id", event.id);
    json.text("time", rfc3339(event.time));
    json.flag("again", event.isAgain);
}

void writeHanded(ChatJson& json, const ChatEvent& event) {
    json.text("to", event.name);
    json.text("time", rfc3339(event.time));
}

void writeRefused(ChatJson& json, const ChatEvent& event) {
    json.text("error", chatCodeName(event.code));
    json.text("reason", event.text);
    if (!event.action.empty())
        json.text("action", event.action);
}

bool isOfRoom(Kind kind) {
    switch (kind) {
    case Kind::Joined:
    case Kind::Left:
    case Kind::Stored:
    case Kind::People:
    case Kind::TopicIs:
    case Kind::Past:
        return true;
    default:
        return false;
    }
}

void writeAnswer(ChatJson& json, const ChatEvent& event) {
    if (event.kind != Kind::Refused)
        json.text("reply", event.isSearch ? "search" : chatEventName(event.kind));
    if (isOfRoom(event.kind))
        json.text("room", event.room);
    switch (event.kind) {
    case Kind::Welcome:
        writeWelcome(json, event);
        break;
    case Kind::Joined:
        writeJoined(json, event);
        break;
    case Kind::Stored:
        writeStored(json, event);
        break;
    case Kind::Handed:
        writeHanded(json, event);
        break;
    case Kind::People:
        writePeople(json, event);
        break;
    case Kind::RoomList:
        writeRooms(json, event);
        break;
    case Kind::TopicIs:
        json.text("topic", event.topic);
        break;
    case Kind::Past:
        writeMessages(json, event);
        break;
    case Kind::Pong:
        json.text("time", rfc3339(event.time));
        break;
    case Kind::Refused:
        writeRefused(json, event);
        break;
    default: // Left: the room is all
        break;
    }
    if (!event.ref.empty())
        json.text("ref", event.ref);
}

void writeDirectMessage(ChatJson& json, const ChatEvent& event) {
    json.text("from", event.name);
    json.text("time", rfc3339(event.time));
    json.text("text", event.text);
}

/// Somebody has come, gone, or is called otherwise.
void writePerson(ChatJson& json, const ChatEvent& event) {
    json.text("room", event.room);
    json.text("name", event.name);
    if (event.kind == Kind::PersonJoined)
        json.flag("lines", event.usesLines);
    if (event.kind == Kind::Renamed)
        json.text("to", event.text);
    if (event.kind != Kind::PersonLeft)
        return;
    json.text("reason", event.text);
    if (event.hasCode)
        json.text("code", chatCodeName(event.code));
    if (!event.said.empty())
        json.text("said", event.said);
}

void writeTopic(ChatJson& json, const ChatEvent& event) {
    json.text("room", event.room);
    json.text("topic", event.topic);
    json.text("by", event.name);
}

void writeNotice(ChatJson& json, const ChatEvent& event) {
    json.text("text", event.text);
    json.text("time", rfc3339(event.time));
}

void writeClosing(ChatJson& json, const ChatEvent& event) {
    json.text("code", chatCodeName(event.code));
    json.text("reason", event.text);
    if (!event.said.empty())
        json.text("said", event.said);
}

void writeTold(ChatJson& json, const ChatEvent& event) {
    if (event.kind == Kind::HoldBack)
        return; // it does not leave the server
    json.text("event", chatEventName(event.kind));
    switch (event.kind) {
    case Kind::Message:
        writeMessage(json, event.room, event.id, event.time, event.name, event.text);
        break;
    case Kind::DirectMessage:
        writeDirectMessage(json, event);
        break;
    case Kind::PersonJoined:
    case Kind::PersonLeft:
    case Kind::Renamed:
        writePerson(json, event);
        break;
    case Kind::TopicChanged:
        writeTopic(json, event);
        break;
    case Kind::Notice:
        writeNotice(json, event);
        break;
    case Kind::StorageChanged:
        json.text("state", chatStorageName(event.storage));
        break;
    case Kind::Closing:
        writeClosing(json, event);
        break;
    default:
        break;
    }
}

} // namespace

ChatMail sealed(ChatEvent event) {
    ChatJson json;
    if (event.kind <= Kind::Refused)
        writeAnswer(json, event);
    else
        writeTold(json, event);
    event.json = json.take();
    return std::make_shared<const ChatEvent>(std::move(event));
}

ChatEvent refusalEvent(const ChatRefusal& refusal) {
    return {.kind = Kind::Refused,
            .ref = refusal.ref,
            .text = refusal.reason,
            .code = refusal.code,
            .action = refusal.action};
}

} // namespace sscope
