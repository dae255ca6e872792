#include "core/trace/trace_outbox.h"

#include <algorithm>
#include <utility>

namespace sscope {

namespace {

/// What a consumer can miss without taking something that is gone for open, or the reverse.
bool mayBeDropped(const lifecycle::Event& what) {
    using namespace lifecycle;
    return std::holds_alternative<Rejected>(what) || std::holds_alternative<LimitReached>(what) ||
           std::holds_alternative<ProtocolError>(what) || std::holds_alternative<Failed>(what) ||
           std::holds_alternative<PeerFinished>(what) || std::holds_alternative<HalfClosed>(what) ||
           std::holds_alternative<Resolved>(what);
}

} // namespace

void TraceDrain::clear() {
    lifecycle.clear();
    states.clear();
    totals.clear();
    loops.clear();
    olderLog.clear();
    newerLog.clear();
    droppedEvents = 0;
    droppedLifecycle = 0;
}

TraceOutbox::TraceOutbox(Limits limits, std::function<void()> wake)
    : m_limits(limits), m_wake(std::move(wake)) {}

void TraceOutbox::append(TraceContent& content) {
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = std::exchange(m_isEmpty, false);
        appendLifecycle(content.lifecycle);
        appendStates(content.touched);
        if (content.hasTotals)
            appendTotals(content.totals);
        if (content.activity.wakeUps > 0)
            appendActivity(content.activity);
        appendLog(content.log);
    }
    if (wasEmpty && m_wake)
        m_wake();
}

void TraceOutbox::appendLifecycle(std::vector<LifecycleEvent>& events) {
    auto& kept = m_content.lifecycle;
    for (LifecycleEvent& event : events) {
        if (mergeWithAccept(event))
            continue;
        if (kept.size() >= m_limits.lifecycle && mayBeDropped(event.what)) {
            ++m_content.droppedLifecycle;
            continue;
        }
        if (std::holds_alternative<lifecycle::Accepted>(event.what))
            m_accepted.emplace(event.connection, kept.size());
        kept.push_back(std::move(event));
    }
}

/// The close of a connection whose accept has not been fetched yet makes one record of both, so
/// that what waits is bounded by the connections that are open, and the limit.
bool TraceOutbox::mergeWithAccept(LifecycleEvent& event) {
    auto* closed = std::get_if<lifecycle::Closed>(&event.what);
    const auto it = closed ? m_accepted.find(event.connection) : m_accepted.end();
    if (it == m_accepted.end())
        return false;
    const std::size_t index = it->second;
    m_accepted.erase(it);
    auto& kept = m_content.lifecycle;
    if (kept.size() > m_limits.lifecycle) {
        removeLifecycle(index);
        ++m_content.droppedLifecycle;
        return true;
    }
    LifecycleEvent& record = kept[index];
    lifecycle::Finished finished{std::get<lifecycle::Accepted>(std::move(record.what)), record.time,
                                 record.sequence, std::move(*closed)};
    record = {event.time, event.sequence, event.connection, std::move(finished)};
    return true;
}

/// The last takes its place.
void TraceOutbox::removeLifecycle(std::size_t index) {
    auto& kept = m_content.lifecycle;
    if (index + 1 < kept.size()) {
        kept[index] = std::move(kept.back());
        const auto moved = m_accepted.find(kept[index].connection);
        if (moved != m_accepted.end() && moved->second == kept.size() - 1)
            moved->second = index;
    }
    kept.pop_back();
}

void TraceOutbox::appendStates(std::vector<TracedCounters*>& touched) {
    auto& states = m_content.states;
    for (TracedCounters* source : touched) {
        source->isDirty = false;
        if (source->slotGeneration != m_generation) {
            if (source->peer != 0 && states.size() >= m_limits.peers)
                continue;
            source->slotGeneration = m_generation;
            source->slot = states.size();
            states.push_back({source->connection, source->peer, source->endpoint, {}});
        }
        states[source->slot].counters = source->counters;
    }
}

void TraceOutbox::appendTotals(const ServerTotals& totals) {
    const auto it = std::ranges::find(m_content.totals, totals.owner, &ServerTotals::owner);
    if (it != m_content.totals.end())
        *it += totals;
    else
        m_content.totals.push_back(totals);
}

void TraceOutbox::appendActivity(const LoopActivity& activity) {
    const auto isSame = [&](const LoopActivity& other) {
        return other.owner == activity.owner && other.loop == activity.loop;
    };
    auto it = std::ranges::find_if(m_content.loops, isSame);
    if (it == m_content.loops.end())
        it = m_content.loops.insert(it, {.owner = activity.owner, .loop = activity.loop});
    it->wakeUps += activity.wakeUps;
    it->timedOut += activity.timedOut;
    it->waited += activity.waited;
    it->worked += activity.worked;
    it->last = activity.last;
    it->descriptors = activity.descriptors;
}

void TraceOutbox::appendLog(const LogChunk& log) {
    if (log.events.empty() && log.wakeUps.empty())
        return;
    // Two halves: when the newer is full it becomes the older, and what was older is dropped. So
    // dropping costs nothing for each event, and at least half of the bound is always kept.
    LogChunk* newer = &m_content.newerLog;
    const std::size_t events = newer->events.size() + newer->wakeUps.size();
    const bool full = events + log.events.size() + log.wakeUps.size() > m_limits.logEvents / 2 ||
                      newer->heads.size() + log.heads.size() > m_limits.headBytes / 2;
    if (full && events > 0) {
        m_content.droppedEvents += m_content.olderLog.events.size();
        std::swap(m_content.olderLog, m_content.newerLog);
        newer->clear();
    }
    const auto base = static_cast<std::uint32_t>(newer->heads.size());
    newer->heads.insert(newer->heads.end(), log.heads.begin(), log.heads.end());
    const auto listBase = static_cast<std::uint32_t>(newer->descriptors.size());
    newer->descriptors.insert(newer->descriptors.end(), log.descriptors.begin(),
                              log.descriptors.end());
    for (WakeUp wakeUp : log.wakeUps) {
        wakeUp.listOffset += listBase;
        newer->wakeUps.push_back(wakeUp);
    }
    for (TraceEvent event : log.events) {
        event.headOffset += base;
        newer->events.push_back(event);
    }
}

void TraceOutbox::swap(TraceDrain& drain) {
    const std::lock_guard lock(m_mutex);
    std::swap(m_content, drain);
    m_isEmpty = true;
    m_accepted.clear();
    ++m_generation;
}

} // namespace sscope
