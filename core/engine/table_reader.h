#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "core/diagnostics/socket_samples.h"
#include "core/diagnostics/socket_table.h"

namespace sscope {

/// What one refresh has found; an Error where the kernel did not answer.
struct TableUpdate {
    TimePoint time;
    Result<TableChange> change;
    TableStats stats;
};

/// Reads the socket table again and again, on a thread of its own, and between two refreshes the
/// one socket that is inspected. Commands come from one other thread and return at once. One
/// refresh never runs into the next: the following one waits until the update has been taken, and
/// then for its interval.
class TableReader {
public:
    /// wake is called on the reader's thread when an update or a sample is there to be taken.
    TableReader(TableKinds kinds, std::function<void()> wake);
    ~TableReader();

    /// Called on the reader's thread with each update, before wake. To be set before the start.
    void setObserver(std::function<void(const TableUpdate&)> observer);
    Result<void> start(Duration interval);
    void setInterval(Duration interval);
    void setPaused(bool paused);
    /// Once, paused or not.
    void refreshNow();
    /// Reads anew at once; rows of kinds that are no longer asked for are gone then.
    void setKinds(TableKinds kinds);
    /// The rows that are shown: their details are read at each refresh.
    void watch(std::vector<std::uint64_t> cookies);
    /// The socket that is sampled four times a second, until it has gone; while paused only when a
    /// refresh is asked for.
    void inspect(std::optional<std::uint64_t> cookie);
    /// Empty where there is none.
    std::optional<TableUpdate> take();
    /// Of the inspected socket, by time; the last of one that has gone has no row.
    std::vector<SocketSample> takeSamples();
    void stopAndJoin();

private:
    void run();
    void refresh(std::unique_lock<std::mutex>& lock, TimePoint now);
    void sample(std::unique_lock<std::mutex>& lock, TimePoint now);
    [[nodiscard]] bool isDue(TimePoint now) const;
    [[nodiscard]] bool isSampleDue(TimePoint now) const;
    void wait(std::unique_lock<std::mutex>& lock);

    SocketTable m_table; // the reader's thread only
    const std::function<void()> m_wake;
    std::function<void(const TableUpdate&)> m_observer;
    std::thread m_thread;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    // Under m_mutex:
    Duration m_interval{};
    TimePoint m_next;
    bool m_paused = false;
    bool m_asked = false;
    bool m_ending = false;
    std::optional<TableUpdate> m_update;
    std::optional<TableKinds> m_newKinds;
    std::optional<std::vector<std::uint64_t>> m_newWatched;
    std::optional<std::uint64_t> m_inspected; // empty again when it has gone
    bool m_sampleAsked = false;
    TimePoint m_nextSample;
    std::vector<SocketSample> m_samples;
};

} // namespace sscope
