#include "core/storage/chat_search.h"

#include <algorithm>
#include <utility>

#include <sqlite3.h>

#include "core/base/unicode_text.h"

namespace sscope {

namespace {

using Next = ChatIndex::Next;

bool holds(std::string_view text, std::string_view folded) {
    return foldedCase(text).find(folded) != std::string::npos;
}

/// found(text, folded) in SQL.
void found(sqlite3_context* context, int, sqlite3_value** values) {
    const auto text = [&](int i) {
        return std::string_view(reinterpret_cast<const char*>(::sqlite3_value_text(values[i])),
                                static_cast<std::size_t>(::sqlite3_value_bytes(values[i])));
    };
    ::sqlite3_result_int(context, holds(text(0), text(1)) ? 1 : 0);
}

bool isNewer(const ChatMessage& one, const ChatMessage& other) {
    return std::pair(one.time, one.id) > std::pair(other.time, other.id);
}

ChatMessage messageOf(const SqliteStatement& row) {
    return {row.text(0), static_cast<std::uint64_t>(row.number(1)), row.number(2), row.text(3),
            row.text(4)};
}

} // namespace

struct ChatSearch::Statements {
    SqliteStatement keyOfRoom;
    SqliteStatement message;
    SqliteStatement eachOfRoom;
    SqliteStatement eachToCome;
    SqliteStatement each;
};

ChatSearch::ChatSearch(SqliteFile& file, ChatIndex& index) : m_file(file), m_index(index) {}
ChatSearch::~ChatSearch() = default;

Result<std::unique_ptr<ChatSearch>> ChatSearch::open(SqliteFile& file, ChatIndex& index) {
    ::sqlite3_create_function(file.handle(), "found", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                              nullptr, &found, nullptr, nullptr);
    std::unique_ptr<ChatSearch> search(new ChatSearch(file, index));
    search->m_statements = std::make_unique<Statements>();
    Statements& all = *search->m_statements;
    const std::pair<SqliteStatement*, const char*> texts[] = {
        {&all.keyOfRoom, "SELECT key FROM rooms WHERE name = ?"},
        {&all.message, "SELECT rooms.name, id, time, author, text FROM messages "
                       "JOIN rooms ON rooms.key = room WHERE room = ? AND id = ?"},
        {&all.eachOfRoom, "SELECT rooms.name, id, time, author, text FROM messages "
                          "JOIN rooms ON rooms.key = room WHERE room = ? AND id >= ? "
                          "AND found(text, ?) ORDER BY id DESC LIMIT ?"},
        // CROSS: in this order (https://sqlite.org/optoverview.html)
        {&all.eachToCome, "SELECT rooms.name, id, time, author, text FROM grams_to_come "
                          "CROSS JOIN rooms ON rooms.key = grams_to_come.room "
                          "CROSS JOIN messages ON messages.room = rooms.key AND id >= next "
                          "WHERE found(text, ?) ORDER BY time DESC, id DESC LIMIT ?"},
        {&all.each, "SELECT rooms.name, id, time, author, text FROM messages "
                    "JOIN rooms ON rooms.key = room WHERE found(text, ?) "
                    "ORDER BY time DESC, id DESC LIMIT ?"},
    };
    if (auto done = prepareAll(file, texts); !done)
        return Failure(std::move(done.error()));
    return search;
}

Result<std::vector<ChatMessage>> ChatSearch::find(const ChatQuery& query) {
    const std::string folded = foldedCase(*query.search);
    if (folded.empty()) // of invisible characters
        return Messages();
    // What the index has, and what it has not yet, is read as it was at one moment.
    if (auto begun = m_file.run("BEGIN"); !begun)
        return Failure(std::move(begun.error()));
    auto found = inOneState(folded, query);
    m_file.rollBack(); // nothing was written
    return found;
}

Result<std::vector<ChatMessage>> ChatSearch::inOneState(const std::string& folded,
                                                        const ChatQuery& query) {
    const bool isOfAll = query.room.empty();
    const std::int64_t room = isOfAll ? 0 : keyOf(query.room);
    if (!isOfAll && room == 0)
        return Messages();
    auto messages = isOfAll ? lookAtEachToCome(folded, query.limit)
                            : lookAtEach(folded, room, m_index.firstToCome(room), query.limit);
    if (!messages)
        return messages;
    const auto done = isOfAll ? inAllRooms(folded, query.limit, *messages)
                              : inRoom(folded, room, query.limit, *messages);
    if (done)
        return messages;
    return isOfAll ? lookAtAll(folded, query.limit) : lookAtEach(folded, room, 0, query.limit);
}

std::int64_t ChatSearch::keyOf(const std::string& room) {
    SqliteStatement& statement = m_statements->keyOfRoom;
    const bool isThere = statement.begin().bind(room).step() == SQLITE_ROW;
    const std::int64_t key = isThere ? statement.number(0) : 0;
    statement.end();
    return key;
}

bool ChatSearch::read(ChatPosition at, ChatMessage& message) {
    SqliteStatement& statement = m_statements->message;
    statement.begin().bind(at.room).bind(static_cast<std::int64_t>(at.id));
    const bool isThere = statement.step() == SQLITE_ROW;
    if (isThere)
        message = messageOf(statement);
    statement.end();
    return isThere;
}

Result<void> ChatSearch::inRoom(const std::string& folded, std::int64_t room, std::size_t limit,
                                Messages& messages) {
    if (messages.size() > limit)
        return {};
    return m_index.find(folded, room, [&](ChatPosition at) {
        ChatMessage message;
        if (read(at, message) && holds(message.text, folded))
            messages.push_back(std::move(message));
        return messages.size() > limit ? Next::Stop : Next::Go;
    });
}

/// Each room gives its newest; it is done with once it has only older ones than what is wanted.
/// Times grow with the ids, but for a clock that was set.
Result<void> ChatSearch::inAllRooms(const std::string& folded, std::size_t limit,
                                    Messages& messages) {
    return m_index.find(folded, 0, [&](ChatPosition at) {
        ChatMessage message;
        if (!read(at, message))
            return Next::Go;
        const bool isFull = messages.size() > limit;
        if (isFull && !isNewer(message, messages.back()))
            return Next::SkipRoom;
        if (!holds(message.text, folded))
            return Next::Go;
        if (isFull)
            messages.pop_back();
        messages.insert(std::ranges::upper_bound(messages, message, isNewer), std::move(message));
        return Next::Go;
    });
}

Result<std::vector<ChatMessage>> ChatSearch::lookAtEach(const std::string& folded,
                                                        std::int64_t room, std::uint64_t from,
                                                        std::size_t limit) {
    SqliteStatement& statement = m_statements->eachOfRoom;
    statement.begin().bind(room).bind(static_cast<std::int64_t>(from)).bind(folded);
    return take(statement.bind(static_cast<std::int64_t>(limit + 1)));
}

Result<std::vector<ChatMessage>> ChatSearch::lookAtEachToCome(const std::string& folded,
                                                              std::size_t limit) {
    SqliteStatement& statement = m_statements->eachToCome;
    return take(statement.begin().bind(folded).bind(static_cast<std::int64_t>(limit + 1)));
}

Result<std::vector<ChatMessage>> ChatSearch::lookAtAll(const std::string& folded,
                                                       std::size_t limit) {
    SqliteStatement& statement = m_statements->each;
    return take(statement.begin().bind(folded).bind(static_cast<std::int64_t>(limit + 1)));
}

Result<std::vector<ChatMessage>> ChatSearch::take(SqliteStatement& statement) {
    Messages messages;
    int result = statement.step();
    for (; result == SQLITE_ROW; result = statement.step())
        messages.push_back(messageOf(statement));
    if (result != SQLITE_DONE)
        return Failure(m_file.error("read history"));
    statement.end();
    return messages;
}

} // namespace sscope
