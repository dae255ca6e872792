#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/chat_message.h"
#include "core/storage/sqlite_file.h"

namespace sscope {

/// Where a message of a history stands: its room's key there, and its id.
struct ChatPosition {
    std::int64_t room = 0;
    std::uint64_t id = 0;
};

/// Of the index alone: beginAnew() mends it.
bool isIndexDamage(const Error& error);

/// Which messages of a history may hold a text: their grams (chat_grams.h) in a table of FTS5 in
/// the same file. What is stored is noted, and taken into it later, a room's messages in their
/// order: it costs several times what storing does. Owned by a ChatHistory, on its thread.
class ChatIndex {
public:
    struct Entry {
        ChatPosition at{};
        std::string text{};
    };

    /// One that is damaged is emptied; the messages are elsewhere.
    static Result<std::unique_ptr<ChatIndex>> open(SqliteFile& file);
    ~ChatIndex();

    /// A room's messages from one to the last are to come. Part of the transaction under way, as
    /// the next; false where it failed.
    bool note(ChatPosition first, std::uint64_t last);
    bool remove(std::span<const Entry> ofOneRoom);

    /// All messages of now are to come: where the file has had no index, one by another version of
    /// Unicode, or a damaged one. A transaction of its own.
    Result<void> beginAnew();
    /// By which version of Unicode texts were folded is not that of now.
    [[nodiscard]] bool isOutOfDate();
    /// At most so many of those that are to come, durable when it returns; true where there are
    /// more. One that is damaged is begun anew.
    Result<bool> addSome(std::size_t most);
    /// The first of a room that is to come; beyond all where none is.
    [[nodiscard]] std::uint64_t firstToCome(std::int64_t room);

    /// Those in it that may hold a folded text, in all rooms (0) or one: by room, newest first.
    enum class Next { Go, SkipRoom, Stop };
    Result<void> find(const std::string& folded, std::int64_t room,
                      const std::function<Next(ChatPosition)>& take);

private:
    struct Statements;

    ChatIndex(SqliteFile& file);
    Result<void> prepare();
    [[nodiscard]] bool isComplete();
    bool takeSome(std::size_t most);
    bool takeOfRoom(ChatPosition first, std::uint64_t last, std::size_t most, std::size_t& taken);
    bool add(const Entry& entry);

    SqliteFile& m_file;
    std::unique_ptr<Statements> m_statements;
};

} // namespace sscope
