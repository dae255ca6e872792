#include "core/reactor/timer_queue.h"

#include <algorithm>
#include <utility>

namespace sscope {

Timer::Timer(TimerQueue& queue, std::function<void()> callback)
    : m_queue(queue), m_callback(std::move(callback)) {}

Timer::~Timer() {
    stop();
}

void Timer::start(TimePoint deadline) {
    stop();
    m_deadline = deadline;
    m_queue.insert(*this);
}

void Timer::stop() {
    if (isActive())
        m_queue.remove(*this);
    // It may have been taken from the heap already, to be called in this very turn.
    std::ranges::replace(m_queue.m_due, this, nullptr);
}

std::optional<TimePoint> TimerQueue::nextDeadline() const {
    if (m_heap.empty())
        return std::nullopt;
    return m_heap.front()->m_deadline;
}

void TimerQueue::expire(TimePoint now) {
    while (!m_heap.empty() && m_heap.front()->m_deadline <= now) {
        m_due.push_back(m_heap.front());
        remove(*m_heap.front());
    }
    for (std::size_t i = 0; i < m_due.size(); ++i) {
        if (Timer* timer = std::exchange(m_due[i], nullptr))
            timer->m_callback();
    }
    m_due.clear();
}

void TimerQueue::insert(Timer& timer) {
    m_heap.push_back(nullptr);
    place(&timer, m_heap.size() - 1);
    siftUp(m_heap.size() - 1);
}

void TimerQueue::remove(Timer& timer) {
    const std::size_t hole = timer.m_position;
    timer.m_position = Timer::inactive;
    Timer* last = m_heap.back();
    m_heap.pop_back();
    if (last == &timer)
        return;
    place(last, hole);
    siftUp(hole);
    siftDown(last->m_position);
}

void TimerQueue::place(Timer* timer, std::size_t position) {
    m_heap[position] = timer;
    timer->m_position = position;
}

void TimerQueue::siftUp(std::size_t position) {
    Timer* timer = m_heap[position];
    while (position > 0) {
        const std::size_t parent = (position - 1) / 2;
        if (m_heap[parent]->m_deadline <= timer->m_deadline)
            break;
        place(m_heap[parent], position);
        position = parent;
    }
    place(timer, position);
}

void TimerQueue::siftDown(std::size_t position) {
    Timer* timer = m_heap[position];
    for (;;) {
        std::size_t child = 2 * position + 1;
        if (child >= m_heap.size())
            break;
        if (child + 1 < m_heap.size() && m_heap[child + 1]->m_deadline < m_heap[child]->m_deadline)
            ++child;
        if (timer->m_deadline <= m_heap[child]->m_deadline)
            break;
        place(m_heap[child], position);
        position = child;
    }
    place(timer, position);
}

} // namespace sscope
