#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "core/base/chat_message.h"

namespace sscope {

// The chat's words, over `message` framing with text/json content; README.md has the tables.

constexpr std::size_t longestChatText = 8192; // bytes of UTF-8
// Of a request's JSON, in which a character may be an escape of six bytes.
constexpr std::size_t longestChatRequest = 64 << 10;
constexpr std::size_t longestChatTopic = 1024;
constexpr std::size_t longestChatId = 128;          // of a client's own ids and refs, bytes
constexpr std::size_t mostChatHistory = 200;        // messages in one answer
constexpr std::size_t usualChatHistory = 20;        // of /history
constexpr std::size_t mostChatRoomsOfOne = 50;      // that one person is in
constexpr std::size_t mostChatRooms = 10'000;       // of a server
constexpr std::string_view firstChatRoom = "lobby"; // where the people of the line mode arrive

/// Why something was refused; the words on the wire are those of chatCodeName().
enum class ChatCode {
    BadRequest,
    NotHello,
    NameInvalid,
    NameTaken,
    WrongPassword,
    Banned,
    Kicked,
    Replaced, // the same person has connected anew
    HelloLate,
    RoomInvalid,
    NotInRoom,
    TooManyRooms,
    NoSuchName,
    TooLong,
    StorageFull,
    StorageFailed,
    Stopping
};
std::string_view chatCodeName(ChatCode code);

/// What a client asks for.
struct ChatRequest {
    enum class Action { Hello, Join, Leave, Say, Direct, Who, Rooms, Topic, History, Search, Ping };
    Action action = Action::Ping;
    std::string ref{}; // the client's, in the answer again
    std::string name{};
    std::string password{};
    std::string resume{}; // the secret of an earlier hello: takes that name over
    std::string room{};
    std::string to{};
    std::string text{};
    std::string id{};       // the client's own, of a message
    bool setsTopic = false; // text is the new one
    bool usesLines = false; // of a hello: with ncat or telnet; set by the server, not on the wire
    bool hasHeartbeat = false; // of a hello: it will say something after it was told something
    std::uint64_t after = 0;
    std::uint64_t before = 0;
    bool fromEnd = false;
    std::size_t limit = mostChatHistory;
};
std::string_view chatActionName(ChatRequest::Action action);

struct ChatRefusal {
    ChatCode code = ChatCode::BadRequest;
    std::string reason{}; // a sentence without its end
    std::string ref{};
    std::string action{}; // as it was asked for
};

/// Reads a request: strict JSON, one object of strings and whole numbers.
tl::expected<ChatRequest, ChatRefusal> readChatRequest(std::string_view json);
/// As a client sends it.
std::string chatRequestText(const ChatRequest& request);

struct ChatRoomInfo {
    std::string name{};
    std::string topic{};
    std::size_t people = 0;
    std::uint64_t last = 0;

    bool operator==(const ChatRoomInfo&) const = default;
};

/// What the server tells one client or many: immutable once it is made, so that all share it.
struct ChatEvent {
    enum class Kind {
        // Answers, of which each request has one:
        Welcome,
        Joined,
        Left,
        Stored,
        Handed, // a direct message
        People,
        RoomList,
        TopicIs,
        Past, // history, or what a search has found
        Pong,
        Refused,
        // Of the door, to the connection's handler alone:
        HoldBack, // ask again after the delay
        // Told unasked:
        Message,
        DirectMessage,
        PersonJoined,
        PersonLeft,
        Renamed, // name is the old one, text the new
        TopicChanged,
        Notice,
        StorageChanged,
        Closing // the connection ends, and why
    };
    Kind kind = Kind::Notice;
    std::string ref{};
    std::string room{};
    std::string name{}; // whom it is about, or from
    std::string text{};
    std::string topic{};
    std::string resume{};
    std::uint64_t id = 0; // of a message; of a room, the last
    WallTime time = 0;
    bool isAgain = false; // stored before
    bool isEncrypted = true;
    bool isSearch = false;
    bool usesLines = false; // who has joined: with ncat or telnet
    bool hasMore = false;   // history: there is more between the bounds
    ChatCode code = ChatCode::BadRequest;
    bool hasCode = false; // who has left: there is one
    std::string said{};   // the owner's own words with a kick or a ban, apart from text
    std::string action{}; // that was refused
    ChatStorageState storage = ChatStorageState::Good;
    Duration delay{};    // before it is to be told
    bool closes = false; // the connection ends with it
    std::vector<std::string> people{};
    std::vector<std::string> lineUsers{}; // those of the people that use ncat or telnet
    std::vector<ChatRoomInfo> rooms{};
    std::vector<ChatMessage> messages{};
    std::string json{}; // all that, as it goes over the wire
};
using ChatMail = std::shared_ptr<const ChatEvent>;

/// Writes the event's JSON: from then on it can be shared.
ChatMail sealed(ChatEvent event);
ChatEvent refusalEvent(const ChatRefusal& refusal);

} // namespace sscope
