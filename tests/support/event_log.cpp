#include "tests/support/event_log.h"

#include <algorithm>

#include "core/base/bytes.h"
#include "core/net/endpoint.h"

namespace sscope::test {

EventLog::EventLog()
    : m_outbox({}, [this] {
          const std::lock_guard lock(m_mutex);
          m_woken = true;
          m_changed.notify_one();
      }) {}

void EventLog::fetch() {
    TraceDrain drain;
    m_outbox.swap(drain);
    for (LifecycleEvent& event : drain.lifecycle) {
        // As two events, so that a test need not care whether they came within one batch.
        if (auto* finished = std::get_if<lifecycle::Finished>(&event.what)) {
            m_lifecycle.push_back({finished->acceptedAt, finished->acceptedSequence,
                                   event.connection, finished->accepted});
            m_lifecycle.push_back({event.time, event.sequence, event.connection, finished->closed});
        } else {
            m_lifecycle.push_back(std::move(event));
        }
    }
    for (const LogChunk* chunk : {&drain.olderLog, &drain.newerLog}) {
        for (const TraceEvent& event : chunk->events)
            m_log.push_back({event, std::string(textOf(chunk->head(event)))});
        m_wakeUps.insert(m_wakeUps.end(), chunk->wakeUps.begin(), chunk->wakeUps.end());
    }
    for (const ConnectionState& state : drain.states) {
        std::erase_if(m_states, [&](const ConnectionState& old) {
            return old.connection == state.connection && old.peer == state.peer;
        });
        m_states.push_back(state);
    }
    for (const ServerTotals& totals : drain.totals)
        m_totals += totals;
    m_loops.insert(m_loops.end(), drain.loops.begin(), drain.loops.end());
}

bool EventLog::waitUntil(const std::function<bool()>& condition) {
    const TimePoint limit = SteadyClock::now() + std::chrono::seconds(10);
    for (;;) {
        fetch();
        if (condition())
            return true;
        if (SteadyClock::now() > limit)
            return false;
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::milliseconds(20), [this] { return m_woken; });
        m_woken = false;
    }
}

std::vector<EventLog::Logged> EventLog::logged(TraceKind kind) {
    fetch();
    std::vector<Logged> found;
    std::ranges::copy_if(m_log, std::back_inserter(found),
                         [&](const Logged& entry) { return entry.event.kind == kind; });
    return found;
}

std::vector<WakeUp> EventLog::wakeUps() {
    fetch();
    return m_wakeUps;
}

std::vector<ConnectionState> EventLog::states() {
    fetch();
    return m_states;
}

Counters EventLog::countersOf(ConnectionId connection, PeerId peer) {
    fetch();
    for (const ConnectionState& state : m_states) {
        if (state.connection == connection && state.peer == peer)
            return state.counters;
    }
    return {};
}

ServerTotals EventLog::totals() {
    fetch();
    return m_totals;
}

std::vector<LoopActivity> EventLog::loops() {
    fetch();
    return m_loops;
}

std::uint16_t EventLog::port() {
    return parseEndpoint(first<lifecycle::Listening>().endpoint)->port;
}

} // namespace sscope::test
