#include "core/load/load_tally.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace sscope {

namespace {

using std::chrono::seconds;

Duration ownCpuTime() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return seconds(time.tv_sec) + Duration(time.tv_nsec);
}

} // namespace

void LoadTally::begin(TimePoint now) {
    m_began = wallNow();
    m_begin = now;
    m_lastReply = now;
    m_secondEnd = now + seconds(1);
    m_cpuBefore = ownCpuTime();
}

void LoadTally::failed(LoadErrorReason reason, Error error, bool isRequest) {
    LoadErrorCount& count = m_errors[static_cast<std::size_t>(reason)];
    if (count.count++ == 0)
        count.first = std::move(error);
    ++m_second.errors;
    m_failed += isRequest ? 1 : 0;
}

void LoadTally::endSeconds(TimePoint now) {
    while (now >= m_secondEnd) {
        endSecond(seconds(1));
        m_secondEnd += seconds(1);
    }
}

void LoadTally::endSecond(Duration length) {
    m_second.length = length;
    m_second.requests = m_latencies.count();
    m_second.p50 = m_latencies.percentile(0.5);
    m_second.p90 = m_latencies.percentile(0.9);
    m_second.p99 = m_latencies.percentile(0.99);
    m_second.p999 = m_latencies.percentile(0.999);
    m_second.max = m_latencies.max();
    m_seconds.push_back(m_second);
    m_second = {.begin = m_second.begin + length};
    m_past.merge(m_latencies);
    m_latencies.clear();
}

void LoadTally::writeTo(LoadResult& result, TimePoint now) const {
    result.started = m_began;
    result.elapsed = now - m_begin;
    result.requests = answeredCount();
    result.failed = m_failed;
    result.sentBytes = m_sentBytes;
    result.receivedBytes = m_receivedBytes;
    result.cpuTime = ownCpuTime() - m_cpuBefore;
    result.errors = m_errors;
    result.latencies = m_past;
    result.latencies.merge(m_latencies);
    result.lateness = m_lateness;
    // Seconds that are over do not change.
    for (std::size_t i = result.intervals.size(); i < m_seconds.size(); ++i)
        result.intervals.push_back(m_seconds[i]);
}

void LoadTally::finish(LoadResult& result, TimePoint now, Duration duration) {
    endSeconds(now);
    const Duration elapsed = std::min(now - m_begin, std::max(duration, m_lastReply - m_begin));
    const bool hasMore = m_latencies.count() > 0 || m_second.errors > 0;
    if (const Duration rest = elapsed - m_second.begin; rest > Duration::zero() || hasMore)
        endSecond(std::max(rest, Duration(1)));
    writeTo(result, now);
    result.elapsed = elapsed;
}

} // namespace sscope
