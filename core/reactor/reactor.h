#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "core/base/unique_fd.h"
#include "core/reactor/poller.h"
#include "core/reactor/timer_queue.h"
#include "core/trace/trace_batch.h"

namespace sscope {

class Reactor;

/// Gets the events of descriptors that it has given to a reactor, on the reactor's thread.
class EventHandler {
public:
    virtual void handleEvents(Readiness ready) = 0;

protected:
    ~EventHandler() = default;
};

/// The registration of one descriptor; ends it when it goes, which must be before the descriptor
/// is closed and on the reactor's thread.
class Watch {
public:
    Watch() = default;
    Watch(Watch&& other) noexcept;
    Watch& operator=(Watch&& other) noexcept;
    ~Watch();

    [[nodiscard]] bool isActive() const { return m_reactor != nullptr; }
    void setInterest(Interest interest);
    void stop();

private:
    friend class Reactor;
    Watch(Reactor& reactor, std::uint32_t slot) : m_reactor(&reactor), m_slot(slot) {}

    Reactor* m_reactor = nullptr;
    std::uint32_t m_slot = 0;
};

/// An event loop over one poller: descriptors, timers, and calls posted by other threads. All but
/// post() and stop() belong to the thread that calls run().
class Reactor {
public:
    Reactor(PollerKind kind, TraceBatch trace = {});
    Reactor(const Reactor&) = delete;
    Reactor& operator=(const Reactor&) = delete;
    ~Reactor();

    Result<Watch> watch(int fd, Interest interest, EventHandler& handler);
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

    /// Fails where the system has no descriptors for the poller; to be called once, before run().
    Result<void> open();
    /// Handles events until stop() is called; fails only where the poller's wait does.
    Result<void> run();
    /// One wait and what it brought.
    Result<void> turn();
    /// Any thread: ends run() after the turn in which it is seen.
    void stop();
    /// Any thread: calls task on the loop's thread, in the order of posting.
    void post(std::function<void()> task);

private:
    friend class Watch;
    struct Slot {
        EventHandler* handler = nullptr;
        int fd = -1;
        std::uint32_t generation = 0;
        Interest interest = Interest::None;
    };
    class WakeHandler;

    [[nodiscard]] std::optional<Duration> waitLimit(TimePoint now) const;
    void dispatch();
    void runPosted();
    void traceWakeUp(Duration waited, Duration worked);
    DescriptorLists listDescriptors();
    void setInterest(std::uint32_t slot, Interest interest);
    void unwatch(std::uint32_t slot);
    void wake();

    std::unique_ptr<Poller> m_poller;
    TraceBatch m_trace;
    TimerQueue m_timers;
    std::vector<Slot> m_slots;
    std::vector<std::uint32_t> m_freeSlots;
    std::vector<PollEvent> m_events;
    std::unique_ptr<std::byte[]> m_receiveBuffer;
    std::size_t m_receiveSize = 0;
    std::optional<Duration> m_pollInterval;
    TimePoint m_turnTime;
    std::vector<int> m_listed; // the descriptors of one wake-up
    std::vector<std::shared_ptr<void>> m_deferred;

    UniqueFd m_wakeFd;
    int m_wakeError = 0;
    std::unique_ptr<WakeHandler> m_wakeHandler;
    Watch m_wakeWatch;
    std::atomic<bool> m_stopped = false;
    std::mutex m_postMutex;
    std::vector<std::function<void()>> m_posted; // under m_postMutex
    bool m_wakePending = false;                  // under m_postMutex
};

} // namespace sscope
