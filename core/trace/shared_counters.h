#pragma once

#include <atomic>
#include <cstdint>

#include "core/trace/trace_event.h"

namespace sscope {

/// Counters of one connection in memory that processes share (MAP_SHARED): one writes, another
/// reads them after the first has ended, however it did.
struct SharedCounters {
    std::atomic<std::uint64_t> receivedBytes = 0;
    std::atomic<std::uint64_t> sentBytes = 0;
    std::atomic<std::uint64_t> receivedMessages = 0;
    std::atomic<std::uint64_t> sentMessages = 0;
    /// What a send(2) under way is to move. A process that is killed there has most likely sent it:
    /// the peer is woken before the call returns.
    std::atomic<std::uint64_t> sending = 0;

    void store(const Counters& counters) {
        receivedBytes.store(counters.receivedBytes, std::memory_order_relaxed);
        sentBytes.store(counters.sentBytes, std::memory_order_relaxed);
        receivedMessages.store(counters.receivedMessages, std::memory_order_relaxed);
        sentMessages.store(counters.sentMessages, std::memory_order_relaxed);
        sending.store(0, std::memory_order_relaxed);
    }
    [[nodiscard]] Counters load() const {
        return {receivedBytes.load(std::memory_order_relaxed),
                sentBytes.load(std::memory_order_relaxed) + sending.load(std::memory_order_relaxed),
                receivedMessages.load(std::memory_order_relaxed),
                sentMessages.load(std::memory_order_relaxed)};
    }
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free); // or processes could not share it

} // namespace sscope
