#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/chat_ban.h"
#include "core/base/chat_message.h"
#include "core/base/unique_fd.h"
#include "core/storage/chat_index.h"
#include "core/storage/chat_search.h"
#include "core/storage/sqlite_file.h"

namespace sscope {

/// What the people of a chat have said, in an SQLite database: write-ahead log, synchronous FULL,
/// so that what append() says is stored survives the machine's end too. Blocks on the disk; one
/// thread at a time.
class ChatHistory {
public:
    /// A file that is damaged (integrity_check) is moved aside with what belongs to it; movedTo()
    /// says where. Without a path the history lives in memory. Fails where another server has
    /// the file, or it is of another program.
    static Result<std::unique_ptr<ChatHistory>> open(const std::string& path);
    /// The same file for reading beside the one who writes, from another thread.
    static Result<std::unique_ptr<ChatHistory>> openReader(const std::string& path);

    ~ChatHistory();

    /// Where the damaged one is; empty where there was none.
    [[nodiscard]] const std::string& movedTo() const { return m_movedTo; }
    [[nodiscard]] std::vector<ChatRoomRecord> rooms();
    /// All in one transaction, which is durable when it returns; where that fails, none is stored.
    std::vector<ChatStored> append(std::span<const ChatEntry> entries);
    /// Oldest first, or of a search newest first; one more than the limit where there are more.
    Result<std::vector<ChatMessage>> read(const ChatQuery& query);
    /// Removes at most so many messages that are past their time; how many. Their ids are not given
    /// again.
    Result<std::size_t> prune(const ChatRetention& retention, WallTime now, std::size_t most);
    /// Takes at most so many messages into the index of searches, durable when it returns; true
    /// where there are more. Those that are not in it yet are found all the same, more slowly.
    Result<bool> index(std::size_t most) { return m_index->addSome(most); }
    [[nodiscard]] std::vector<ChatBan> bans();
    /// These and no others, durable when it returns; else those before stay.
    ChatStorageState saveBans(std::span<const ChatBan> bans);
    /// Whether so many bytes of messages would find room on the disk, with what their pages and
    /// the log need beside them.
    [[nodiscard]] bool hasRoomFor(std::size_t bytes) const;
    /// Whether something can be written now.
    [[nodiscard]] bool canWrite();

private:
    struct Room {
        std::int64_t key = 0;
        std::uint64_t last = 0;
        std::uint64_t firstNew = 0; // of the transaction under way; 0 for none
    };
    struct Statements;

    ChatHistory();
    static Result<std::unique_ptr<ChatHistory>> openFile(const std::string& path);
    Result<void> prepare();
    Result<void> loadRooms();
    bool appendOne(const ChatEntry& entry, ChatStored& stored);
    bool appendMessage(const ChatEntry& entry, Room& room, ChatStored& stored);
    bool saveRooms();
    Room* roomOf(const std::string& name);
    bool appendAll(std::span<const ChatEntry> entries, std::vector<ChatStored>& results);
    /// Undoes the transaction under way, where it is; what is known of the file is read anew.
    void takeBack();
    std::vector<ChatMessage> take(SqliteStatement& statement, bool isReversed);
    bool removeSome(SqliteStatement& find, const Room& room, std::int64_t bound, std::size_t most,
                    std::size_t& removed);

    std::unique_ptr<SqliteFile> m_file;
    UniqueFd m_lock; // of a file beside it: SQLite's own locks are for moments
    std::string m_movedTo;
    std::map<std::string, Room> m_rooms;
    std::unique_ptr<Statements> m_statements; // goes before the file, as the next two
    std::unique_ptr<ChatIndex> m_index;
    std::unique_ptr<ChatSearch> m_search;
};

} // namespace sscope
