#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "core/diagnostics/socket_table.h"

namespace sscope {

/// What one refresh has found; an Error where the kernel did not answer.
struct TableUpdate {
    TimePoint time;
    Result<TableChange> change;
    TableStats stats;
};

/// Reads the socket table again and again, on a thread of its own. Commands come from one other
/// thread and return at once. One refresh never runs into the next: the following one waits until
/// the update has been taken, and then for its interval.
class TableReader {
public:
    /// wake is called on the reader's thread when an update is there to be taken.
    TableReader(TableKinds kinds, std::function<void()> wake);
    ~TableReader();

    Result<void> start(Duration interval);
    void setInterval(Duration interval);
    void setPaused(bool paused);
    void refreshNow();
    /// Empty where there is none.
    std::optional<TableUpdate> take();
    void stopAndJoin();

private:
    void run();
    [[nodiscard]] bool isDue(TimePoint now) const;

    SocketTable m_table; // the reader's thread only
    const std::function<void()> m_wake;
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
};

} // namespace sscope
