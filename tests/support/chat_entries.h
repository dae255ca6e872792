#pragma once

#include <string>
#include <vector>

#include "core/storage/chat_history.h"

namespace sscope::test {

inline ChatEntry said(const std::string& text, const std::string& clientId = {},
                      WallTime time = 1000) {
    return {.room = "den", .author = "ann", .clientId = clientId, .text = text, .time = time};
}

inline std::vector<ChatStored> add(ChatHistory& history, const std::vector<ChatEntry>& entries) {
    return history.append(entries);
}

inline std::vector<std::uint64_t> idsOf(const Result<std::vector<ChatMessage>>& messages) {
    std::vector<std::uint64_t> ids;
    for (const ChatMessage& message : messages.value())
        ids.push_back(message.id);
    return ids;
}

using Ids = std::vector<std::uint64_t>;

/// The tables of the first version.
inline constexpr const char* firstVersion = R"(
    PRAGMA journal_mode = WAL;
    BEGIN IMMEDIATE;
    PRAGMA application_id = 1398099572;
    PRAGMA user_version = 1;
    CREATE TABLE rooms (
        key INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        topic TEXT NOT NULL DEFAULT '',
        last INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE messages (
        room INTEGER NOT NULL REFERENCES rooms (key),
        id INTEGER NOT NULL,
        time INTEGER NOT NULL,
        author TEXT NOT NULL,
        client_id TEXT,
        text TEXT NOT NULL,
        PRIMARY KEY (room, id)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX messages_of_clients ON messages (room, author, client_id)
        WHERE client_id IS NOT NULL;
    CREATE TABLE probe (key INTEGER PRIMARY KEY, value INTEGER NOT NULL);
    INSERT INTO probe VALUES (1, 0);
    COMMIT;
)";

} // namespace sscope::test
