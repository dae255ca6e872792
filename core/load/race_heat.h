#pragma once

#include "core/load/race_server.h"

namespace sscope {

/// Looks at a server while its load runs: once all are connected, once half-way, and at the end.
/// Not more often, for each look takes time from the server too. Any thread.
class UsageWatch {
public:
    explicit UsageWatch(pid_t pid) : m_pid(pid) {}

    /// All are connected, and nothing is measured yet.
    void begin();
    void look();
    /// The last request has been answered; the connections are still there.
    void end();
    /// The most that was seen; cpu since begin().
    [[nodiscard]] ServerUsage usage() const;

private:
    const pid_t m_pid;
    mutable std::mutex m_mutex;
    ServerUsage m_usage;    // under m_mutex
    Duration m_cpuBefore{}; // under m_mutex
};

/// One model's turn in a race: the load against its server. Made and run on the race's thread.
class RaceHeat {
public:
    RaceHeat(RaceServer& server, LoadConfig load, CancelSignal cancel,
             std::function<void()> progressed);

    /// Returns once the load is over. Fails where no load came about, the server has ended, or the
    /// race is cancelled (ECANCELED); what was measured until then holds.
    Result<void> run();
    /// Writes what has been measured; any thread.
    void writeTo(RaceEntry& entry) const;

private:
    void loadProgressed();
    Result<void> follow();

    RaceServer& m_server;
    const CancelSignal m_cancel;
    const std::function<void()> m_progressed;
    const Duration m_halfTime;
    UniqueFd m_wake;
    UsageWatch m_usage;
    LoadRun m_load; // its thread uses the others: it goes first
};

} // namespace sscope
