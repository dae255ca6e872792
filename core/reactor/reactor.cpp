#include "core/reactor/reactor.h"

#include <cerrno>
#include <utility>

#include <sys/eventfd.h>

namespace sscope {

/// Empties the eventfd; what woke the loop is found in the queue of posted tasks.
class Reactor::WakeHandler final : public EventHandler {
public:
    explicit WakeHandler(int fd) : m_fd(fd) {}
    void handleEvents(Readiness) override {
        eventfd_t value = 0;
        ::eventfd_read(m_fd, &value);
    }

private:
    int m_fd;
};

Reactor::Reactor(PollerKind kind, TraceBatch trace)
    : EventLoop(std::move(trace)),
      m_poller(makePoller(kind)),
      m_wakeFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_wakeError(m_wakeFd.isOpen() ? 0 : errno),
      m_wakeHandler(std::make_unique<WakeHandler>(m_wakeFd.get())) {}

Reactor::~Reactor() {
    // Tasks may own what watches descriptors or runs timers here.
    m_posted.clear();
    dropDeferred();
    m_wakeWatch.stop();
}

Result<Watch> Reactor::watch(int fd, Interest interest, EventHandler& handler) {
    if (m_freeSlots.empty()) {
        m_freeSlots.push_back(static_cast<std::uint32_t>(m_slots.size()));
        m_slots.emplace_back();
    }
    const std::uint32_t index = m_freeSlots.back();
    Slot& slot = m_slots[index];
    const std::uint32_t generation = slot.generation + 1;
    if (auto added = m_poller->add(fd, interest, {index, generation}); !added)
        return Failure(std::move(added.error()));
    m_freeSlots.pop_back();
    slot = {&handler, fd, generation, interest};
    return makeWatch(index);
}

void Reactor::setInterest(std::uint32_t index, Interest interest) {
    Slot& slot = m_slots[index];
    if (slot.interest == interest)
        return;
    slot.interest = interest;
    m_poller->modify(slot.fd, interest, {index, slot.generation});
}

void Reactor::unwatch(std::uint32_t index) {
    Slot& slot = m_slots[index];
    m_poller->remove(slot.fd);
    slot = {nullptr, -1, slot.generation + 1, Interest::None};
    m_freeSlots.push_back(index);
}

Result<void> Reactor::open() {
    if (!m_wakeFd.isOpen())
        return Failure(systemError(m_wakeError, "eventfd"));
    if (m_wakeWatch.isActive())
        return {}; // a thread that could not be started is tried again
    auto watched = watch(m_wakeFd.get(), Interest::Read, *m_wakeHandler);
    if (!watched)
        return Failure(std::move(watched.error()));
    m_wakeWatch = std::move(*watched);
    return {};
}

Result<void> Reactor::run() {
    while (!m_stopped.load(std::memory_order_acquire)) {
        if (auto turned = turn(); !turned)
            return turned;
    }
    return {};
}

Result<void> Reactor::turn() {
    m_events.clear();
    const TimePoint before = SteadyClock::now();
    const Duration worked = before - turnTime();
    if (auto waited = m_poller->wait(waitLimit(before), m_events); !waited)
        return waited;
    beginTurn();
    if (trace().watchesLoop())
        traceWakeUp(turnTime() - before, worked);
    dispatch();
    timers().expire(turnTime());
    runPosted();
    endTurn();
    return {};
}

void Reactor::dispatch() {
    for (const PollEvent& event : m_events) {
        const Slot& slot = m_slots[event.key.slot];
        if (slot.generation == event.key.generation && slot.handler)
            slot.handler->handleEvents(event.ready);
    }
}

void Reactor::runPosted() {
    std::vector<std::function<void()>> tasks;
    {
        const std::lock_guard lock(m_postMutex);
        if (m_posted.empty())
            return;
        tasks.swap(m_posted);
        m_wakePending = false;
    }
    for (auto& task : tasks)
        task();
}

void Reactor::traceWakeUp(Duration waited, Duration worked) {
    const bool timedOut = m_events.empty();
    WakeUp wakeUp{.time = turnTime(),
                  .registered = static_cast<std::uint32_t>(m_slots.size() - m_freeSlots.size() - 1),
                  .timedOut = timedOut};
    wakeUp.waitedMicroseconds = static_cast<std::uint32_t>(microseconds(waited));
    wakeUp.workedMicroseconds = static_cast<std::uint32_t>(microseconds(worked));
    bool isOwnOnly = !timedOut;
    for (const PollEvent& event : m_events) {
        if (m_slots[event.key.slot].fd == m_wakeFd.get())
            continue;
        isOwnOnly = false;
        wakeUp.readable += event.ready.readable ? 1 : 0;
        wakeUp.writable += event.ready.writable ? 1 : 0;
    }
    if (isOwnOnly)
        return; // a call that another thread has posted says nothing about the multiplexer
    wakeUp.isListed = wakeUp.registered <= mostListedDescriptors;
    trace().add(wakeUp, waited, worked, wakeUp.isListed ? listDescriptors() : DescriptorLists());
}

/// As select() would give them back: those watched, those readable, those writable.
DescriptorLists Reactor::listDescriptors() {
    m_listed.clear();
    for (const Slot& slot : m_slots) {
        if (slot.handler && slot.fd != m_wakeFd.get())
            m_listed.push_back(slot.fd);
    }
    const std::size_t registered = m_listed.size();
    const auto add = [this](bool Readiness::*ready) {
        for (const PollEvent& event : m_events) {
            const int fd = m_slots[event.key.slot].fd;
            if (event.ready.*ready && fd != m_wakeFd.get())
                m_listed.push_back(fd);
        }
        return m_listed.size();
    };
    const std::size_t readable = add(&Readiness::readable);
    add(&Readiness::writable);
    const std::span<const int> all(m_listed);
    return {all.first(registered), all.subspan(registered, readable - registered),
            all.subspan(readable)};
}

void Reactor::stop() {
    m_stopped.store(true, std::memory_order_release);
    wake();
}

void Reactor::post(std::function<void()> task) {
    {
        const std::lock_guard lock(m_postMutex);
        m_posted.push_back(std::move(task));
        if (std::exchange(m_wakePending, true))
            return;
    }
    wake();
}

void Reactor::wake() {
    ::eventfd_write(m_wakeFd.get(), 1);
}

} // namespace sscope
