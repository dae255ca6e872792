#include "core/base/chat_error.h"

#include <utility>

namespace sscope {

namespace {

const char* textOf(ChatFault fault) {
    switch (fault) {
    case ChatFault::ModelHasNoRooms:
        return "each connection has a process of its own there, and nobody would meet";
    case ChatFault::HistoryDamaged:
        return "the file is damaged; it was moved aside, and a new history begun";
    case ChatFault::HistoryInUse:
        return "another server is writing to it";
    case ChatFault::HistoryForeign:
        return "the file is not a history of this program, or of a newer version";
    case ChatFault::DiskFull:
        return "the disk is full; nothing is accepted until there is room";
    case ChatFault::NotStored:
        return "the history cannot be written; nothing is accepted until it can";
    case ChatFault::BadPassword:
        return "the file does not hold a password, one line of 1 to 1024 bytes";
    case ChatFault::NotEncrypted:
        return "the line is not encrypted: others on the way can read what is said, and the "
               "password";
    case ChatFault::StoresAgain:
        return "what is said is stored again";
    case ChatFault::BadHash:
        return "the file holds a hash that is not whole: it is one line, $scrypt$15$8$1$, then 32 "
               "hexadecimal digits, $, and 64 more";
    }
    return "unknown fault";
}

class ChatCategory final : public std::error_category {
public:
    const char* name() const noexcept override { return "chat"; }
    std::string message(int value) const override { return textOf(static_cast<ChatFault>(value)); }
};

} // namespace

const std::error_category& chatCategory() {
    static const ChatCategory category;
    return category;
}

Error chatError(ChatFault fault, std::string operation, std::string subject, Hint hint) {
    return {.code = {static_cast<int>(fault), chatCategory()},
            .operation = std::move(operation),
            .subject = std::move(subject),
            .hint = std::move(hint)};
}

bool isChatFault(const Error& error, ChatFault fault) {
    return error.code.category() == chatCategory() && error.code.value() == static_cast<int>(fault);
}

} // namespace sscope
