#include "ui/main_window/chat_invitation.h"

#include <algorithm>

#include "core/service/chat_name.h"
#include "ui/servers/server_chat.h"
#include "ui/servers/server_entry.h"

namespace sscope {

namespace {

bool isTaken(const ChatOverview& overview, const std::string& name) {
    const auto wanted = chatName(name);
    return !wanted || std::ranges::any_of(overview.people, [&wanted](const ChatPerson& person) {
        const auto theirs = chatName(person.name);
        return theirs && theirs->key == wanted->key;
    });
}

/// A server that listens on every address is met on this machine's own.
Endpoint reachable(Endpoint endpoint) {
    if (endpoint.host == "0.0.0.0")
        endpoint.host = "127.0.0.1";
    else if (endpoint.host == "::" || endpoint.host == "*")
        endpoint.host = "::1";
    return endpoint;
}

} // namespace

std::optional<ChatClientConfig> invitationTo(const ServerEntry& server, const QString& usualName) {
    const auto endpoint = parseEndpoint(server.endpoints.value(0).toStdString());
    if (!endpoint)
        return std::nullopt;
    ChatClientConfig config;
    config.client.endpoint = reachable(*endpoint);
    const std::string usual = usualName.toStdString();
    config.name = usual;
    // Two more than there are people are enough.
    const std::size_t most = server.chat->overview().people.size() + 2;
    for (std::size_t i = 2; i <= most && isTaken(server.chat->overview(), config.name); ++i)
        config.name = usual + "-" + std::to_string(i);
    return config;
}

bool asksForPassword(const ServerEntry& server) {
    const ChatSettings& chat = server.config.settings.chat;
    return !chat.passwordFile.empty() || chat.passwordHash;
}

} // namespace sscope
