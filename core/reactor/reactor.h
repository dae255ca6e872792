#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "core/base/unique_fd.h"
#include "core/reactor/event_loop.h"

namespace sscope {

/// An event loop over one poller: descriptors, timers, and calls posted by other threads. All but
/// post() and stop() belong to the thread that calls run().
class Reactor final : public EventLoop {
public:
    explicit Reactor(PollerKind kind, TraceBatch trace = {});
    ~Reactor() override;

    Result<Watch> watch(int fd, Interest interest, EventHandler& handler) override;
    void post(std::function<void()> task) override;

    /// Fails where the system has no descriptors for the poller; to be called once, before run().
    Result<void> open();
    /// Handles events until stop() is called; fails only where the poller's wait does.
    Result<void> run();
    /// One wait and what it brought.
    Result<void> turn();
    /// Any thread: ends run() after the turn in which it is seen.
    void stop();

private:
    struct Slot {
        EventHandler* handler = nullptr;
        int fd = -1;
        std::uint32_t generation = 0;
        Interest interest = Interest::None;
    };
    class WakeHandler;

    void dispatch();
    void runPosted();
    void traceWakeUp(Duration waited, Duration worked);
    DescriptorLists listDescriptors();
    void setInterest(std::uint32_t slot, Interest interest) override;
    void unwatch(std::uint32_t slot) override;
    void wake();

    std::unique_ptr<Poller> m_poller;
    std::vector<Slot> m_slots;
    std::vector<std::uint32_t> m_freeSlots;
    std::vector<PollEvent> m_events;
    std::vector<int> m_listed; // the descriptors of one wake-up

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
