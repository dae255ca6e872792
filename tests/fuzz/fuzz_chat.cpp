// Invariant: a request, an event and a line of the chat are read or refused; what was read is
// written and read again as the same; what lines show of it has no control but line feeds.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/display_text.h"
#include "core/client/chat_event_reader.h"
#include "core/service/chat_line.h"

using namespace sscope;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

void checkRequest(std::string_view json) {
    const auto request = readChatRequest(json);
    if (!request) {
        require(!request.error().reason.empty() && request.error().ref.size() <= longestChatId);
        // What is told of it is read by the client.
        const auto told = readChatEvent(sealed(refusalEvent(request.error()))->json);
        require(told && told->kind == ChatEvent::Kind::Refused);
        return;
    }
    const auto again = readChatRequest(chatRequestText(*request));
    require(again && again->action == request->action && again->ref == request->ref);
    require(again->name == request->name && again->password == request->password);
    require(again->resume == request->resume && again->room == request->room);
    require(again->to == request->to && again->text == request->text && again->id == request->id);
    require(again->after == request->after && again->before == request->before);
    require(again->setsTopic == request->setsTopic && again->fromEnd == request->fromEnd);
    require(request->text.size() <= longestChatText && request->limit <= mostChatHistory);
}

void checkLines(const ChatEvent& event) {
    const std::string kept = chatLines(event);
    std::string_view lines = kept;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        require(displaySafe(line) == line);
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
}

void checkEvent(std::string_view json) {
    const auto event = readChatEvent(json);
    if (!event)
        return;
    checkLines(*event);
    const ChatMail written = sealed(*event);
    const auto again = readChatEvent(written->json);
    require(again && again->kind == event->kind);
    require(sealed(*again)->json == written->json);
}

void checkLine(std::string_view line) {
    const auto asked = readChatLine(line, "room");
    if (const auto* const request = std::get_if<ChatRequest>(&asked)) {
        const auto read = readChatRequest(chatRequestText(*request));
        require(read ? read->action == request->action
                     : read.error().code == ChatCode::TooLong); // a topic, a room, a name
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    checkRequest(text);
    checkEvent(text);
    checkLine(text);
    return 0;
}
