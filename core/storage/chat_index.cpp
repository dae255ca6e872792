#include "core/storage/chat_index.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <sqlite3.h>

#include "core/base/unicode_text.h"
#include "core/storage/chat_grams.h"

namespace sscope {

namespace {

// A row's number in the index is the room's key above so many bits of the id.
constexpr int idBits = 40;

// What FTS5 keeps of a table without a row (its page, "FTS5 Data Structures"): where that is
// damaged the table can neither be opened nor dropped.
constexpr const char* emptyGrams = R"(
    BEGIN IMMEDIATE;
    DELETE FROM grams_data;
    DELETE FROM grams_idx;
    INSERT INTO grams_data VALUES (1, x''), (10, x'00000000000000');
    DELETE FROM grams_state;
    COMMIT;
)";

std::int64_t firstRowOf(std::int64_t room) {
    return room << idBits;
}

std::int64_t rowOf(ChatPosition at) {
    return firstRowOf(at.room) | static_cast<std::int64_t>(at.id);
}

ChatPosition positionOf(std::int64_t row) {
    return {row >> idBits, static_cast<std::uint64_t>(row & (firstRowOf(1) - 1))};
}

bool isDone(SqliteStatement& statement) {
    const bool isGood = statement.step() == SQLITE_DONE;
    if (isGood)
        statement.end(); // else it is reset by its next use: the reason is still to be asked for
    return isGood;
}

} // namespace

bool isIndexDamage(const Error& error) {
    return error.code == std::error_code(SQLITE_CORRUPT_VTAB, sqliteCategory());
}

struct ChatIndex::Statements {
    SqliteStatement add;
    SqliteStatement remove;
    SqliteStatement find;
    SqliteStatement unicode;
    SqliteStatement note;
    SqliteStatement nextRoom;
    SqliteStatement firstToCome;
    SqliteStatement messages;
    SqliteStatement goOn;
    SqliteStatement roomIsDone;
};

ChatIndex::ChatIndex(SqliteFile& file) : m_file(file) {}
ChatIndex::~ChatIndex() = default;

Result<std::unique_ptr<ChatIndex>> ChatIndex::open(SqliteFile& file) {
    std::unique_ptr<ChatIndex> index(new ChatIndex(file));
    auto prepared = index->prepare();
    if (!prepared && isIndexDamage(prepared.error())) {
        if (auto emptied = file.run(emptyGrams); !emptied)
            return Failure(std::move(emptied.error()));
        prepared = index->prepare();
    }
    if (!prepared)
        return Failure(std::move(prepared.error()));
    return index;
}

Result<void> ChatIndex::prepare() {
    m_statements = std::make_unique<Statements>();
    Statements& all = *m_statements;
    const std::pair<SqliteStatement*, const char*> texts[] = {
        {&all.add, "INSERT INTO grams (rowid, text) VALUES (?, ?)"},
        {&all.remove, "INSERT INTO grams (grams, rowid, text) VALUES ('delete', ?, ?)"},
        {&all.find, "SELECT rowid FROM grams WHERE grams MATCH ? AND rowid >= ? AND rowid < ? "
                    "ORDER BY rowid DESC"},
        {&all.unicode, "SELECT unicode FROM grams_state"},
        {&all.note, "INSERT INTO grams_to_come (room, next, last) VALUES (?, ?, ?) "
                    "ON CONFLICT (room) DO UPDATE SET last = excluded.last"},
        {&all.nextRoom, "SELECT room, next, last FROM grams_to_come ORDER BY room LIMIT 1"},
        {&all.firstToCome, "SELECT next FROM grams_to_come WHERE room = ?"},
        {&all.messages, "SELECT id, text FROM messages WHERE room = ? AND id >= ? "
                        "AND id <= ? ORDER BY id LIMIT ?"},
        {&all.goOn, "UPDATE grams_to_come SET next = ?2 WHERE room = ?1"},
        {&all.roomIsDone, "DELETE FROM grams_to_come WHERE room = ?"},
    };
    return prepareAll(m_file, texts);
}

bool ChatIndex::note(ChatPosition first, std::uint64_t last) {
    SqliteStatement& note = m_statements->note;
    note.begin().bind(first.room).bind(static_cast<std::int64_t>(first.id));
    return isDone(note.bind(static_cast<std::int64_t>(last)));
}

bool ChatIndex::add(const Entry& entry) {
    const std::string grams = gramsOf(foldedCase(entry.text));
    return isDone(m_statements->add.begin().bind(rowOf(entry.at)).bind(grams));
}

bool ChatIndex::remove(std::span<const Entry> ofOneRoom) {
    const std::uint64_t toCome = ofOneRoom.empty() ? 0 : firstToCome(ofOneRoom.front().at.room);
    return std::ranges::all_of(ofOneRoom, [&](const Entry& entry) {
        if (entry.at.id >= toCome) // it was never in it
            return true;
        const std::string grams = gramsOf(foldedCase(entry.text));
        return isDone(m_statements->remove.begin().bind(rowOf(entry.at)).bind(grams));
    });
}

bool ChatIndex::isOutOfDate() {
    SqliteStatement& statement = m_statements->unicode;
    const bool isSame =
        statement.begin().step() == SQLITE_ROW && statement.text(0) == unicodeVersion();
    statement.end();
    return !isSame;
}

Result<void> ChatIndex::beginAnew() {
    const std::string statements =
        "BEGIN IMMEDIATE;"
        "INSERT INTO grams (grams) VALUES ('delete-all');"
        "DELETE FROM grams_to_come;"
        "INSERT INTO grams_to_come SELECT key, 1, last FROM rooms WHERE last > 0;"
        "DELETE FROM grams_state;"
        "INSERT INTO grams_state VALUES ('" +
        unicodeVersion() + "'); COMMIT;";
    auto done = m_file.run(statements.c_str());
    if (!done)
        m_file.rollBack();
    return done;
}

std::uint64_t ChatIndex::firstToCome(std::int64_t room) {
    SqliteStatement& statement = m_statements->firstToCome;
    const bool isThere = statement.begin().bind(room).step() == SQLITE_ROW;
    const std::int64_t first =
        isThere ? statement.number(0) : std::numeric_limits<std::int64_t>::max();
    statement.end();
    return static_cast<std::uint64_t>(first);
}

bool ChatIndex::isComplete() {
    SqliteStatement& statement = m_statements->nextRoom;
    const bool isEmpty = statement.begin().step() == SQLITE_DONE;
    statement.end();
    return isEmpty;
}

Result<bool> ChatIndex::addSome(std::size_t most) {
    if (isComplete())
        return false;
    if (auto begun = m_file.run("BEGIN IMMEDIATE"); !begun)
        return Failure(std::move(begun.error()));
    if (takeSome(most)) {
        if (auto done = m_file.run("COMMIT"))
            return !isComplete();
    }
    Error error = m_file.error("write history");
    m_file.rollBack();
    if (isIndexDamage(error) && beginAnew())
        return true;
    return Failure(std::move(error));
}

/// By room and id: FTS5 writes a part of its own where its numbers go back.
bool ChatIndex::takeSome(std::size_t most) {
    SqliteStatement& next = m_statements->nextRoom;
    for (std::size_t taken = 0; taken < most;) {
        const int result = next.begin().step();
        const ChatPosition first{next.number(0), static_cast<std::uint64_t>(next.number(1))};
        const auto last = static_cast<std::uint64_t>(next.number(2));
        next.end();
        if (result != SQLITE_ROW)
            return result == SQLITE_DONE;
        if (!takeOfRoom(first, last, most - taken, taken))
            return false;
    }
    return true;
}

bool ChatIndex::takeOfRoom(ChatPosition first, std::uint64_t last, std::size_t most,
                           std::size_t& taken) {
    Statements& all = *m_statements;
    std::vector<Entry> entries;
    all.messages.begin().bind(first.room).bind(static_cast<std::int64_t>(first.id));
    all.messages.bind(static_cast<std::int64_t>(last)).bind(static_cast<std::int64_t>(most));
    int result = all.messages.step();
    for (; result == SQLITE_ROW; result = all.messages.step())
        entries.push_back({{first.room, static_cast<std::uint64_t>(all.messages.number(0))},
                           all.messages.text(1)});
    if (result != SQLITE_DONE)
        return false;
    all.messages.end();
    if (!std::ranges::all_of(entries, [this](const Entry& entry) { return add(entry); }))
        return false;
    taken += entries.size();
    if (entries.size() < most || entries.back().at.id >= last)
        return isDone(all.roomIsDone.begin().bind(first.room));
    const auto next = static_cast<std::int64_t>(entries.back().at.id) + 1;
    return isDone(all.goOn.begin().bind(first.room).bind(next));
}

Result<void> ChatIndex::find(const std::string& folded, std::int64_t room,
                             const std::function<Next(ChatPosition)>& take) {
    const std::string query = gramQuery(folded);
    const std::int64_t from = firstRowOf(room);
    constexpr std::int64_t end = std::numeric_limits<std::int64_t>::max();
    SqliteStatement& statement = m_statements->find;
    statement.begin().bind(query).bind(from).bind(room == 0 ? end : firstRowOf(room + 1));
    int result = statement.step();
    std::int64_t skipped = 0;
    for (; result == SQLITE_ROW; result = statement.step()) {
        const ChatPosition at = positionOf(statement.number(0));
        const Next next = at.room == skipped ? Next::Go : take(at);
        if (next == Next::Stop)
            break;
        if (next == Next::SkipRoom && isOfWholeGrams(folded)) // else the query itself is the work
            statement.begin().bind(query).bind(from).bind(firstRowOf(at.room));
        else if (next == Next::SkipRoom)
            skipped = at.room;
    }
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        return Failure(m_file.error("read history"));
    statement.end();
    return {};
}

} // namespace sscope
