#pragma once

#include <optional>

#include <QString>

#include "core/client/chat_client.h"

namespace sscope {

struct ServerEntry;

/// How a person joins the chat of one of this window's servers by one click: from this machine,
/// under the usual name, or one like it where somebody there has that. Nothing where it does not
/// run.
std::optional<ChatClientConfig> invitationTo(const ServerEntry& server, const QString& usualName);

/// The click is not enough.
bool asksForPassword(const ServerEntry& server);

} // namespace sscope
