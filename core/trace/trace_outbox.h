#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/trace/trace_batch.h"

namespace sscope {

/// The last value of one connection's or datagram peer's counters.
struct ConnectionState {
    ConnectionId connection;
    PeerId peer = 0;
    std::string endpoint;
    Counters counters;
};

/// All that was told since the last swap.
struct TraceDrain {
    std::vector<LifecycleEvent> lifecycle;
    std::vector<ConnectionState> states;
    std::vector<ServerTotals> totals; // one for each server
    std::vector<LoopActivity> loops;  // one for each loop of a server
    LogChunk olderLog;
    LogChunk newerLog;
    std::uint64_t droppedEvents = 0;    // log events that found no room, oldest first
    std::uint64_t droppedLifecycle = 0; // events that found no room: of connections that are over,
                                        // and of troubles

    void clear();
};

/// Where producer threads leave batches and one consumer fetches them: state (last value wins),
/// life-cycle (kept) and log (bounded, oldest dropped and counted). Any thread may append; one
/// thread swaps. A slow consumer never slows a producer.
class TraceOutbox final : public TraceSink {
public:
    struct Limits {
        std::size_t logEvents = 32'768;
        std::size_t headBytes = 4 << 20;
        std::size_t lifecycle = 100'000;
        std::size_t peers = 100'000; // states beyond it are not told; totals stay exact
    };
    /// wake is called, on a producer's thread and outside the lock, when the outbox ceases to be
    /// empty; it must not block.
    TraceOutbox(Limits limits, std::function<void()> wake);

    void append(TraceContent& content) override;
    /// Exchanges what was told with drain, which should be clear.
    void swap(TraceDrain& drain);

private:
    void appendLifecycle(std::vector<LifecycleEvent>& events);
    bool mergeWithAccept(LifecycleEvent& event);
    void removeLifecycle(std::size_t index);
    void appendStates(std::vector<TracedCounters*>& touched);
    void appendTotals(const ServerTotals& totals);
    void appendActivity(const LoopActivity& activity);
    void appendLog(const LogChunk& log);

    const Limits m_limits;
    const std::function<void()> m_wake;
    std::mutex m_mutex;
    TraceDrain m_content;
    bool m_isEmpty = true;
    std::unordered_map<ConnectionId, std::size_t> m_accepted; // where in the life-cycle
    std::uint64_t m_generation = 1; // of the slots that TracedCounters remember
};

} // namespace sscope
