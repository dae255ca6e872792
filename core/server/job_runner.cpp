#include "core/server/job_runner.h"

#include "core/reactor/reactor_thread.h"

namespace sscope {

JobRunner::~JobRunner() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        m_waiting.clear();
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void JobRunner::submit(Job job, std::function<void(std::string)> done) {
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back({std::move(job), std::move(done)});
    m_changed.notify_one();
    if (m_thread.joinable())
        return;
    // Without a thread the job waits; the next submit tries again.
    if (auto started = startThread("jobs", [this] { run(); }))
        m_thread = std::move(*started);
}

void JobRunner::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_ending || !m_waiting.empty(); });
        if (m_ending)
            return;
        Entry entry = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        entry.done(entry.job());
        lock.lock();
    }
}

} // namespace sscope
