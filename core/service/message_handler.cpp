#include "core/service/message_handler.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/encoding.h"
#include "core/base/strict_json.h"

namespace sscope {

namespace {

constexpr std::size_t echoedBytes = 10;

void sendAs(RequestContext& context, const std::string& content, const char* type,
            const char* encoding) {
    const std::array header{HeaderField{"content-type", type},
                            HeaderField{"content-encoding", encoding}};
    context.send(Message{.content = bytesOf(content), .header = header});
}

/// The members of a request; else what is wrong with it.
std::string readRequest(const Message& message, std::vector<JsonMember>& members) {
    const std::string_view encoding = fieldValue(message.header, "content-encoding");
    const auto text =
        decodeText(textOf(message.content), encoding.empty() ? "utf-8" : std::string(encoding));
    if (!text)
        return "the content cannot be read: " + reasonText(text.error());
    if (const auto fault = readJsonObject(*text, members))
        return fmt::format("the content is refused at byte {}: {}", fault->position, fault->reason);
    return {};
}

} // namespace

MessageHandler::MessageHandler(const ServiceSettings& settings)
    : m_dictionary(settings.dictionary), m_keepOpen(settings.keepOpen) {}

void MessageHandler::handle(RequestContext& context, const Message& message) {
    // Under a framing without a header there is nothing but JSON.
    const bool isJson =
        message.header.empty() || fieldValue(message.header, "content-type") == "text/json";
    if (isJson) {
        sendAs(context, fmt::format(R"({{"result": {}}})", answer(context, message)), "text/json",
               "utf-8");
    } else {
        const std::size_t count = std::min(echoedBytes, message.content.size());
        sendAs(context,
               "First 10 bytes of request: " + std::string(textOf(message.content.first(count))),
               "binary/custom-server-binary-type", "binary");
    }
    if (!m_keepOpen)
        context.close();
}

/// As JSON text.
std::string MessageHandler::answer(RequestContext& context, const Message& message) const {
    std::vector<JsonMember> request;
    if (std::string reason = readRequest(message, request); !reason.empty()) {
        context.tellProtocolError(reason);
        return jsonString("Error: " + reason + ".");
    }
    const JsonMember* const action = findMember(request, "action");
    if (!action || action->value != "search")
        return jsonString(fmt::format("Error: invalid action '{}'.", action ? action->value : ""));
    const JsonMember* const value = findMember(request, "value");
    return search(value ? value->value : std::string());
}

std::string MessageHandler::search(const std::string& value) const {
    const Dictionary& entries = m_dictionary ? *m_dictionary : builtInDictionary();
    const auto it = entries.find(value);
    return it == entries.end() ? jsonString(fmt::format("No match for '{}'.", value)) : it->second;
}

} // namespace sscope
