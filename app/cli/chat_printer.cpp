#include "app/cli/chat_printer.h"

#include <fmt/format.h>

#include "app/cli/error_line.h"
#include "app/cli/json_line.h"
#include "core/base/display_text.h"
#include "core/service/chat_line.h"

namespace sscope::cli {

namespace {

using Json = nlohmann::ordered_json;

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

} // namespace

void ChatPrinter::write(const std::string& text) {
    m_prompt.writeAbove([&] { m_output.write(text); });
}

void ChatPrinter::say(const std::string& line) {
    m_prompt.writeAbove([&] { printToStandardError(line); });
}

void ChatPrinter::connected(const std::string& local, const std::string& peer) {
    if (m_json)
        write(jsonLine(Json{{"event", "connected"}, {"local", local}, {"peer", peer}}));
    else
        say("connected to " + displaySafe(peer));
}

void ChatPrinter::message(const ChatMessage& message) {
    if (m_json)
        write(jsonLine(Json{{"event", "message"},
                            {"room", message.room},
                            {"id", message.id},
                            {"time", rfc3339(message.time)},
                            {"from", message.author},
                            {"text", message.text}}));
    else
        write(chatLines({.kind = ChatEvent::Kind::Message,
                         .name = message.author,
                         .text = message.text,
                         .time = message.time}) +
              '\n');
}

void ChatPrinter::event(const ChatEvent& event) {
    if (m_json) {
        Json object = Json::parse(event.json, nullptr, false);
        object.erase("resume"); // a secret
        write(jsonLine(object));
    } else if (const std::string lines = chatLines(event); !lines.empty()) {
        write(lines + '\n');
    }
}

void ChatPrinter::interrupted(const std::string& why, Duration delay) {
    if (m_json)
        write(
            jsonLine(Json{{"event", "interrupted"}, {"reason", why}, {"retry_s", seconds(delay)}}));
    say(fmt::format("socketscope: chat: {}. Connecting again in {:.1f} s.", why, seconds(delay)));
}

void ChatPrinter::ended(const std::string& why) {
    if (m_json)
        write(jsonLine(Json{{"event", "ended"}, {"reason", why}}));
}

} // namespace sscope::cli
