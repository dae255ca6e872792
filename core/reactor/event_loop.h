#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/reactor/poller.h"
#include "core/reactor/timer_queue.h"
#include "core/trace/trace_batch.h"

namespace sscope {

class EventLoop;

/// Gets the events of descriptors that it has given to a loop, on the loop's thread.
class EventHandler {
public:
    virtual void handleEvents(Readiness ready) = 0;

protected:
    ~EventHandler() = default;
};

/// The registration of one descriptor; ends it when it goes, which must be before the descriptor
/// is closed and on the loop's thread.
class Watch {
public:
    Watch() = default;
    Watch(Watch&& other) noexcept;
    Watch& operator=(Watch&& other) noexcept;
    ~Watch();

    [[nodiscard]] bool isActive() const { return m_loop != nullptr; }
    void setInterest(Interest interest);
    void stop();

private:
    friend class EventLoop;
    Watch(EventLoop& loop, std::uint32_t slot) : m_loop(&loop), m_slot(slot) {}

    EventLoop* m_loop = nullptr;
    std::uint32_t m_slot = 0;
};

/// Descriptors, timers, and calls posted by other threads, whoever waits for them: a Reactor, or
/// the loop of a library. All but post() belongs to the loop's thread.
class EventLoop {
public:
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    virtual Result<Watch> watch(int fd, Interest interest, EventHandler& handler) = 0;
    /// Any thread: calls task on the loop's thread, in the order of posting.
    virtual void post(std::function<void()> task) = 0;

    TimerQueue& timers() { return m_timers; }
    TraceBatch& trace() { return m_trace; }
    /// Memory that whoever handles an event may receive into; at least size bytes, kept between
    /// calls, valid until the next call.
    std::span<std::byte> receiveBuffer(std::size_t size);
    /// The loop returns from its wait at least that often.
    void setPollInterval(std::optional<Duration> interval) { m_pollInterval = interval; }
    /// Destroys an object when the events of this turn are handled: the only safe way to delete a
    /// handler from within a call to it.
    template <typename T>
    void deferDelete(std::unique_ptr<T> object) {
        m_deferred.emplace_back(std::shared_ptr<void>(std::move(object)));
    }

    /// When the wait of this turn returned.
    [[nodiscard]] TimePoint turnTime() const { return m_turnTime; }

protected:
    explicit EventLoop(TraceBatch trace);
    virtual ~EventLoop() = default;

    Watch makeWatch(std::uint32_t slot) { return {*this, slot}; }
    virtual void setInterest(std::uint32_t slot, Interest interest) = 0;
    virtual void unwatch(std::uint32_t slot) = 0;

    void beginTurn() { m_turnTime = SteadyClock::now(); }
    /// Hands the trace over and destroys what was put off.
    void endTurn();
    void dropDeferred() { m_deferred.clear(); }
    /// How long the loop may wait for events; for ever where there is none.
    [[nodiscard]] std::optional<Duration> waitLimit(TimePoint now) const;

private:
    friend class Watch;

    TraceBatch m_trace;
    TimerQueue m_timers;
    std::unique_ptr<std::byte[]> m_receiveBuffer;
    std::size_t m_receiveSize = 0;
    std::optional<Duration> m_pollInterval;
    TimePoint m_turnTime;
    std::vector<std::shared_ptr<void>> m_deferred;
};

} // namespace sscope
