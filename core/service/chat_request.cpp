// What a client asks of a chat: read, and written.

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "core/base/strict_json.h"
#include "core/service/chat_json.h"
#include "core/service/chat_words.h"

namespace sscope {

namespace {

using Action = ChatRequest::Action;

constexpr std::size_t longestNameText = 1024;
constexpr std::size_t longestSecret = 1024;

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

} // namespace

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
    const auto action = chatActionNamed(name);
    if (reader.fault().empty() && !action)
        return tl::unexpected(ChatRefusal{.reason = fmt::format("'{}' is not an action", name),
                                          .ref = request.ref,
                                          .action = name});
    if (action) {
        request.action = *action;
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

} // namespace sscope
