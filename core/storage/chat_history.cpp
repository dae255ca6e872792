#include "core/storage/chat_history.h"

#include <algorithm>
#include <utility>

#include <sqlite3.h>
#include <unistd.h>

#include "core/base/chat_error.h"
#include "core/storage/chat_file.h"

namespace sscope {

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

std::vector<ChatStored> ChatHistory::append(std::span<const ChatEntry> entries) {
    std::vector<ChatStored> results;
    if (appendAll(entries, results))
        return results;
    const bool isFull = m_file->errorNumber() == SQLITE_FULL;
    takeBack();
    results.clear();
    for (const ChatEntry& entry : entries)
        results.push_back(
            {.token = entry.token,
             .outcome = isFull ? ChatStored::Outcome::Full : ChatStored::Outcome::Failed});
    return results;
}

bool ChatHistory::appendAll(std::span<const ChatEntry> entries, std::vector<ChatStored>& results) {
    Statements& all = *m_statements;
    if (all.begin.begin().step() != SQLITE_DONE)
        return false;
    all.begin.end();
    for (const ChatEntry& entry : entries) {
        ChatStored stored{.token = entry.token, .outcome = ChatStored::Outcome::New};
        if (!appendOne(entry, stored))
            return false;
        results.push_back(stored);
    }
    if (!saveRooms() || all.commit.begin().step() != SQLITE_DONE)
        return false;
    all.commit.end();
    return true;
}

void ChatHistory::takeBack() {
    m_statements->commit.end();
    m_file->rollBack();
    (void)loadRooms(); // the ids that were given are taken back
}

ChatHistory::Room* ChatHistory::roomOf(const std::string& name) {
    if (const auto it = m_rooms.find(name); it != m_rooms.end())
        return &it->second;
    SqliteStatement& add = m_statements->addRoom;
    const int result = add.begin().bind(name).step();
    const std::int64_t key = result == SQLITE_ROW ? add.number(0) : 0;
    add.end();
    if (result != SQLITE_ROW)
        return nullptr;
    return &m_rooms.insert_or_assign(name, Room{.key = key}).first->second;
}

bool ChatHistory::appendOne(const ChatEntry& entry, ChatStored& stored) {
    Room* const room = roomOf(entry.room);
    if (!room)
        return false;
    stored.time = entry.time;
    if (entry.kind == ChatEntry::Kind::Say)
        return appendMessage(entry, *room, stored);
    SqliteStatement& set = m_statements->setTopic;
    const int result = set.begin().bind(room->key).bind(entry.text).step();
    set.end();
    return result == SQLITE_DONE;
}

bool ChatHistory::appendMessage(const ChatEntry& entry, Room& room, ChatStored& stored) {
    if (!entry.clientId.empty()) {
        SqliteStatement& find = m_statements->findClient;
        const int result =
            find.begin().bind(room.key).bind(entry.author).bind(entry.clientId).step();
        if (result == SQLITE_ROW) {
            stored.outcome = ChatStored::Outcome::Again;
            stored.id = static_cast<std::uint64_t>(find.number(0));
            stored.time = find.number(1);
        }
        find.end();
        if (result != SQLITE_DONE)
            return result == SQLITE_ROW;
    }
    stored.id = room.last + 1;
    SqliteStatement& add = m_statements->add;
    add.begin().bind(room.key).bind(static_cast<std::int64_t>(stored.id)).bind(entry.time);
    add.bind(entry.author);
    if (entry.clientId.empty())
        add.bindNull();
    else
        add.bind(entry.clientId);
    const int result = add.bind(entry.text).step();
    const bool isAdded = result == SQLITE_DONE;
    if (isAdded) {
        room.last = stored.id;
        if (room.firstNew == 0)
            room.firstNew = stored.id;
        add.end();
    }
    return isAdded; // else it is reset by its next use: the reason is still to be asked for
}

/// Of those in which something was said.
bool ChatHistory::saveRooms() {
    for (auto& [name, room] : m_rooms) {
        const std::uint64_t first = std::exchange(room.firstNew, 0);
        if (first == 0)
            continue;
        SqliteStatement& save = m_statements->saveRoom;
        if (save.begin().bind(room.key).bind(static_cast<std::int64_t>(room.last)).step() !=
            SQLITE_DONE)
            return false;
        save.end();
        if (!m_index->note({room.key, first}, room.last))
            return false;
    }
    return true;
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

Result<std::size_t> ChatHistory::prune(const ChatRetention& retention, WallTime now,
                                       std::size_t most) {
    std::size_t removed = 0;
    Statements& all = *m_statements;
    bool isGood = true;
    for (const auto& [name, room] : m_rooms) {
        if (retention.age)
            isGood = isGood &&
                     removeSome(all.pastAge, room, now - retention.age->count(), most, removed);
        if (retention.count && room.last > *retention.count)
            isGood = isGood && removeSome(all.pastCount, room,
                                          static_cast<std::int64_t>(room.last - *retention.count),
                                          most, removed);
    }
    if (isGood)
        return removed;
    Error error = m_file->error("write history");
    takeBack();
    if (isIndexDamage(error))
        (void)m_index->beginAnew();
    return Failure(std::move(error));
}

bool ChatHistory::removeSome(SqliteStatement& find, const Room& room, std::int64_t bound,
                             std::size_t most, std::size_t& removed) {
    std::vector<ChatIndex::Entry> entries;
    find.begin().bind(room.key).bind(bound).bind(static_cast<std::int64_t>(most - removed));
    int result = find.step();
    for (; result == SQLITE_ROW; result = find.step())
        entries.push_back({{room.key, static_cast<std::uint64_t>(find.number(0))}, find.text(1)});
    if (result != SQLITE_DONE)
        return false;
    find.end();
    if (entries.empty())
        return true;
    Statements& all = *m_statements;
    if (all.begin.begin().step() != SQLITE_DONE)
        return false;
    all.begin.end();
    for (const ChatIndex::Entry& entry : entries) {
        all.remove.begin().bind(room.key).bind(static_cast<std::int64_t>(entry.at.id));
        if (all.remove.step() != SQLITE_DONE)
            return false;
        all.remove.end();
    }
    if (!m_index->remove(entries) || all.commit.begin().step() != SQLITE_DONE)
        return false;
    all.commit.end();
    removed += entries.size();
    return true;
}

std::vector<ChatBan> ChatHistory::bans() {
    std::vector<ChatBan> bans;
    auto statement =
        SqliteStatement::prepare(*m_file, "SELECT name, source, reason, time FROM bans");
    if (!statement)
        return bans;
    for (int result = statement->begin().step(); result == SQLITE_ROW; result = statement->step())
        bans.push_back(
            {statement->text(0), statement->text(1), statement->text(2), statement->number(3)});
    return bans;
}

ChatStorageState ChatHistory::saveBans(std::span<const ChatBan> bans) {
    Statements& all = *m_statements;
    bool isGood = all.begin.begin().step() == SQLITE_DONE;
    all.begin.end();
    isGood = isGood && all.dropBans.begin().step() == SQLITE_DONE;
    for (std::size_t i = 0; isGood && i < bans.size(); ++i) {
        const ChatBan& ban = bans[i];
        all.addBan.begin().bind(ban.name).bind(ban.source).bind(ban.reason).bind(ban.time);
        isGood = all.addBan.step() == SQLITE_DONE;
    }
    isGood = isGood && all.commit.begin().step() == SQLITE_DONE;
    const bool isFull = !isGood && m_file->errorNumber() == SQLITE_FULL;
    for (SqliteStatement* statement : {&all.commit, &all.dropBans, &all.addBan})
        statement->end();
    if (isGood)
        return ChatStorageState::Good;
    m_file->rollBack();
    return isFull ? ChatStorageState::Full : ChatStorageState::Failed;
}

bool ChatHistory::hasRoomFor(std::size_t bytes) const {
    // The longest message takes ten pages in the log. With less room than this a few would be
    // stored, and the next not.
    constexpr std::size_t least = 128 << 10;
    return m_file->path() == ":memory:" || hasRoomBeside(m_file->path(), least + 2 * bytes);
}

bool ChatHistory::canWrite() {
    const bool isGood = m_statements->probe.begin().step() == SQLITE_DONE;
    m_statements->probe.end();
    return isGood;
}

} // namespace sscope
