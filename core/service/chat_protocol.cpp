#include "core/service/chat_protocol.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "core/base/strict_json.h"
#include "core/service/chat_json.h"

namespace sscope {

namespace {

using Action = ChatRequest::Action;
using Kind = ChatEvent::Kind;

constexpr std::array actions{
    std::pair{Action::Hello, std::string_view("hello")},
    std::pair{Action::Join, std::string_view("join")},
    std::pair{Action::Leave, std::string_view("leave")},
    std::pair{Action::Say, std::string_view("say")},
    std::pair{Action::Direct, std::string_view("direct")},
    std::pair{Action::Who, std::string_view("who")},
    std::pair{Action::Rooms, std::string_view("rooms")},
    std::pair{Action::Topic, std::string_view("topic")},
    std::pair{Action::History, std::string_view("history")},
    std::pair{Action::Search, std::string_view("search")},
    std::pair{Action::Ping, std::string_view("ping")},
};

constexpr std::array codes{
    std::pair{ChatCode::BadRequest, std::string_view("bad_request")},
    std::pair{ChatCode::NotHello, std::string_view("not_hello")},
    std::pair{ChatCode::NameInvalid, std::string_view("name_invalid")},
    std::pair{ChatCode::NameTaken, std::string_view("name_taken")},
    std::pair{ChatCode::WrongPassword, std::string_view("wrong_password")},
    std::pair{ChatCode::Banned, std::string_view("banned")},
    std::pair{ChatCode::Kicked, std::string_view("kicked")},
    std::pair{ChatCode::Replaced, std::string_view("replaced")},
    std::pair{ChatCode::HelloLate, std::string_view("hello_late")},
    std::pair{ChatCode::RoomInvalid, std::string_view("room_invalid")},
    std::pair{ChatCode::NotInRoom, std::string_view("not_in_room")},
    std::pair{ChatCode::TooManyRooms, std::string_view("too_many_rooms")},
    std::pair{ChatCode::NoSuchName, std::string_view("no_such_name")},
    std::pair{ChatCode::TooLong, std::string_view("too_long")},
    std::pair{ChatCode::StorageFull, std::string_view("storage_full")},
    std::pair{ChatCode::StorageFailed, std::string_view("storage_failed")},
    std::pair{ChatCode::Stopping, std::string_view("stopping")},
};

/// Reads the members of one request; the first that is wrong is kept.
class Reader {
public:
    explicit Reader(const std::vector<JsonMember>& members) : m_members(members) {}

    std::string text(std::string_view key, std::size_t most, bool isNeeded = false) {
        const JsonMember* const member = findMember(m_members, key);
        if (!member) {
            if (isNeeded)
                fault(ChatCode::BadRequest, fmt::format("'{}' is missing", key));
            return {};
        }
        if (member->kind != JsonMember::Kind::String) {
            fault(ChatCode::BadRequest, fmt::format("'{}' is not a string", key));
            return {};
        }
        if (member->value.size() > most) {
            fault(ChatCode::TooLong, fmt::format("'{}' is longer than {} bytes", key, most));
            return {};
        }
        if (isNeeded && member->value.empty())
            fault(ChatCode::BadRequest, fmt::format("'{}' is empty", key));
        return member->value;
    }

    std::uint64_t number(std::string_view key, std::uint64_t unset) {
        const JsonMember* const member = findMember(m_members, key);
        if (!member)
            return unset;
        if (member->kind != JsonMember::Kind::Unsigned ||
            member->number > std::uint64_t(std::numeric_limits<std::int64_t>::max())) {
            fault(ChatCode::BadRequest, fmt::format("'{}' is not a whole number", key));
            return unset;
        }
        return member->number;
    }

    bool flag(std::string_view key) {
        const JsonMember* const member = findMember(m_members, key);
        const bool isSet = member && member->value == "true";
        if (member &&
            (member->kind != JsonMember::Kind::Other || (!isSet && member->value != "false")))
            fault(ChatCode::BadRequest, fmt::format("'{}' is neither true nor false", key));
        return isSet;
    }

    [[nodiscard]] bool has(std::string_view key) const { return findMember(m_members, key); }
    [[nodiscard]] const std::string& fault() const { return m_fault; }
    [[nodiscard]] ChatCode code() const { return m_code; }

private:
    void fault(ChatCode code, std::string what) {
        if (m_fault.empty()) {
            m_fault = std::move(what);
            m_code = code;
        }
    }

    const std::vector<JsonMember>& m_members;
    std::string m_fault;
    ChatCode m_code = ChatCode::BadRequest;
};

constexpr std::size_t longestNameText = 1024;
constexpr std::size_t longestSecret = 1024;

void readFields(Reader& reader, ChatRequest& request) {
    switch (request.action) {
    case Action::Hello:
        request.name = reader.text("name", longestNameText, true);
        request.password = reader.text("password", longestSecret);
        request.resume = reader.text("resume", longestChatId);
        request.hasHeartbeat = reader.flag("heartbeat");
        break;
    case Action::Say:
        request.room = reader.text("room", longestNameText, true);
        request.text = reader.text("text", longestChatText, true);
        request.id = reader.text("id", longestChatId);
        break;
    case Action::Direct:
        request.to = reader.text("to", longestNameText, true);
        request.text = reader.text("text", longestChatText, true);
        break;
    case Action::Topic:
        request.room = reader.text("room", longestNameText, true);
        request.setsTopic = reader.has("topic");
        request.text = reader.text("topic", longestChatTopic);
        break;
    case Action::History:
        request.room = reader.text("room", longestNameText, true);
        request.after = reader.number("after", 0);
        request.before = reader.number("before", 0);
        // The last ones, where nobody says after which.
        request.fromEnd = !reader.has("after");
        request.limit =
            std::clamp<std::size_t>(reader.number("limit", mostChatHistory), 1, mostChatHistory);
        break;
    case Action::Search:
        request.room = reader.text("room", longestNameText);
        request.text = reader.text("text", longestChatText, true);
        request.limit =
            std::clamp<std::size_t>(reader.number("limit", mostChatHistory), 1, mostChatHistory);
        break;
    case Action::Join:
    case Action::Leave:
    case Action::Who:
        request.room = reader.text("room", longestNameText, true);
        break;
    case Action::Rooms:
    case Action::Ping:
        break;
    }
}

void appendTo(std::string& list, const std::string& member) {
    if (!list.empty())
        list += ',';
    list += member;
}

void writeMessages(ChatJson& json, const ChatEvent& event) {
    std::string list;
    for (const ChatMessage& message : event.messages) {
        ChatJson one;
        one.text("room", message.room);
        one.number("id", message.id);
        one.text("time", rfc3339(message.time));
        one.text("from", message.author);
        one.text("text", message.text);
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

std::string_view storageName(ChatStorageState state) {
    return state == ChatStorageState::Good   ? "good"
           : state == ChatStorageState::Full ? "full"
                                             : "failed";
}

void writeAnswer(ChatJson& json, const ChatEvent& event) {
    switch (event.kind) {
    case Kind::Welcome:
        json.text("reply", "hello");
        json.text("name", event.name);
        if (!event.resume.empty())
            json.text("resume", event.resume);
        json.flag("encrypted", event.isEncrypted);
        json.text("storage", storageName(event.storage));
        break;
    case Kind::Joined:
        json.text("reply", "join");
        json.text("room", event.room);
        json.text("topic", event.topic);
        json.number("last", event.id);
        writePeople(json, event);
        break;
    case Kind::Left:
        json.text("reply", "leave");
        json.text("room", event.room);
        break;
    case Kind::Stored:
        json.text("reply", "say");
        json.text("room", event.room);
        json.number("id", event.id);
        json.text("time", rfc3339(event.time));
        json.flag("again", event.isAgain);
        break;
    case Kind::Handed:
        json.text("reply", "direct");
        json.text("to", event.name);
        json.text("time", rfc3339(event.time));
        break;
    case Kind::People:
        json.text("reply", "who");
        json.text("room", event.room);
        writePeople(json, event);
        break;
    case Kind::RoomList:
        json.text("reply", "rooms");
        writeRooms(json, event);
        break;
    case Kind::TopicIs:
        json.text("reply", "topic");
        json.text("room", event.room);
        json.text("topic", event.topic);
        break;
    case Kind::Past:
        json.text("reply", event.isSearch ? "search" : "history");
        json.text("room", event.room);
        writeMessages(json, event);
        break;
    case Kind::Pong:
        json.text("reply", "ping");
        json.text("time", rfc3339(event.time));
        break;
    case Kind::Refused:
        json.text("error", chatCodeName(event.code));
        json.text("reason", event.text);
        if (!event.action.empty())
            json.text("action", event.action);
        break;
    default:
        break;
    }
    if (!event.ref.empty())
        json.text("ref", event.ref);
}

void writeTold(ChatJson& json, const ChatEvent& event) {
    switch (event.kind) {
    case Kind::Message:
        json.text("event", "message");
        json.text("room", event.room);
        json.number("id", event.id);
        json.text("time", rfc3339(event.time));
        json.text("from", event.name);
        json.text("text", event.text);
        break;
    case Kind::DirectMessage:
        json.text("event", "direct");
        json.text("from", event.name);
        json.text("time", rfc3339(event.time));
        json.text("text", event.text);
        break;
    case Kind::PersonJoined:
        json.text("event", "joined");
        json.text("room", event.room);
        json.text("name", event.name);
        json.flag("lines", event.usesLines);
        break;
    case Kind::PersonLeft:
        json.text("event", "left");
        json.text("room", event.room);
        json.text("name", event.name);
        json.text("reason", event.text);
        if (event.hasCode)
            json.text("code", chatCodeName(event.code));
        if (!event.said.empty())
            json.text("said", event.said);
        break;
    case Kind::Renamed:
        json.text("event", "renamed");
        json.text("room", event.room);
        json.text("name", event.name);
        json.text("to", event.text);
        break;
    case Kind::TopicChanged:
        json.text("event", "topic");
        json.text("room", event.room);
        json.text("topic", event.topic);
        json.text("by", event.name);
        break;
    case Kind::Notice:
        json.text("event", "notice");
        json.text("text", event.text);
        json.text("time", rfc3339(event.time));
        break;
    case Kind::StorageChanged:
        json.text("event", "storage");
        json.text("state", storageName(event.storage));
        break;
    case Kind::Closing:
        json.text("event", "closing");
        json.text("code", chatCodeName(event.code));
        json.text("reason", event.text);
        if (!event.said.empty())
            json.text("said", event.said);
        break;
    default:
        break;
    }
}

} // namespace

std::string_view chatCodeName(ChatCode code) {
    return std::ranges::find(codes, code, &decltype(codes)::value_type::first)->second;
}

std::string_view chatActionName(Action action) {
    return std::ranges::find(actions, action, &decltype(actions)::value_type::first)->second;
}

tl::expected<ChatRequest, ChatRefusal> readChatRequest(std::string_view json) {
    const auto refused = [](std::string reason) {
        return tl::unexpected(ChatRefusal{.reason = std::move(reason)});
    };
    std::vector<JsonMember> members;
    if (const auto fault = readJsonObject(json, members))
        return refused(fmt::format("refused at byte {}: {}", fault->position, fault->reason));
    Reader reader(members);
    ChatRequest request;
    request.ref = reader.text("ref", longestChatId);
    const std::string name = reader.text("action", longestChatId, true);
    const auto known = std::ranges::find(actions, name, &decltype(actions)::value_type::second);
    if (reader.fault().empty() && known == actions.end())
        return tl::unexpected(ChatRefusal{.reason = fmt::format("'{}' is not an action", name),
                                          .ref = request.ref,
                                          .action = name});
    if (known != actions.end()) {
        request.action = known->first;
        readFields(reader, request);
    }
    if (!reader.fault().empty())
        return tl::unexpected(ChatRefusal{reader.code(), reader.fault(), request.ref, name});
    return request;
}

std::string chatRequestText(const ChatRequest& request) {
    ChatJson json;
    json.text("action", chatActionName(request.action));
    const auto add = [&](std::string_view key, const std::string& value) {
        if (!value.empty())
            json.text(key, value);
    };
    add("ref", request.ref);
    add("name", request.name);
    add("password", request.password);
    add("resume", request.resume);
    if (request.hasHeartbeat)
        json.flag("heartbeat", true);
    add("room", request.room);
    add("to", request.to);
    if (request.action == Action::Topic && request.setsTopic)
        json.text("topic", request.text);
    else
        add("text", request.text);
    add("id", request.id);
    if (request.action == Action::History) {
        if (!request.fromEnd)
            json.number("after", request.after);
        if (request.before > 0)
            json.number("before", request.before);
        json.number("limit", request.limit);
    }
    return json.take();
}

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
