#include "core/storage/chat_schema.h"

#include <charconv>
#include <iterator>

#include <fmt/format.h>

#include "core/base/chat_error.h"

namespace sscope {

namespace {

constexpr const char* application = "1398099572"; // application_id: chatFileMark

constexpr const char* setUp = R"(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 1000;
)";

/// What each version has beside the one before. A step that was once released stays as it is.
constexpr const char* steps[]{
    R"(
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
    )",
    // 2: whom the owner has shut out; source is empty where the name is banned
    R"(
    CREATE TABLE bans (
        key INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        source TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        time INTEGER NOT NULL
    );
    )",
    // 3: chat_index.h; without a version of Unicode the index is begun when the file is opened
    R"(
    CREATE VIRTUAL TABLE grams USING fts5 (
        text, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
    );
    CREATE TABLE grams_to_come (
        room INTEGER PRIMARY KEY,
        next INTEGER NOT NULL,
        last INTEGER NOT NULL
    );
    CREATE TABLE grams_state (unicode TEXT NOT NULL);
    )",
};
constexpr int newest = static_cast<int>(std::size(steps));

int versionOf(SqliteFile& file) {
    const std::string text = file.textOf("PRAGMA user_version").value_or("");
    int version = -1;
    std::from_chars(text.data(), text.data() + text.size(), version);
    return version;
}

Result<void> takeSteps(SqliteFile& file, int from) {
    for (int i = from; i < newest; ++i) {
        if (auto done = file.run(steps[i]); !done)
            return done;
    }
    const std::string marks = fmt::format(
        "PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT", application, newest);
    return file.run(marks.c_str());
}

} // namespace

Result<void> bringUpChatSchema(SqliteFile& file) {
    const std::string owner = file.textOf("PRAGMA application_id").value_or("");
    const std::string tables = file.textOf("SELECT count(*) FROM sqlite_schema").value_or("");
    const int version = versionOf(file);
    const bool isEmpty = owner == "0" && version == 0 && tables == "0";
    const bool isOurs = owner == application && version >= 1 && version <= newest;
    if (!isEmpty && !isOurs)
        return Failure(chatError(ChatFault::HistoryForeign, "open history", file.path(),
                                 {.kind = Hint::Kind::AnotherPath}));
    if (auto done = file.run(setUp); !done)
        return done;
    if (version == newest)
        return {};
    if (auto done = file.run("BEGIN IMMEDIATE"); !done)
        return done;
    auto done = takeSteps(file, version);
    if (!done)
        (void)file.run("ROLLBACK"); // the file is as it was
    return done;
}

} // namespace sscope
