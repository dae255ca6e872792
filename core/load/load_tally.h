#pragma once

#include "core/load/load_result.h"

namespace sscope {

/// Counts what a load does, by the second; makes a LoadResult of it when asked. Used on the load's
/// thread. Times are those of the load's turns: one reading of the clock serves all that a turn
/// finds ready.
class LoadTally {
public:
    /// The first request is due.
    void begin(TimePoint now);
    /// Each turn: ends the seconds that are over.
    void advance(TimePoint now) {
        if (now >= m_secondEnd)
            endSeconds(now);
    }
    void sent(std::size_t bytes) { m_sentBytes += bytes; }
    void received(std::size_t bytes) {
        m_receivedBytes += bytes;
        m_second.receivedBytes += bytes;
    }
    void sentLate(Duration lateness) { m_lateness.record(lateness); }
    void answered(TimePoint now, Duration latency) {
        m_latencies.record(latency);
        m_lastReply = now;
    }
    /// A request has failed, or (isRequest false) an attempt to connect.
    void failed(LoadErrorReason reason, Error error, bool isRequest);

    [[nodiscard]] std::uint64_t answeredCount() const {
        return m_past.count() + m_latencies.count();
    }
    [[nodiscard]] std::uint64_t failedCount() const { return m_failed; }

    /// What is counted here, into a result whose other members stay.
    void writeTo(LoadResult& result, TimePoint now) const;
    /// The same once nothing more comes; duration is the time that requests were due in.
    void finish(LoadResult& result, TimePoint now, Duration duration);

private:
    void endSeconds(TimePoint now);
    void endSecond(Duration length);

    WallTime m_began = 0;
    TimePoint m_begin;
    TimePoint m_secondEnd = TimePoint::max();
    TimePoint m_lastReply;
    Duration m_cpuBefore{};
    LatencyHistogram m_past;      // of the seconds that are over
    LatencyHistogram m_latencies; // of this one
    LatencyHistogram m_lateness;
    LoadInterval m_second;
    std::vector<LoadInterval> m_seconds;
    std::array<LoadErrorCount, loadErrorReasons> m_errors;
    std::uint64_t m_failed = 0;
    std::uint64_t m_sentBytes = 0;
    std::uint64_t m_receivedBytes = 0;
};

} // namespace sscope
