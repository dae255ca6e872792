#pragma once

#include <functional>

#include <QString>

#include "ui/clients/conversation_list.h"

namespace sscope {

class ClientConversation;

/// Puts the latest connection of a client on the clipboard, as a program that does the same. Reads
/// what was sent from the record, off the GUI thread; done is called on it then, with what is
/// wrong, or with nothing.
void copySession(ClientConversation& conversation, SessionForm form,
                 std::function<void(const QString& fault)> done);

} // namespace sscope
