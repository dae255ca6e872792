#include "core/client/crowd_progress.h"

#include <algorithm>
#include <utility>

namespace sscope {

CrowdProgress::CrowdProgress(std::uint32_t connections) {
    m_now.connections = connections;
    m_now.waiting = connections;
    m_started = SteadyClock::now();
}

CrowdSnapshot CrowdProgress::snapshot() const {
    const std::lock_guard lock(m_mutex);
    CrowdSnapshot now = m_now;
    if (!now.isOver)
        now.elapsed = SteadyClock::now() - m_started;
    return now;
}

std::vector<CrowdResult> CrowdProgress::results(std::size_t after, std::size_t most) const {
    const std::lock_guard lock(m_mutex);
    const std::size_t begin = std::min(after, m_results.size());
    const std::size_t end = begin + std::min(most, m_results.size() - begin);
    return {m_results.begin() + static_cast<std::ptrdiff_t>(begin),
            m_results.begin() + static_cast<std::ptrdiff_t>(end)};
}

void CrowdProgress::began() {
    const std::lock_guard lock(m_mutex);
    --m_now.waiting;
    ++m_now.connecting;
}

void CrowdProgress::allBegan() {
    const std::lock_guard lock(m_mutex);
    m_now.connecting += std::exchange(m_now.waiting, 0);
}

void CrowdProgress::opened() {
    const std::lock_guard lock(m_mutex);
    --m_now.connecting;
    m_now.mostOpen = std::max(m_now.mostOpen, ++m_now.open);
}

void CrowdProgress::sent(std::size_t bytes) {
    const std::lock_guard lock(m_mutex);
    m_now.sentBytes += bytes;
}

void CrowdProgress::received(std::size_t bytes) {
    const std::lock_guard lock(m_mutex);
    m_now.receivedBytes += bytes;
}

void CrowdProgress::ended(CrowdResult& result, const Error& error, bool wasOpen) {
    const std::lock_guard lock(m_mutex);
    --(wasOpen ? m_now.open : m_now.connecting);
    ++(result.end == ExchangeEnd::Done        ? m_now.done
       : result.end == ExchangeEnd::Cancelled ? m_now.cancelled
                                              : m_now.failed);
    result.reason = reasonOf(result.end, error);
    m_results.push_back(result);
}

/// Under the lock.
std::uint32_t CrowdProgress::reasonOf(ExchangeEnd end, const Error& error) {
    if (end == ExchangeEnd::Done || end == ExchangeEnd::Cancelled)
        return CrowdResult::noReason;
    const auto isSame = [&](const CrowdReason& reason) {
        return reason.end == end && reason.error.code == error.code &&
               reason.error.operation == error.operation && reason.error.subject == error.subject &&
               reason.error.detail == error.detail;
    };
    auto it = std::ranges::find_if(m_now.reasons, isSame);
    if (it == m_now.reasons.end())
        it = m_now.reasons.insert(it, {end, error, 0});
    ++it->connections;
    return static_cast<std::uint32_t>(it - m_now.reasons.begin());
}

void CrowdProgress::cancelled() {
    const std::lock_guard lock(m_mutex);
    m_now.cancelled += std::exchange(m_now.waiting, 0);
}

void CrowdProgress::over() {
    const std::lock_guard lock(m_mutex);
    m_now.elapsed = SteadyClock::now() - m_started;
    m_now.isOver = true;
}

} // namespace sscope
