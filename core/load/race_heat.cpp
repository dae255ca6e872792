#include "core/load/race_heat.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>

namespace sscope {

void UsageWatch::begin() {
    const ServerUsage seen = processUsage(m_pid);
    const std::lock_guard lock(m_mutex);
    m_usage = seen;
    m_usage.cpu = {};
    m_cpuBefore = seen.cpu;
}

void UsageWatch::look() {
    const ServerUsage seen = processUsage(m_pid);
    const std::lock_guard lock(m_mutex);
    m_usage.memory = std::max(m_usage.memory, seen.memory);
    m_usage.threads = std::max(m_usage.threads, seen.threads);
    m_usage.processes = std::max(m_usage.processes, seen.processes);
    m_usage.cpu = seen.cpu - m_cpuBefore;
}

void UsageWatch::end() {
    const Duration cpu = processCpuTime(m_pid);
    const std::lock_guard lock(m_mutex);
    m_usage.cpu = cpu - m_cpuBefore;
}

ServerUsage UsageWatch::usage() const {
    const std::lock_guard lock(m_mutex);
    return m_usage;
}

RaceHeat::RaceHeat(RaceServer& server, LoadConfig load, CancelSignal cancel,
                   std::function<void()> progressed)
    : m_server(server),
      m_cancel(std::move(cancel)),
      m_progressed(std::move(progressed)),
      m_halfTime(load.duration / 2),
      m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_usage(server.pid()),
      m_load(std::move(load), [this] { loadProgressed(); }) {}

/// On the load's thread: before anything is measured, and when nothing is any more.
void RaceHeat::loadProgressed() {
    const LoadPhase phase = m_load.phase();
    if (phase == LoadPhase::Connecting)
        m_usage.begin();
    else if (phase >= LoadPhase::Done)
        m_usage.end();
    ::eventfd_write(m_wake.get(), 1);
    m_progressed();
}

Result<void> RaceHeat::run() {
    if (!m_wake.isOpen()) // nothing would tell of the load's end
        return Failure(systemError(EMFILE, "eventfd"));
    if (auto started = m_load.start(); !started)
        return started;
    auto followed = follow();
    m_load.cancel();
    m_load.wait();
    if (!followed)
        return followed;
    const LoadResult result = m_load.snapshot();
    if (result.failure)
        return Failure(*result.failure);
    if (m_cancel.isSet())
        return Failure(systemError(ECANCELED, "race"));
    return {};
}

Result<void> RaceHeat::follow() {
    bool hasLooked = false;
    for (;;) {
        pollfd waiting[] = {
            {m_wake.get(), POLLIN, 0}, {m_server.output(), POLLIN, 0}, {m_cancel.fd(), POLLIN, 0}};
        ::poll(waiting, std::size(waiting), -1); // the load wakes us ten times a second
        eventfd_t count = 0;
        ::eventfd_read(m_wake.get(), &count);
        if (auto drained = m_server.drain(); !drained)
            return drained;
        const LoadResult load = m_load.snapshot();
        if (load.isOver() || m_cancel.isSet())
            return {};
        if (load.elapsed >= m_halfTime && !std::exchange(hasLooked, true))
            m_usage.look();
    }
}

void RaceHeat::writeTo(RaceEntry& entry) const {
    entry.load = m_load.snapshot();
    entry.underLoad = m_usage.usage();
}

} // namespace sscope
