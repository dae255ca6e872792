#include "core/engine/table_reader.h"

#include <algorithm>

#include "core/reactor/reactor_thread.h"

namespace sscope {

namespace {

constexpr Duration sampleInterval = std::chrono::milliseconds(250);
constexpr std::size_t mostSamples = 240; // a minute's; then who asked for them takes none

} // namespace

TableReader::TableReader(TableKinds kinds, std::function<void()> wake)
    : m_table(kinds, DetailsFor::Watched), m_wake(std::move(wake)) {}

TableReader::~TableReader() {
    stopAndJoin();
}

void TableReader::setObserver(std::function<void(const TableUpdate&)> observer) {
    m_observer = std::move(observer);
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
    m_sampleAsked = true;
    m_changed.notify_one();
}

void TableReader::setKinds(TableKinds kinds) {
    const std::lock_guard lock(m_mutex);
    m_newKinds = kinds;
    m_asked = true;
    m_changed.notify_one();
}

void TableReader::watch(std::vector<std::uint64_t> cookies) {
    const std::lock_guard lock(m_mutex);
    m_newWatched = std::move(cookies);
}

void TableReader::inspect(std::optional<std::uint64_t> cookie) {
    const std::lock_guard lock(m_mutex);
    m_inspected = cookie;
    m_sampleAsked = cookie.has_value(); // at once, paused or not
    std::erase_if(m_samples, [&](const SocketSample& sample) { return sample.cookie != cookie; });
    m_changed.notify_one();
}

std::optional<TableUpdate> TableReader::take() {
    const std::lock_guard lock(m_mutex);
    m_changed.notify_one();
    return std::exchange(m_update, std::nullopt);
}

std::vector<SocketSample> TableReader::takeSamples() {
    const std::lock_guard lock(m_mutex);
    m_changed.notify_one();
    return std::exchange(m_samples, {});
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

bool TableReader::isSampleDue(TimePoint now) const {
    if (!m_inspected || m_samples.size() >= mostSamples)
        return false;
    return m_sampleAsked || (!m_paused && now >= m_nextSample);
}

void TableReader::wait(std::unique_lock<std::mutex>& lock) {
    std::optional<TimePoint> until;
    if (!m_paused && !m_update)
        until = m_next;
    if (!m_paused && m_inspected && m_samples.size() < mostSamples)
        until = until ? std::min(*until, m_nextSample) : m_nextSample;
    if (until)
        m_changed.wait_until(lock, *until);
    else
        m_changed.wait(lock);
}

void TableReader::run() {
    std::unique_lock lock(m_mutex);
    while (!m_ending) {
        const TimePoint now = SteadyClock::now();
        if (isDue(now))
            refresh(lock, now);
        else if (isSampleDue(now))
            sample(lock, now);
        else
            wait(lock);
    }
}

void TableReader::refresh(std::unique_lock<std::mutex>& lock, TimePoint now) {
    m_asked = false;
    if (m_newKinds)
        m_table.setKinds(*std::exchange(m_newKinds, std::nullopt));
    if (m_newWatched)
        m_table.watch(*std::exchange(m_newWatched, std::nullopt));
    lock.unlock();
    auto change = m_table.refresh(now);
    TableUpdate update{now, std::move(change), m_table.stats()};
    if (m_observer)
        m_observer(update);
    lock.lock();
    m_update = std::move(update);
    m_next = now + m_interval;
    lock.unlock();
    m_wake();
    lock.lock();
}

void TableReader::sample(std::unique_lock<std::mutex>& lock, TimePoint now) {
    m_sampleAsked = false;
    m_nextSample = now + sampleInterval;
    const std::uint64_t cookie = *m_inspected;
    lock.unlock();
    SocketSample sample{now, cookie, m_table.readNow(cookie)};
    lock.lock();
    if (m_inspected != cookie)
        return; // another one was chosen meanwhile
    if (!sample.row)
        m_inspected.reset();
    m_samples.push_back(std::move(sample));
    lock.unlock();
    m_wake();
    lock.lock();
}

} // namespace sscope
