#include "core/engine/table_reader.h"

#include "core/reactor/reactor_thread.h"

namespace sscope {

TableReader::TableReader(TableKinds kinds, std::function<void()> wake)
    : m_table(kinds), m_wake(std::move(wake)) {}

TableReader::~TableReader() {
    stopAndJoin();
}

Result<void> TableReader::start(Duration interval) {
    m_interval = interval;
    m_next = SteadyClock::now();
    auto started = startThread("table", [this] { run(); });
    if (!started)
        return Failure(std::move(started.error()));
    m_thread = std::move(*started);
    return {};
}

void TableReader::setInterval(Duration interval) {
    const std::lock_guard lock(m_mutex);
    m_next += interval - m_interval;
    m_interval = interval;
    m_changed.notify_one();
}

void TableReader::setPaused(bool paused) {
    const std::lock_guard lock(m_mutex);
    m_paused = paused;
    m_changed.notify_one();
}

void TableReader::refreshNow() {
    const std::lock_guard lock(m_mutex);
    m_asked = true;
    m_changed.notify_one();
}

std::optional<TableUpdate> TableReader::take() {
    const std::lock_guard lock(m_mutex);
    m_changed.notify_one();
    return std::exchange(m_update, std::nullopt);
}

void TableReader::stopAndJoin() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

bool TableReader::isDue(TimePoint now) const {
    return !m_update && (m_asked || (!m_paused && now >= m_next));
}

void TableReader::run() {
    std::unique_lock lock(m_mutex);
    while (!m_ending) {
        const TimePoint now = SteadyClock::now();
        if (!isDue(now)) {
            if (m_update || m_paused)
                m_changed.wait(lock);
            else
                m_changed.wait_until(lock, m_next);
            continue;
        }
        m_asked = false;
        lock.unlock();
        auto change = m_table.refresh(now);
        lock.lock();
        m_update = TableUpdate{now, std::move(change), m_table.stats()};
        m_next = now + m_interval;
        lock.unlock();
        m_wake();
        lock.lock();
    }
}

} // namespace sscope
