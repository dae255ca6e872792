#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "core/base/cancel_signal.h"
#include "core/load/load_result.h"

namespace sscope {

/// Makes one load on a thread of its own. Owned by who wants it; all calls from any thread. When it
/// goes, the run is cancelled and its thread joined, which takes no longer than one turn of a loop.
class LoadRun {
public:
    /// progressed is called on the run's thread, about ten times a second, when all are connected,
    /// and once at the end, while the connections are still open; must not block, nor destroy the
    /// run.
    explicit LoadRun(LoadConfig config, std::function<void()> progressed = {});
    LoadRun(const LoadRun&) = delete;
    LoadRun& operator=(const LoadRun&) = delete;
    ~LoadRun();

    /// Once. Fails where the config is no load (validate), or the system gives no thread.
    Result<void> start();
    /// Ends it early; the result is there once isOver().
    void cancel();
    /// Until it is over, by whoever owns it; progressed has then been called for the last time.
    void wait();
    [[nodiscard]] bool isOver() const { return phase() >= LoadPhase::Done; }
    [[nodiscard]] LoadPhase phase() const;
    /// What has been measured so far; at most a tenth of a second old.
    [[nodiscard]] LoadResult snapshot() const;

private:
    void run();
    Result<void> measure();
    void publish(const std::function<void(LoadResult&)>& change);

    const LoadConfig m_config;
    const std::function<void()> m_progressed;
    CancelSource m_cancel;
    mutable std::mutex m_mutex;
    LoadResult m_result; // under m_mutex
    std::thread m_thread;
};

} // namespace sscope
