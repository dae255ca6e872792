#include "core/server/chat_config.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/chat_error.h"
#include "core/net/socket_address.h"

namespace sscope {

namespace {

Failure refused(Fault fault, const std::string& subject, const std::string& detail,
                const char* example) {
    Error error = faultError(fault, "serve", subject, detail);
    error.hint = {.kind = Hint::Kind::Example, .text = example};
    return Failure(std::move(error));
}

bool canBePublic(const Endpoint& endpoint) {
    if (isUnix(endpoint.transport))
        return false;
    const auto address = SocketAddress::fromNumeric(endpoint.host, endpoint.port);
    return endpoint.host == "*" || (address && !address->isLoopback());
}

} // namespace

Result<void> validateChat(const ServerConfig& config) {
    const ChatSettings& settings = config.settings.chat;
    if (config.service != "chat")
        return {};
    if (config.model == "processes")
        return Failure(chatError(ChatFault::ModelHasNoRooms, "serve", "chat --model processes",
                                 {.kind = Hint::Kind::Example, .text = "--model epoll"}));
    for (const Endpoint& endpoint : config.listen) {
        if (isDatagram(endpoint.transport))
            return refused(Fault::NeedsStream, endpoint.text(), "chat", "tcp://127.0.0.1:65432");
    }
    if (!config.framing.empty() && config.framing != "message" && config.framing != "line" &&
        config.framing != "line:crlf" && config.framing != "by-first-byte")
        return refused(Fault::BadValue, "--framing", config.framing, "message, or line");
    if (config.closeAfterReply)
        return refused(Fault::BadValue, "--close-after-reply", "chat", "serve chat without it");
    if (settings.retention.age && *settings.retention.age <= Duration::zero())
        return refused(Fault::BadValue, "--retain-age", "0", "86400");
    if (settings.retention.count == 0u)
        return refused(Fault::BadValue, "--retain-count", "0", "100000");
    return {};
}

void addChatOptions(const ServerConfig& config, std::vector<std::string>& words) {
    if (config.service != "chat")
        return;
    const ChatSettings& settings = config.settings.chat;
    const auto add = [&](const char* option, const std::string& value) {
        if (!value.empty())
            words.insert(words.end(), {option, value});
    };
    add("--history-file", settings.historyFile);
    add("--password-file", settings.passwordFile);
    if (settings.retention.age)
        add("--retain-age",
            fmt::format("{}", std::chrono::duration<double>(*settings.retention.age).count()));
    if (settings.retention.count)
        add("--retain-count", std::to_string(*settings.retention.count));
}

bool isChatInPublic(const ServerConfig& config) {
    return config.service == "chat" && std::ranges::any_of(config.listen, canBePublic);
}

} // namespace sscope
