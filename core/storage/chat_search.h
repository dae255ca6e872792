#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/chat_message.h"
#include "core/storage/chat_index.h"

namespace sscope {

/// Finds the messages of a history that hold a text whatever its case: those that its index names
/// are looked at; while the index is not complete, or is damaged, all are. Owned by a ChatHistory,
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
    Result<Messages> inRoom(const std::string& folded, const ChatQuery& query);
    Result<Messages> inAllRooms(const std::string& folded, const ChatQuery& query);
    Result<Messages> lookAtEach(const std::string& folded, const ChatQuery& query);
    /// False where there is none.
    bool read(ChatPosition at, ChatMessage& message);

    SqliteFile& m_file;
    ChatIndex& m_index;
    std::unique_ptr<Statements> m_statements;
};

} // namespace sscope
