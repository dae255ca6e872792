#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "core/diagnostics/closed_history.h"
#include "core/diagnostics/destroy_source.h"
#include "core/diagnostics/seen_sockets.h"

namespace sscope {

/// Hears of every TCP and UDP socket of the machine that closes, on a thread of its own that does
/// nothing else, so that the kernel's queue is emptied whatever the table and the window do. Made
/// and owned by Engine.
class ClosedReader {
public:
    /// What waits to be taken is bounded; what closes beyond that becomes a gap.
    static constexpr std::size_t mostWaiting = 100'000;

    /// wake is called on the reader's thread when there is something to be taken where there was
    /// nothing.
    explicit ClosedReader(std::function<void()> wake,
                          std::size_t mostBuffer = DestroySource::noLimit);
    ~ClosedReader();

    /// Fails where the kernel does not tell of closed sockets, or no descriptor or thread is left.
    Result<void> start();
    /// What the table has seen, so that a closed socket has the owners it had. On any thread.
    void learn(const TableChange& change, TimePoint now);
    /// In the order in which they were told. On any thread.
    [[nodiscard]] std::vector<HistoryEntry> take();
    void stopAndJoin();

private:
    void run();
    std::vector<HistoryEntry> complete(std::vector<SocketRow>& rows);
    void handOver(std::vector<SocketRow>& rows, std::uint64_t lost);

    const std::function<void()> m_wake;
    std::thread m_thread;
    UniqueFd m_end;         // an eventfd
    DestroySource m_source; // the reader's thread only, once it runs
    std::atomic<bool> m_isEnding = false;

    std::mutex m_seenMutex;
    SeenSockets m_seen; // under m_seenMutex

    std::mutex m_waitingMutex;
    // Under m_waitingMutex:
    std::vector<HistoryEntry> m_waiting;
    std::uint64_t m_unfetched = 0; // closed while there were too many waiting
};

} // namespace sscope
