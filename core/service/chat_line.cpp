#include "core/service/chat_line.h"

#include <charconv>

#include <fmt/format.h>

#include "core/base/display_text.h"
#include "core/base/utf8.h"

namespace sscope {

namespace {

using Action = ChatRequest::Action;
using Command = ChatLineCommand;
using Kind = ChatEvent::Kind;

std::string_view takeWord(std::string_view& rest) {
    const auto end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return word;
}

Command wrong(std::string what) {
    return {Command::Kind::Wrong, std::move(what)};
}

std::variant<ChatRequest, Command> readHistory(std::string_view word, const std::string& room) {
    std::size_t count = usualChatHistory;
    if (!word.empty()) {
        const auto read = std::from_chars(word.data(), word.data() + word.size(), count);
        if (read.ec != std::errc() || read.ptr != word.data() + word.size() || count < 1)
            return wrong("/history takes a number, for example /history 50");
    }
    return ChatRequest{.action = Action::History,
                       .room = room,
                       .fromEnd = true,
                       .limit = std::min(count, mostChatHistory)};
}

std::variant<ChatRequest, Command> readCommand(std::string_view line, const std::string& room) {
    std::string_view rest = line;
    const std::string_view word = takeWord(rest);
    if (word == "/quit")
        return Command{Command::Kind::Quit};
    if (word == "/help")
        return Command{Command::Kind::Help};
    if (word == "/nick")
        return rest.empty() ? wrong("/nick takes a name")
                            : Command{Command::Kind::Nick, std::string(rest)};
    if (word == "/join")
        return rest.empty() ? std::variant<ChatRequest, Command>(wrong("/join takes a room"))
                            : ChatRequest{.action = Action::Join, .room = std::string(rest)};
    if (word == "/msg") {
        const std::string_view to = takeWord(rest);
        if (rest.empty())
            return wrong("/msg takes a name and a text");
        return ChatRequest{
            .action = Action::Direct, .to = std::string(to), .text = std::string(rest)};
    }
    if (word == "/who")
        return ChatRequest{.action = Action::Who, .room = rest.empty() ? room : std::string(rest)};
    if (word == "/rooms")
        return ChatRequest{.action = Action::Rooms};
    if (word == "/topic")
        return ChatRequest{.action = Action::Topic,
                           .room = room,
                           .text = std::string(rest),
                           .setsTopic = !rest.empty()};
    if (word == "/history")
        return readHistory(rest, room);
    return wrong(fmt::format("{} is not known; /help says what is", word));
}

/// The clock of the day, in UTC: 14:31.
std::string clockText(WallTime time) {
    return rfc3339(time).substr(11, 5);
}

std::string said(WallTime time, std::string_view from, std::string_view text) {
    return fmt::format("{} <{}> {}", clockText(time), displaySafe(from), displaySafe(text));
}

std::string namesText(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + displaySafe(name);
    return text.empty() ? "nobody" : text;
}

std::string pastText(const ChatEvent& event) {
    std::string text;
    for (const ChatMessage& message : event.messages) {
        text += text.empty() ? "" : "\n";
        text += said(message.time, message.author, message.text);
    }
    return text.empty() ? "* nothing has been said here yet" : text;
}

std::string roomsText(const ChatEvent& event) {
    std::string text;
    for (const ChatRoomInfo& room : event.rooms)
        text += fmt::format("{}* {}: {} here{}{}", text.empty() ? "" : "\n", displaySafe(room.name),
                            room.people, room.topic.empty() ? "" : ", ", displaySafe(room.topic));
    return text.empty() ? "* there is no room yet" : text;
}

std::string joinedText(const ChatEvent& event) {
    std::string text =
        fmt::format("* you are in {} with {}", displaySafe(event.room), namesText(event.people));
    if (!event.topic.empty())
        text += "\n* topic: " + displaySafe(event.topic);
    return text;
}

std::string welcomeText(const ChatEvent& event) {
    if (event.resume.empty()) // the answer to a second hello
        return fmt::format("* you are called {} now", displaySafe(event.name));
    std::string text =
        fmt::format("* welcome, {}; /help says what there is", displaySafe(event.name));
    if (!event.isEncrypted)
        text += "\n* this line is not encrypted: others on the way can read it";
    return text;
}

std::string storageText(ChatStorageState state) {
    return state == ChatStorageState::Good
               ? "* the server stores messages again"
               : "* the server cannot store messages now: what you say is refused until it can";
}

} // namespace

std::variant<ChatRequest, Command> readChatLine(std::string_view line, const std::string& room) {
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    if (line.find_first_not_of(' ') == std::string_view::npos)
        return Command{Command::Kind::Nothing};
    if (!isUtf8(line))
        return wrong("a line is UTF-8 text");
    if (line.size() > longestChatText)
        return wrong(fmt::format("a message has at most {} bytes", longestChatText));
    if (line.front() == '/')
        return readCommand(line, room);
    return ChatRequest{.action = Action::Say, .room = room, .text = std::string(line)};
}

std::string chatLines(const ChatEvent& event) {
    switch (event.kind) {
    case Kind::Welcome:
        return welcomeText(event);
    case Kind::Joined:
        return joinedText(event);
    case Kind::People:
        return fmt::format("* in {}: {}", displaySafe(event.room), namesText(event.people));
    case Kind::RoomList:
        return roomsText(event);
    case Kind::TopicIs:
        return event.topic.empty() ? "* there is no topic" : "* topic: " + displaySafe(event.topic);
    case Kind::Past:
        return pastText(event);
    case Kind::Refused:
        return "* " + displaySafe(event.text);
    case Kind::Message:
        return said(event.time, event.name, event.text);
    case Kind::DirectMessage:
        return fmt::format("{} [{} to you] {}", clockText(event.time), displaySafe(event.name),
                           displaySafe(event.text));
    case Kind::PersonJoined:
        return fmt::format("* {} has come", displaySafe(event.name));
    case Kind::PersonLeft:
        return fmt::format("* {} has left{}{}", displaySafe(event.name),
                           event.text.empty() ? "" : ": ", displaySafe(event.text));
    case Kind::Renamed:
        return fmt::format("* {} is called {} now", displaySafe(event.name),
                           displaySafe(event.text));
    case Kind::TopicChanged:
        return fmt::format("* {} has set the topic: {}", displaySafe(event.name),
                           displaySafe(event.topic));
    case Kind::Notice:
        return "* the server says: " + displaySafe(event.text);
    case Kind::StorageChanged:
        return storageText(event.storage);
    case Kind::Closing:
        return "* goodbye: " + displaySafe(event.text);
    case Kind::Left:
    case Kind::Stored:
    case Kind::Handed:
    case Kind::Pong:
    case Kind::HoldBack:
        return {};
    }
    return {};
}

std::string chatLineHelp() {
    return "* a line is said to the room; lines that begin with a slash are commands:\n"
           "* /join ROOM   /rooms   /who [ROOM]   /topic [TEXT]   /history [N]\n"
           "* /msg NAME TEXT   /nick NAME   /quit   /help";
}

} // namespace sscope
