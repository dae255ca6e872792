#pragma once

#include <string>

#include "core/base/error.h"

namespace sscope {

/// Failures of the chat that are ours to name, in a category of their own.
enum class ChatFault {
    ModelHasNoRooms = 1, // each connection has a process of its own
    HistoryDamaged,      // the file was moved aside, and a new one begun
    HistoryInUse,        // by another server
    HistoryForeign,      // a file of another program, or of a newer version
    DiskFull,
    NotStored,
    BadPassword, // in the file that should hold one
    NotEncrypted,
    StoresAgain, // after DiskFull or NotStored; no failure
    BadHash      // in the file that should hold a password or its hash
};

const std::error_category& chatCategory();
Error chatError(ChatFault fault, std::string operation, std::string subject = {}, Hint hint = {});
bool isChatFault(const Error& error, ChatFault fault);

} // namespace sscope
