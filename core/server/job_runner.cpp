#include "core/server/job_runner.h"

#include "core/reactor/reactor_thread.h"

namespace sscope {

JobRunner::~JobRunner() {
    std::deque<Entry> dropped; // without the lock: what a job holds may take its time to go
    std::unique_lock lock(m_mutex);
    m_ending = true;
    dropped.swap(m_waiting);
    lock.unlock();
    dropped.clear();
    lock.lock();
    m_ended.wait(lock, [this] { return m_threads.empty(); });
    join(m_over);
}

void JobRunner::join(Threads& ended) {
    for (std::thread& thread : ended)
        thread.join(); // it has nothing left to do
    ended.clear();
}

bool JobRunner::submit(Job job, std::function<void(std::string)> done) {
    Threads ended;
    std::deque<Entry> dropped; // goes without the lock
    {
        const std::lock_guard lock(m_mutex);
        ended.swap(m_over);
        m_waiting.push_back({std::move(job), std::move(done)});
        if (m_threads.size() < mostAtOnce) {
            const auto self = m_threads.emplace(m_threads.end());
            // It waits for the lock, and finds itself in the list.
            if (auto started = startThread("job", [this, self] { run(self); }))
                *self = std::move(*started);
            else
                m_threads.erase(self);
        }
        if (m_threads.empty()) // those that are there run all that waits before they leave
            dropped.swap(m_waiting);
    }
    join(ended);
    return dropped.empty();
}

void JobRunner::run(Threads::iterator self) {
    std::unique_lock lock(m_mutex);
    while (!m_waiting.empty()) {
        Entry entry = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        entry.done(entry.job());
        entry = {}; // what it holds goes without the lock
        lock.lock();
    }
    m_over.splice(m_over.end(), m_threads, self);
    if (m_ending)
        m_ended.notify_all();
}

} // namespace sscope
