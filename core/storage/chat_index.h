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
/// the same file. Owned by a ChatHistory, on its thread. What changes it is part of the
/// transaction under way, and false where it failed.
class ChatIndex {
public:
    struct Entry {
        ChatPosition at{};
        std::string text{};
    };

    /// One that is damaged is emptied; the messages are elsewhere.
    static Result<std::unique_ptr<ChatIndex>> open(SqliteFile& file);
    ~ChatIndex();

    /// All of one transaction in one call: FTS5 writes a part of its own where ids go back.
    bool add(std::vector<Entry> entries);
    bool remove(ChatPosition at, const std::string& text);

    /// All messages of now are to be added by addOlder(): where the file has had no index, one by
    /// another version of Unicode, or a damaged one. A transaction of its own.
    Result<void> beginAnew();
    /// By which version of Unicode texts were folded is not that of now.
    [[nodiscard]] bool isOutOfDate();
    /// False while addOlder() has something to do: what is found is not all.
    [[nodiscard]] bool isComplete();
    /// At most so many that were not added yet, durable when it returns; true where there are more.
    Result<bool> addOlder(std::size_t most);

    /// Those that may hold a folded text, in all rooms (0) or one: by room, newest first.
    enum class Next { Go, SkipRoom, Stop };
    Result<void> find(const std::string& folded, std::int64_t room,
                      const std::function<Next(ChatPosition)>& take);

private:
    struct Statements;

    ChatIndex(SqliteFile& file);
    Result<void> prepare();
    bool addOne(const Entry& entry);
    /// The next room's messages that were not added.
    bool addSome(std::size_t most);

    SqliteFile& m_file;
    std::unique_ptr<Statements> m_statements;
};

} // namespace sscope
