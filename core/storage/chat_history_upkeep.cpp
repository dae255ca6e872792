// What a chat's history forgets, whom it keeps out, and whether it has room.

#include <sqlite3.h>

#include "core/storage/chat_file.h"
#include "core/storage/chat_history_statements.h"

namespace sscope {

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
