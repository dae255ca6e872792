#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

/// One socket that is no more. The row's state is the one that the table saw last, CLOSE where none
/// did; its details have the last TCP_INFO that the kernel gave.
struct ClosedSocket {
    SocketRow row;
    std::chrono::system_clock::time_point closedAt;
    /// Since the table saw it first; nothing where it lived between two refreshes. User and owners
    /// are then not known.
    std::optional<Duration> age;
    /// Where the owners are not known: who holds the listener of its local port, if there is one.
    std::vector<SocketOwner> listenerOwners;
};

/// Here sockets closed that are not in the history.
struct HistoryGap {
    std::chrono::system_clock::time_point time;
    std::uint64_t lost = 0; // how many; 0 where that cannot be known
};

using HistoryEntry = std::variant<ClosedSocket, HistoryGap>;
/// Outlives the history's own hold on it, for whoever reads it on another thread.
using SharedEntry = std::shared_ptr<const HistoryEntry>;

/// Of all that was ever added.
struct HistoryCounters {
    std::uint64_t closed = 0;
    std::uint64_t gaps = 0;
    std::uint64_t lost = 0;      // in gaps, as far as it is known
    std::uint64_t forgotten = 0; // of the closed, those that went to stay within the bound
};

/// The sockets that closed last, in the order in which the kernel told of them. Each entry has a
/// running number that stays its own; the oldest go when the bound is met. Gaps one after the other
/// are one. Used by one thread.
class ClosedHistory {
public:
    /// Twenty seconds at 5 000 connections a second, both ends on this machine, take 200 000; an
    /// entry takes about 0.7 KiB.
    static constexpr std::size_t defaultMost = 250'000;

    explicit ClosedHistory(std::size_t most = defaultMost);

    void add(HistoryEntry entry);
    void clear();

    /// The number of the oldest entry that is kept, and one more than that of the newest.
    [[nodiscard]] std::uint64_t begin() const { return m_end - m_entries.size(); }
    [[nodiscard]] std::uint64_t end() const { return m_end; }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    /// number is from begin() to end().
    [[nodiscard]] const HistoryEntry& at(std::uint64_t number) const { return *shared(number); }
    [[nodiscard]] const SharedEntry& shared(std::uint64_t number) const;
    [[nodiscard]] const HistoryCounters& counters() const { return m_counters; }

private:
    const std::size_t m_most;
    std::deque<SharedEntry> m_entries;
    std::uint64_t m_end = 0;
    HistoryCounters m_counters;
};

} // namespace sscope
