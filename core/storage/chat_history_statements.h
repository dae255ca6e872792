#pragma once

#include "core/storage/chat_history.h"

namespace sscope {

/// What a history asks its file again and again, prepared once. For the history's own files.
struct ChatHistory::Statements {
    SqliteStatement begin;
    SqliteStatement commit;
    SqliteStatement addRoom;
    SqliteStatement saveRoom;
    SqliteStatement setTopic;
    SqliteStatement add;
    SqliteStatement findClient;
    SqliteStatement forwards;
    SqliteStatement backwards;
    SqliteStatement pastAge;
    SqliteStatement pastCount;
    SqliteStatement remove;
    SqliteStatement dropBans;
    SqliteStatement addBan;
    SqliteStatement probe;
};

} // namespace sscope
