#include "core/client/chat_event_reader.h"

#include <algorithm>
#include <ctime>

#include <nlohmann/json.hpp>

#include "core/base/strict_json.h"
#include "core/service/chat_words.h"

namespace sscope {

namespace {

using Json = nlohmann::json;
using Kind = ChatEvent::Kind;

std::string text(const Json& object, const char* key) {
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::uint64_t number(const Json& object, const char* key) {
    const auto it = object.find(key);
    return it != object.end() && it->is_number_unsigned() ? it->get<std::uint64_t>() : 0;
}

bool flag(const Json& object, const char* key, bool unset) {
    const auto it = object.find(key);
    return it != object.end() && it->is_boolean() ? it->get<bool>() : unset;
}

/// Microseconds that a fraction of a second begins with: ".123456Z".
WallTime readFraction(std::string_view rest) {
    WallTime micros = 0;
    WallTime unit = 100'000;
    if (!rest.starts_with('.'))
        return 0;
    for (const char c : rest.substr(1)) {
        if (c < '0' || c > '9')
            break;
        micros += unit * (c - '0');
        unit /= 10;
    }
    return micros;
}

/// As rfc3339() writes it; 0 where it is something else, or beyond what nanoseconds can count.
WallTime readTime(const std::string& written) {
    std::tm parts{};
    const char* const rest = ::strptime(written.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
    constexpr int firstYear = 1970 - 1900;
    constexpr int lastYear = 2261 - 1900;
    if (!rest || parts.tm_year < firstYear || parts.tm_year > lastYear)
        return 0;
    return ::timegm(&parts) * WallTime(1'000'000'000) + readFraction(rest) * 1000;
}

ChatMessage readMessage(const Json& one) {
    return {.room = text(one, "room"),
            .id = number(one, "id"),
            .time = readTime(text(one, "time")),
            .author = text(one, "from"),
            .text = text(one, "text")};
}

void readLists(const Json& object, ChatEvent& event) {
    const auto each = [&](const char* key, const auto& take) {
        const auto it = object.find(key);
        if (it != object.end() && it->is_array())
            std::ranges::for_each(*it, take);
    };
    each("people", [&](const Json& one) {
        if (one.is_string())
            event.people.push_back(one.get<std::string>());
    });
    each("lines", [&](const Json& one) {
        if (one.is_string())
            event.lineUsers.push_back(one.get<std::string>());
    });
    each("messages", [&](const Json& one) {
        if (one.is_object())
            event.messages.push_back(readMessage(one));
    });
    each("rooms", [&](const Json& one) {
        if (one.is_object())
            event.rooms.push_back({text(one, "room"), text(one, "topic"), number(one, "people"),
                                   number(one, "last")});
    });
}

/// Who or what it is about; the words differ.
std::string subjectOf(const Json& object) {
    for (const char* const key : {"from", "by", "name"}) {
        if (std::string found = text(object, key); !found.empty())
            return found;
    }
    return text(object, "to");
}

} // namespace

std::optional<ChatEvent> readChatEvent(std::string_view json) {
    if (findJsonFault(json))
        return std::nullopt;
    const Json object = Json::parse(json, nullptr, false);
    if (!object.is_object())
        return std::nullopt;
    const bool isRefusal = object.contains("error");
    const auto kind = isRefusal                  ? std::optional(Kind::Refused)
                      : object.contains("reply") ? chatReplyNamed(text(object, "reply"))
                                                 : chatToldNamed(text(object, "event"));
    if (!kind)
        return std::nullopt;
    const char* const state = *kind == Kind::Welcome ? "storage" : "state";
    ChatEvent event{.kind = *kind,
                    .ref = text(object, "ref"),
                    .room = text(object, "room"),
                    .name = subjectOf(object),
                    .text = text(object, *kind == Kind::Renamed      ? "to"
                                         : object.contains("reason") ? "reason"
                                                                     : "text"),
                    .topic = text(object, "topic"),
                    .resume = text(object, "resume"),
                    .id = number(object, object.contains("id") ? "id" : "last"),
                    .time = readTime(text(object, "time")),
                    .isAgain = flag(object, "again", false),
                    .isEncrypted = flag(object, "encrypted", true),
                    .isSearch = text(object, "reply") == "search",
                    .usesLines = flag(object, "lines", false),
                    .hasMore = flag(object, "more", false),
                    .code = chatCodeNamed(text(object, isRefusal ? "error" : "code")),
                    .hasCode = object.contains("code"),
                    .said = text(object, "said"),
                    .action = text(object, "action"),
                    .storage = chatStorageNamed(text(object, state)),
                    .json = std::string(json)};
    readLists(object, event);
    return event;
}

} // namespace sscope
