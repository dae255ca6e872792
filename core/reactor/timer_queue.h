#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/base/clock.h"

namespace sscope {

class TimerQueue;

/// Calls back once, when its deadline has passed; can be started again, also from the call. Owned
/// by who needs it and used on the queue's thread; stops itself when it goes.
class Timer {
public:
    Timer(TimerQueue& queue, std::function<void()> callback);
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    ~Timer();

    void start(TimePoint deadline);
    void stop();
    [[nodiscard]] bool isActive() const { return m_position != inactive; }

private:
    friend class TimerQueue;
    static constexpr std::size_t inactive = static_cast<std::size_t>(-1);

    TimerQueue& m_queue;
    std::function<void()> m_callback;
    TimePoint m_deadline;
    std::size_t m_position = inactive; // in the queue's heap
};

/// Timers by deadline in a binary heap: start and stop in O(log n), no clock of its own.
class TimerQueue {
public:
    [[nodiscard]] std::optional<TimePoint> nextDeadline() const;
    /// Calls those whose deadline is now or earlier, earliest first. A timer that is started
    /// meanwhile waits for the next call even where it is due.
    void expire(TimePoint now);

private:
    friend class Timer;
    void insert(Timer& timer);
    void remove(Timer& timer);
    void place(Timer* timer, std::size_t position);
    void siftUp(std::size_t position);
    void siftDown(std::size_t position);

    std::vector<Timer*> m_heap;
    std::vector<Timer*> m_due; // of the expire() that is under way; null where it was stopped
};

} // namespace sscope
