// How what is said comes into a chat's history.

#include <utility>

#include <sqlite3.h>

#include "core/storage/chat_history_statements.h"

namespace sscope {

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

} // namespace sscope
