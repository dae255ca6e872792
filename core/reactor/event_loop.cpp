#include "core/reactor/event_loop.h"

#include <algorithm>
#include <utility>

namespace sscope {

Watch::Watch(Watch&& other) noexcept
    : m_loop(std::exchange(other.m_loop, nullptr)), m_slot(other.m_slot) {}

Watch& Watch::operator=(Watch&& other) noexcept {
    if (this != &other) {
        stop();
        m_loop = std::exchange(other.m_loop, nullptr);
        m_slot = other.m_slot;
    }
    return *this;
}

Watch::~Watch() {
    stop();
}

void Watch::setInterest(Interest interest) {
    if (m_loop)
        m_loop->setInterest(m_slot, interest);
}

void Watch::stop() {
    if (EventLoop* loop = std::exchange(m_loop, nullptr))
        loop->unwatch(m_slot);
}

EventLoop::EventLoop(TraceBatch trace)
    : m_trace(std::move(trace)), m_turnTime(SteadyClock::now()) {}

std::span<std::byte> EventLoop::receiveBuffer(std::size_t size) {
    if (m_receiveSize < size) {
        // Not zeroed: pages that no receive fills are never touched.
        m_receiveBuffer = std::make_unique_for_overwrite<std::byte[]>(size);
        m_receiveSize = size;
    }
    return {m_receiveBuffer.get(), size};
}

void EventLoop::endTurn() {
    m_trace.flush();
    // Destructors may defer more; those go with the next turn.
    std::exchange(m_deferred, {}).clear();
}

std::optional<Duration> EventLoop::waitLimit(TimePoint now) const {
    std::optional<Duration> limit = m_pollInterval;
    if (!m_deferred.empty())
        limit = Duration::zero();
    if (const auto deadline = m_timers.nextDeadline()) {
        const Duration left = std::max<Duration>(*deadline - now, Duration::zero());
        limit = limit ? std::min(*limit, left) : left;
    }
    return limit;
}

} // namespace sscope
