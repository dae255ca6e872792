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
                          "JOIN rooms ON rooms.key = room WHERE rooms.name = ? "
                          "AND found(text, ?) ORDER BY id DESC LIMIT ?"},
        {&all.each, "SELECT rooms.name, id, time, author, text FROM messages "
                    "JOIN rooms ON rooms.key = room WHERE found(text, ?) "
                    "ORDER BY time DESC, id DESC LIMIT ?"},
    };
    for (const auto& [statement, text] : texts) {
        auto prepared = SqliteStatement::prepare(file, text);
        if (!prepared)
            return Failure(std::move(prepared.error()));
        *statement = std::move(*prepared);
    }
    return search;
}

Result<std::vector<ChatMessage>> ChatSearch::find(const ChatQuery& query) {
    const std::string folded = foldedCase(*query.search);
    if (folded.empty()) // of invisible characters
        return Messages();
    if (m_index.isComplete()) {
        auto found = query.room.empty() ? inAllRooms(folded, query) : inRoom(folded, query);
        if (found)
            return found;
    }
    return lookAtEach(folded, query);
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

Result<std::vector<ChatMessage>> ChatSearch::inRoom(const std::string& folded,
                                                    const ChatQuery& query) {
    SqliteStatement& key = m_statements->keyOfRoom;
    const bool isThere = key.begin().bind(query.room).step() == SQLITE_ROW;
    const std::int64_t room = isThere ? key.number(0) : 0;
    key.end();
    Messages messages;
    if (!isThere)
        return messages;
    auto done = m_index.find(folded, room, [&](ChatPosition at) {
        ChatMessage message;
        if (read(at, message) && holds(message.text, folded))
            messages.push_back(std::move(message));
        return messages.size() > query.limit ? Next::Stop : Next::Go;
    });
    if (!done)
        return Failure(std::move(done.error()));
    return messages;
}

/// Each room gives its newest; it is done with once it has only older ones than what is wanted.
/// Times grow with the ids, but for a clock that was set.
Result<std::vector<ChatMessage>> ChatSearch::inAllRooms(const std::string& folded,
                                                        const ChatQuery& query) {
    Messages messages;
    auto done = m_index.find(folded, 0, [&](ChatPosition at) {
        ChatMessage message;
        if (!read(at, message))
            return Next::Go;
        const bool isFull = messages.size() > query.limit;
        if (isFull && !isNewer(message, messages.back()))
            return Next::SkipRoom;
        if (!holds(message.text, folded))
            return Next::Go;
        if (isFull)
            messages.pop_back();
        messages.insert(std::ranges::upper_bound(messages, message, isNewer), std::move(message));
        return Next::Go;
    });
    if (!done)
        return Failure(std::move(done.error()));
    return messages;
}

Result<std::vector<ChatMessage>> ChatSearch::lookAtEach(const std::string& folded,
                                                        const ChatQuery& query) {
    SqliteStatement& statement = query.room.empty() ? m_statements->each : m_statements->eachOfRoom;
    statement.begin();
    if (!query.room.empty())
        statement.bind(query.room);
    statement.bind(folded).bind(static_cast<std::int64_t>(query.limit + 1));
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
