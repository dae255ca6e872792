#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "core/storage/chat_history.h"
#include "core/storage/chat_order.h"

namespace sscope {

/// A chat's history on threads of its own: one writes, all that waits in one transaction (group
/// commit), one reads beside it. Owned by the hub; any thread may ask. The calls that tell come on
/// these threads and should post.
class ChatStore {
public:
    struct Tell {
        std::function<void(std::vector<ChatStored> results)> stored;
        std::function<void(std::uint64_t token, Result<std::vector<ChatMessage>> messages)> read;
        /// Full or Failed once, and Good once what was refused would be stored: something was, and
        /// there is room for all of it.
        std::function<void(ChatStorageState state)> state;
    };

    /// reader: null where the history is in memory, which is then read by the one that writes it.
    ChatStore(std::unique_ptr<ChatHistory> writer, std::unique_ptr<ChatHistory> reader,
              ChatRetention retention, Tell tell);
    ChatStore(const ChatStore&) = delete;
    ChatStore& operator=(const ChatStore&) = delete;
    /// What was given is still written, and told of.
    ~ChatStore();

    Result<void> start();
    void append(ChatEntry entry);
    /// In their order; searches, which may take long, after what else is asked.
    void read(ChatQuery query);
    /// In place of those that were stored before; tried until it is done.
    void keepBans(std::vector<ChatBan> bans);

private:
    void write();
    void writeBatch(std::vector<ChatEntry> batch);
    std::vector<ChatStored> holdBack(std::vector<ChatEntry>& batch);
    void writeBans();
    bool canWrite();
    void settle(ChatStorageState state);
    void recover();
    void tidy();
    [[nodiscard]] Duration patience() const;
    void noteToIndex(std::span<const ChatStored> results);
    void indexSome();
    void answer();
    void answerOne(const ChatQuery& query);

    const std::unique_ptr<ChatHistory> m_writer;
    const std::unique_ptr<ChatHistory> m_reader;
    const ChatRetention m_retention;
    const Tell m_tell;
    std::mutex m_mutex;
    std::condition_variable m_appended;
    std::condition_variable m_asked;
    std::vector<ChatEntry> m_entries; // under m_mutex, as the four below
    std::deque<ChatQuery> m_queries;
    std::deque<ChatQuery> m_searches;
    std::optional<std::vector<ChatBan>> m_bans; // the last that were given
    bool m_isEnding = false;
    std::mutex m_writing;                              // who uses m_writer, where both threads do
    ChatStorageState m_state = ChatStorageState::Good; // the writing thread's, as below
    std::size_t m_refusedBytes = 0; // of the largest transaction that was not stored since then
    std::optional<std::vector<ChatBan>> m_unkeptBans;
    TimePoint m_tidied;
    ChatOrder m_order;
    bool m_hasToIndex = true;    // the first look tells
    std::size_t m_unindexed = 0; // of those that were said since the start
    Duration m_rest{};           // how long nobody says anything before it goes on
    TimePoint m_indexed{};       // or the first was said
    std::thread m_writes;
    std::thread m_reads;
};

} // namespace sscope
