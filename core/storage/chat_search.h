#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/chat_message.h"
#include "core/storage/chat_index.h"

namespace sscope {

/// Finds the messages of a history that hold a text whatever its case: those that its index names
/// are looked at, and all that are not in it yet; where it is damaged, all. Owned by a ChatHistory,
/// on its thread.
class ChatSearch {
public:
    static Result<std::unique_ptr<ChatSearch>> open(SqliteFile& file, ChatIndex& index);
    ~ChatSearch();

    /// Newest first; one more than the limit where there are more.
    Result<std::vector<ChatMessage>> find(const ChatQuery& query);

private:
    using Messages = std::vector<ChatMessage>;
    struct Statements;

    ChatSearch(SqliteFile& file, ChatIndex& index);
    Result<Messages> inOneState(const std::string& folded, const ChatQuery& query);
    Result<void> inRoom(const std::string& folded, std::int64_t room, std::size_t limit,
                        Messages& messages);
    Result<void> inAllRooms(const std::string& folded, std::size_t limit, Messages& messages);
    /// The room's key; 0 where there is none.
    std::int64_t keyOf(const std::string& room);
    /// A look at each message of the room from an id on, or of all rooms that is not indexed.
    Result<Messages> lookAtEach(const std::string& folded, std::int64_t room, std::uint64_t from,
                                std::size_t limit);
    Result<Messages> lookAtEachToCome(const std::string& folded, std::size_t limit);
    Result<Messages> lookAtAll(const std::string& folded, std::size_t limit);
    Result<Messages> take(SqliteStatement& statement);
    /// False where there is none.
    bool read(ChatPosition at, ChatMessage& message);

    SqliteFile& m_file;
    ChatIndex& m_index;
    std::unique_ptr<Statements> m_statements;
};

} // namespace sscope
