#include "core/server/source_delays.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <new>

#include <pthread.h>
#include <sys/mman.h>

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr Duration firstDelay = 1s;
constexpr Duration longestDelay = 60s;
// Slips that cost only their own answer.
constexpr std::uint32_t slips = 2;
// A source that has been quiet for so long after its delay starts anew.
constexpr Duration memory = 15min;
constexpr std::size_t mostSources = 4096;

Duration delayAfter(std::uint32_t failures) {
    constexpr std::uint32_t mostDoublings = 6;
    return std::min(firstDelay * (1 << std::min(failures - 1, mostDoublings)), longestDelay);
}

} // namespace

/// Plain memory, so that it means the same in each process.
struct SourceDelays::Table {
    struct Entry {
        std::array<char, 40> source{}; // an address, a /64 or "uid N", cut to fit
        std::uint8_t length = 0;
        std::uint32_t failures = 0; // 0: the entry is free
        Duration heldUntil{};       // of the steady clock, which all processes share

        [[nodiscard]] bool isOf(std::string_view name) const {
            return failures > 0 && std::string_view(source.data(), length) == name;
        }
    };

    Table() {
        pthread_mutexattr_t attributes;
        ::pthread_mutexattr_init(&attributes);
        ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
        // A process that is killed while it holds the lock does not take it along.
        ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
        ::pthread_mutex_init(&mutex, &attributes);
        ::pthread_mutexattr_destroy(&attributes);
    }

    void lock() {
        if (::pthread_mutex_lock(&mutex) == EOWNERDEAD)
            ::pthread_mutex_consistent(&mutex);
    }
    void unlock() { ::pthread_mutex_unlock(&mutex); }

    Entry* find(std::string_view name) {
        const auto it = std::ranges::find_if(entries, [&](const Entry& e) { return e.isOf(name); });
        return it == entries.end() ? nullptr : &*it;
    }
    /// A free one, or that of the source which is free again first.
    Entry& take(std::string_view name) {
        Entry& entry = *std::ranges::min_element(entries, {}, [](const Entry& e) {
            return e.failures == 0 ? Duration::min() : e.heldUntil;
        });
        entry = {};
        entry.length = static_cast<std::uint8_t>(name.size());
        std::memcpy(entry.source.data(), name.data(), name.size());
        return entry;
    }

    pthread_mutex_t mutex{};
    std::array<Entry, mostSources> entries{};
};

SourceDelays::SourceDelays() {
    void* memory =
        ::mmap(nullptr, sizeof(Table), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory != MAP_FAILED)
        m_table = new (memory) Table;
}

SourceDelays::~SourceDelays() {
    if (m_table)
        ::munmap(m_table, sizeof(Table)); // a process that was forked may still use it
}

Duration SourceDelays::heldFor(std::string_view source, TimePoint now) {
    source = source.substr(0, std::tuple_size_v<decltype(Table::Entry::source)>);
    m_table->lock();
    const Table::Entry* const entry = m_table->find(source);
    const bool isHeld = entry && entry->failures >= slips;
    const Duration left = isHeld ? entry->heldUntil - now.time_since_epoch() : Duration::zero();
    m_table->unlock();
    return std::max(left, Duration::zero());
}

TokenVerdict SourceDelays::judge(std::string_view source, bool isRight, TimePoint now) {
    source = source.substr(0, std::tuple_size_v<decltype(Table::Entry::source)>);
    const Duration time = now.time_since_epoch();
    m_table->lock();
    Table::Entry* entry = m_table->find(source);
    if (entry && entry->heldUntil + memory < time) {
        *entry = {};
        entry = nullptr;
    }
    TokenVerdict verdict{TokenVerdict::Kind::Accepted, {}};
    if (entry && entry->failures >= slips && entry->heldUntil > time) {
        verdict = {TokenVerdict::Kind::NotYet, entry->heldUntil - time};
    } else if (!isRight) {
        if (!entry)
            entry = &m_table->take(source);
        entry->failures += 1;
        verdict = {TokenVerdict::Kind::Wrong, delayAfter(entry->failures)};
        entry->heldUntil = time + verdict.delay;
    } else if (entry) {
        *entry = {};
    }
    m_table->unlock();
    return verdict;
}

} // namespace sscope
