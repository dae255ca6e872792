#include "core/storage/chat_store.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/reactor/reactor_thread.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

// How often a disk that was full is tried, and old messages are looked for.
constexpr Duration probeTime = 1s;
constexpr Duration tidyTime = 60s;
// What was said is indexed while nobody says more, else in such steps, so that nobody waits for it
// and there is little that a search must look at one by one; but no more than so many wait.
constexpr Duration quietTime = 100ms;
constexpr Duration indexTime = 1s;
constexpr std::size_t mostUnindexed = 10'000;
// Messages that one turn removes or indexes, so that those who write wait for milliseconds.
constexpr std::size_t tidiedAtOnce = 1000;
constexpr std::size_t indexedAtOnce = 250;

} // namespace

ChatStore::ChatStore(std::unique_ptr<ChatHistory> writer, std::unique_ptr<ChatHistory> reader,
                     ChatRetention retention, Tell tell)
    : m_writer(std::move(writer)),
      m_reader(std::move(reader)),
      m_retention(retention),
      m_tell(std::move(tell)) {}

ChatStore::~ChatStore() {
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_appended.notify_all();
    m_asked.notify_all();
    if (m_writes.joinable())
        m_writes.join();
    if (m_reads.joinable())
        m_reads.join();
}

Result<void> ChatStore::start() {
    auto writes = startThread("chat storage", [this] { write(); });
    if (!writes)
        return Failure(std::move(writes.error()));
    m_writes = std::move(*writes);
    auto reads = startThread("chat reader", [this] { answer(); });
    if (!reads)
        return Failure(std::move(reads.error()));
    m_reads = std::move(*reads);
    return {};
}

void ChatStore::append(ChatEntry entry) {
    const std::lock_guard lock(m_mutex);
    m_entries.push_back(std::move(entry));
    m_appended.notify_one();
}

void ChatStore::read(ChatQuery query) {
    const std::lock_guard lock(m_mutex);
    (query.search ? m_searches : m_queries).push_back(std::move(query));
    m_asked.notify_one();
}

void ChatStore::keepBans(std::vector<ChatBan> bans) {
    const std::lock_guard lock(m_mutex);
    m_bans = std::move(bans);
    m_appended.notify_one();
}

void ChatStore::write() {
    tidy();
    std::vector<ChatEntry> batch;
    for (;;) {
        bool isEnding = false;
        {
            std::unique_lock lock(m_mutex);
            m_appended.wait_for(lock, patience(),
                                [this] { return !m_entries.empty() || m_bans || m_isEnding; });
            // What comes while this is written is the next transaction.
            batch.swap(m_entries);
            if (m_bans)
                m_unkeptBans = std::exchange(m_bans, std::nullopt);
            isEnding = m_isEnding;
        }
        writeBans();
        const bool isQuiet = batch.empty();
        if (!isQuiet)
            writeBatch(std::exchange(batch, {}));
        else if (isEnding)
            return;
        else if (m_state != ChatStorageState::Good && !m_unkeptBans && canWrite())
            recover();
        if (isQuiet || m_unindexed > mostUnindexed || SteadyClock::now() - m_indexed > indexTime)
            indexSome();
        if (SteadyClock::now() - m_tidied > tidyTime)
            tidy();
    }
}

void ChatStore::writeBatch(std::vector<ChatEntry> batch) {
    using Outcome = ChatStored::Outcome;
    if (!m_order.isEmpty()) {
        if (auto held = holdBack(batch); !held.empty())
            m_tell.stored(std::move(held));
        if (batch.empty())
            return;
    }
    std::vector<ChatStored> results;
    {
        const std::lock_guard lock(m_writing);
        results = m_writer->append(batch);
    }
    const Outcome outcome = results.front().outcome; // a failure is that of all
    const bool isFailure = outcome == Outcome::Full || outcome == Outcome::Failed;
    if (isFailure) {
        std::size_t bytes = 0;
        for (const ChatEntry& entry : batch) {
            m_order.refused(entry, outcome, SteadyClock::now());
            bytes += entry.text.size();
        }
        m_refusedBytes = std::max(m_refusedBytes, bytes);
    }
    // What was there before shows nothing of the disk.
    const bool isWritten = std::ranges::count(results, Outcome::New, &ChatStored::outcome) > 0;
    noteToIndex(results);
    m_tell.stored(std::move(results));
    if (isFailure)
        settle(outcome == Outcome::Full ? ChatStorageState::Full : ChatStorageState::Failed);
    else if (isWritten)
        recover();
}

/// Takes from the batch what would come before what was said earlier.
std::vector<ChatStored> ChatStore::holdBack(std::vector<ChatEntry>& batch) {
    std::vector<ChatStored> held;
    std::erase_if(batch, [&](const ChatEntry& entry) {
        const auto why = m_order.holdsBack(entry, SteadyClock::now());
        if (why)
            held.push_back({.token = entry.token, .outcome = *why});
        return why.has_value();
    });
    return held;
}

void ChatStore::writeBans() {
    if (!m_unkeptBans)
        return;
    ChatStorageState state = ChatStorageState::Failed;
    {
        const std::lock_guard lock(m_writing);
        state = m_writer->saveBans(*m_unkeptBans);
    }
    if (state == ChatStorageState::Good) {
        m_unkeptBans.reset();
        recover();
    } else {
        settle(state);
    }
}

bool ChatStore::canWrite() {
    const std::lock_guard lock(m_writing);
    return m_writer->canWrite();
}

void ChatStore::settle(ChatStorageState state) {
    if (std::exchange(m_state, state) != state)
        m_tell.state(state);
}

/// Something was written. A little often is where a message has no room, in what the log has of the
/// disk: that changes nothing.
void ChatStore::recover() {
    if (m_state == ChatStorageState::Good)
        return;
    bool hasRoom = false;
    {
        const std::lock_guard lock(m_writing);
        hasRoom = m_writer->hasRoomFor(m_refusedBytes);
    }
    if (!hasRoom)
        return;
    m_refusedBytes = 0;
    settle(ChatStorageState::Good);
}

/// How long nothing is done where nobody says anything.
Duration ChatStore::patience() const {
    if (m_state != ChatStorageState::Good)
        return probeTime;
    return m_hasToIndex ? m_rest : tidyTime;
}

void ChatStore::noteToIndex(std::span<const ChatStored> results) {
    const auto stored = std::ranges::count(results, ChatStored::Outcome::New, &ChatStored::outcome);
    if (stored == 0)
        return;
    if (m_unindexed == 0)
        m_indexed = SteadyClock::now();
    m_unindexed += static_cast<std::size_t>(stored);
    m_hasToIndex = true;
    m_rest = quietTime;
}

/// Where it fails all is found still, and the next that is said is the next attempt.
void ChatStore::indexSome() {
    if (!m_hasToIndex || m_state != ChatStorageState::Good)
        return;
    const std::lock_guard lock(m_writing);
    m_hasToIndex = m_writer->index(indexedAtOnce).value_or(false);
    m_unindexed = m_hasToIndex ? m_unindexed - std::min(m_unindexed, indexedAtOnce) : 0;
    m_rest = Duration::zero();
    m_indexed = SteadyClock::now();
}

/// What is past its time goes, little by little.
void ChatStore::tidy() {
    m_tidied = SteadyClock::now();
    if (!m_retention.age && !m_retention.count)
        return;
    for (;;) {
        {
            const std::lock_guard lock(m_writing);
            const auto removed = m_writer->prune(m_retention, wallNow(), tidiedAtOnce);
            m_hasToIndex = m_hasToIndex || !removed; // a damaged index was begun anew
            if (!removed || *removed == 0)
                return;
        }
        const std::lock_guard lock(m_mutex);
        if (!m_entries.empty() || m_isEnding) {
            m_tidied -= tidyTime; // goes on after these
            return;
        }
    }
}

void ChatStore::answer() {
    for (;;) {
        ChatQuery query;
        {
            std::unique_lock lock(m_mutex);
            m_asked.wait(
                lock, [this] { return !m_queries.empty() || !m_searches.empty() || m_isEnding; });
            if (m_isEnding)
                return;
            auto& next = m_queries.empty() ? m_searches : m_queries;
            query = std::move(next.front());
            next.pop_front();
        }
        answerOne(query);
    }
}

void ChatStore::answerOne(const ChatQuery& query) {
    if (m_reader) {
        m_tell.read(query.token, m_reader->read(query));
        return;
    }
    std::unique_lock lock(m_writing);
    auto messages = m_writer->read(query);
    lock.unlock();
    m_tell.read(query.token, std::move(messages));
}

} // namespace sscope
