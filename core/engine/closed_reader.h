#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/result.h"
#include "core/diagnostics/closed_history.h"
#include "core/diagnostics/socket_table.h"

namespace sscope {

/// What has closed since it was taken last.
struct ClosedBatch {
    std::vector<HistoryEntry> entries;
};

/// Hears of every TCP and UDP socket of the machine that closes, on a thread of its own. Made and
/// owned by Engine. What nobody takes is bounded; what does not fit becomes a gap.
class ClosedReader {
public:
    /// wake is called on the reader's thread when there is something to be taken, once until it is.
    explicit ClosedReader(std::function<void()> wake);
    ~ClosedReader();

    /// Fails where the kernel does not tell of closed sockets, or no thread is left.
    Result<void> start();
    /// What the table has seen, so that a closed socket has the owners it had. From the table's
    /// thread.
    void learn(const TableChange& change, TimePoint now);
    [[nodiscard]] ClosedBatch take();
    void stopAndJoin();

private:
    class Reading;
    std::unique_ptr<Reading> m_reading;
};

} // namespace sscope
