#include "core/engine/closed_reader.h"

#include <cerrno>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>

#include "core/reactor/reactor_thread.h"

namespace sscope {

namespace {

constexpr Duration forEver = std::chrono::hours(1);
// Messages come one at a time; at thousands a second they are read some dozens at a time.
constexpr int restMs = 4;

} // namespace

ClosedReader::ClosedReader(std::function<void()> wake, std::size_t mostBuffer)
    : m_wake(std::move(wake)), m_source(mostBuffer) {}

ClosedReader::~ClosedReader() {
    stopAndJoin();
}

Result<void> ClosedReader::start() {
    m_end.reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!m_end.isOpen())
        return Failure(systemError(errno, "eventfd"));
    if (auto opened = m_source.open(); !opened)
        return opened;
    auto started = startThread("closed", [this] { run(); });
    if (!started)
        return Failure(std::move(started.error()));
    m_thread = std::move(*started);
    return {};
}

void ClosedReader::learn(const TableChange& change, TimePoint now) {
    const std::lock_guard lock(m_seenMutex);
    m_seen.learn(change, now);
}

std::vector<HistoryEntry> ClosedReader::take() {
    const std::lock_guard lock(m_waitingMutex);
    std::vector<HistoryEntry> entries = std::exchange(m_waiting, {});
    if (const auto lost = std::exchange(m_unfetched, 0); lost != 0)
        entries.emplace_back(HistoryGap{std::chrono::system_clock::now(), lost});
    return entries;
}

void ClosedReader::stopAndJoin() {
    if (!m_thread.joinable())
        return;
    m_isEnding = true;
    ::eventfd_write(m_end.get(), 1);
    m_thread.join();
}

void ClosedReader::run() {
    std::vector<SocketRow> rows;
    while (!m_isEnding) {
        m_source.wait(m_end.get(), forEver);
        const std::uint64_t lost = m_source.read(rows);
        if (rows.empty() && lost == 0)
            continue;
        handOver(rows, lost);
        rows.clear();
        pollfd end{m_end.get(), POLLIN, 0};
        ::poll(&end, 1, restMs);
    }
}

void ClosedReader::handOver(std::vector<SocketRow>& rows, std::uint64_t lost) {
    std::vector<HistoryEntry> entries = complete(rows);
    if (lost != 0)
        entries.emplace_back(HistoryGap{std::chrono::system_clock::now(), lost});
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_waitingMutex);
        wasEmpty = m_waiting.empty() && m_unfetched == 0;
        for (HistoryEntry& entry : entries) {
            const auto* gap = std::get_if<HistoryGap>(&entry);
            if (m_waiting.size() < mostWaiting)
                m_waiting.push_back(std::move(entry));
            else
                m_unfetched += gap ? gap->lost : 1;
        }
    }
    if (wasEmpty && m_wake)
        m_wake();
}

std::vector<HistoryEntry> ClosedReader::complete(std::vector<SocketRow>& rows) {
    const auto now = SteadyClock::now();
    const auto closedAt = std::chrono::system_clock::now();
    std::vector<HistoryEntry> entries;
    entries.reserve(rows.size() + 1);
    const std::lock_guard lock(m_seenMutex);
    for (SocketRow& row : rows) {
        ClosedSocket closed{std::move(row), closedAt, {}, {}};
        m_seen.complete(closed, now);
        entries.emplace_back(std::move(closed));
    }
    return entries;
}

} // namespace sscope
