#include "core/storage/chat_history.h"

#include <algorithm>
#include <utility>

#include <sqlite3.h>
#include <unistd.h>

#include "core/base/chat_error.h"
#include "core/storage/chat_file.h"
#include "core/storage/chat_history_statements.h"

namespace sscope {

ChatHistory::ChatHistory() = default;
ChatHistory::~ChatHistory() = default;

Result<std::unique_ptr<ChatHistory>> ChatHistory::open(const std::string& path) {
    if (path.empty())
        return openFile(":memory:");
    const bool hadLock = ::access((path + "-lock").c_str(), F_OK) == 0;
    auto lock = lockChatFile(path);
    if (!lock)
        return Failure(std::move(lock.error()));
    auto history = openFile(path);
    std::string movedTo;
    if (!history && isChatFileDamage(history.error())) {
        if (!isOwnChatFile(path, hadLock))
            history = Failure(chatError(ChatFault::HistoryForeign, "open history", path,
                                        {.kind = Hint::Kind::AnotherPath}));
    }
    if (!history && isChatFileDamage(history.error())) {
        auto moved = moveChatFileAside(path);
        if (!moved)
            return Failure(std::move(moved.error()));
        movedTo = std::move(*moved);
        history = openFile(path);
    }
    if (history) {
        (*history)->m_movedTo = std::move(movedTo);
        (*history)->m_lock = std::move(*lock);
    } else if (!hadLock) { // it would say that the file is ours
        (void)::unlink((path + "-lock").c_str());
    }
    return history;
}

Result<std::unique_ptr<ChatHistory>> ChatHistory::openFile(const std::string& path) {
    auto file = openChatFile(path);
    if (!file)
        return Failure(std::move(file.error()));
    std::unique_ptr<ChatHistory> history(new ChatHistory);
    history->m_file = std::make_unique<SqliteFile>(std::move(*file));
    if (auto done = history->prepare(); !done)
        return Failure(std::move(done.error()));
    if (history->m_index->isOutOfDate()) {
        if (auto done = history->m_index->beginAnew(); !done)
            return Failure(std::move(done.error()));
    }
    if (auto done = history->loadRooms(); !done)
        return Failure(std::move(done.error()));
    return history;
}

Result<std::unique_ptr<ChatHistory>> ChatHistory::openReader(const std::string& path) {
    auto file = SqliteFile::open(path, false); // a log is shared memory that readers write to
    if (!file)
        return Failure(std::move(file.error()));
    std::unique_ptr<ChatHistory> history(new ChatHistory);
    history->m_file = std::make_unique<SqliteFile>(std::move(*file));
    if (auto done = history->m_file->run("PRAGMA query_only = ON"); !done)
        return Failure(std::move(done.error()));
    if (auto done = history->prepare(); !done)
        return Failure(std::move(done.error()));
    return history;
}

Result<void> ChatHistory::prepare() {
    m_statements = std::make_unique<Statements>();
    Statements& all = *m_statements;
    const std::pair<SqliteStatement*, const char*> texts[] = {
        {&all.begin, "BEGIN IMMEDIATE"},
        {&all.commit, "COMMIT"},
        {&all.addRoom, "INSERT INTO rooms (name) VALUES (?) RETURNING key"},
        {&all.saveRoom, "UPDATE rooms SET last = ?2 WHERE key = ?1"},
        {&all.setTopic, "UPDATE rooms SET topic = ?2 WHERE key = ?1"},
        {&all.add, "INSERT INTO messages (room, id, time, author, client_id, text) "
                   "VALUES (?, ?, ?, ?, ?, ?)"},
        {&all.findClient, "SELECT id, time FROM messages "
                          "WHERE room = ? AND author = ? AND client_id = ?"},
        {&all.forwards, "SELECT rooms.name, id, time, author, text FROM messages "
                        "JOIN rooms ON rooms.key = room WHERE rooms.name = ? AND id > ? AND id < ? "
                        "ORDER BY id LIMIT ?"},
        {&all.backwards, "SELECT rooms.name, id, time, author, text FROM messages "
                         "JOIN rooms ON rooms.key = room WHERE rooms.name = ? AND id > ? "
                         "AND id < ? ORDER BY id DESC LIMIT ?"},
        // Times grow with the ids, but for a clock that was set: a look at the oldest is enough.
        {&all.pastAge, "SELECT id, text FROM (SELECT id, time, text FROM messages "
                       "WHERE room = ?1 ORDER BY id LIMIT ?3) WHERE time < ?2"},
        {&all.pastCount,
         "SELECT id, text FROM messages WHERE room = ?1 AND id <= ?2 ORDER BY id LIMIT ?3"},
        {&all.remove, "DELETE FROM messages WHERE room = ? AND id = ?"},
        {&all.dropBans, "DELETE FROM bans"},
        {&all.addBan, "INSERT INTO bans (name, source, reason, time) VALUES (?, ?, ?, ?)"},
        {&all.probe, "UPDATE probe SET value = value + 1"},
    };
    if (auto done = prepareAll(*m_file, texts); !done)
        return done;
    auto index = ChatIndex::open(*m_file);
    if (!index)
        return Failure(std::move(index.error()));
    m_index = std::move(*index);
    auto search = ChatSearch::open(*m_file, *m_index);
    if (!search)
        return Failure(std::move(search.error()));
    m_search = std::move(*search);
    return {};
}

Result<void> ChatHistory::loadRooms() {
    m_rooms.clear();
    auto statement = SqliteStatement::prepare(*m_file, "SELECT key, name, last FROM rooms");
    if (!statement)
        return Failure(std::move(statement.error()));
    int result = statement->begin().step();
    for (; result == SQLITE_ROW; result = statement->step())
        m_rooms.insert_or_assign(
            statement->text(1),
            Room{statement->number(0), static_cast<std::uint64_t>(statement->number(2))});
    if (result != SQLITE_DONE)
        return Failure(m_file->error("read history"));
    return {};
}

std::vector<ChatRoomRecord> ChatHistory::rooms() {
    std::vector<ChatRoomRecord> records;
    auto statement = SqliteStatement::prepare(*m_file, "SELECT name, topic, last FROM rooms");
    if (!statement)
        return records;
    for (int result = statement->begin().step(); result == SQLITE_ROW; result = statement->step())
        records.push_back({statement->text(0), statement->text(1),
                           static_cast<std::uint64_t>(statement->number(2))});
    return records;
}

std::vector<ChatMessage> ChatHistory::take(SqliteStatement& statement, bool isReversed) {
    std::vector<ChatMessage> messages;
    while (statement.step() == SQLITE_ROW)
        messages.push_back({statement.text(0), static_cast<std::uint64_t>(statement.number(1)),
                            statement.number(2), statement.text(3), statement.text(4)});
    if (isReversed)
        std::ranges::reverse(messages);
    return messages;
}

Result<std::vector<ChatMessage>> ChatHistory::read(const ChatQuery& query) {
    if (query.search)
        return m_search->find(query);
    SqliteStatement& statement = query.fromEnd ? m_statements->backwards : m_statements->forwards;
    const auto before = query.before == 0 ? INT64_MAX : static_cast<std::int64_t>(query.before);
    statement.begin().bind(query.room).bind(static_cast<std::int64_t>(query.after)).bind(before);
    statement.bind(static_cast<std::int64_t>(query.limit + 1));
    auto messages = take(statement, query.fromEnd);
    const bool isGood = m_file->errorNumber() == SQLITE_DONE || m_file->errorNumber() == SQLITE_OK;
    statement.end();
    if (!isGood)
        return Failure(m_file->error("read history"));
    return messages;
}

} // namespace sscope
