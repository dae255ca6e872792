#include "core/service/chat_words.h"

#include <algorithm>
#include <array>
#include <utility>

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

constexpr std::array replies{
    std::pair{Kind::Welcome, std::string_view("hello")},
    std::pair{Kind::Joined, std::string_view("join")},
    std::pair{Kind::Left, std::string_view("leave")},
    std::pair{Kind::Stored, std::string_view("say")},
    std::pair{Kind::Handed, std::string_view("direct")},
    std::pair{Kind::People, std::string_view("who")},
    std::pair{Kind::RoomList, std::string_view("rooms")},
    std::pair{Kind::TopicIs, std::string_view("topic")},
    std::pair{Kind::Past, std::string_view("history")},
    std::pair{Kind::Past, std::string_view("search")},
    std::pair{Kind::Pong, std::string_view("ping")},
};

constexpr std::array told{
    std::pair{Kind::Message, std::string_view("message")},
    std::pair{Kind::DirectMessage, std::string_view("direct")},
    std::pair{Kind::PersonJoined, std::string_view("joined")},
    std::pair{Kind::PersonLeft, std::string_view("left")},
    std::pair{Kind::Renamed, std::string_view("renamed")},
    std::pair{Kind::TopicChanged, std::string_view("topic")},
    std::pair{Kind::Notice, std::string_view("notice")},
    std::pair{Kind::StorageChanged, std::string_view("storage")},
    std::pair{Kind::Closing, std::string_view("closing")},
};

constexpr std::array states{
    std::pair{ChatStorageState::Good, std::string_view("good")},
    std::pair{ChatStorageState::Full, std::string_view("full")},
    std::pair{ChatStorageState::Failed, std::string_view("failed")},
};

template <typename Table, typename Value>
std::string_view nameIn(const Table& table, Value value) {
    const auto it = std::ranges::find(table, value, &Table::value_type::first);
    return it == table.end() ? std::string_view() : it->second;
}

template <typename Table>
auto valueIn(const Table& table, std::string_view name)
    -> std::optional<typename Table::value_type::first_type> {
    const auto it = std::ranges::find(table, name, &Table::value_type::second);
    return it == table.end() ? std::nullopt : std::optional(it->first);
}

} // namespace

std::string_view chatActionName(Action action) {
    return nameIn(actions, action);
}

std::optional<Action> chatActionNamed(std::string_view name) {
    return valueIn(actions, name);
}

std::string_view chatEventName(Kind kind) {
    return kind <= Kind::Refused ? nameIn(replies, kind) : nameIn(told, kind);
}

std::optional<Kind> chatReplyNamed(std::string_view name) {
    return valueIn(replies, name);
}

std::optional<Kind> chatToldNamed(std::string_view name) {
    return valueIn(told, name);
}

std::string_view chatCodeName(ChatCode code) {
    return nameIn(codes, code);
}

ChatCode chatCodeNamed(std::string_view name) {
    return valueIn(codes, name).value_or(ChatCode::BadRequest);
}

std::string_view chatStorageName(ChatStorageState state) {
    return nameIn(states, state);
}

ChatStorageState chatStorageNamed(std::string_view name) {
    return valueIn(states, name).value_or(ChatStorageState::Good);
}

} // namespace sscope
