#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "core/trace/trace_outbox.h"

namespace sscope::test {

/// An outbox that keeps all it is told, in the order of time.
class EventLog {
public:
    EventLog();

    TraceOutbox& outbox() { return m_outbox; }
    /// Fetches and waits until the condition holds; false after ten seconds without.
    bool waitUntil(const std::function<bool()>& condition);

    template <typename T>
    std::vector<LifecycleEvent> all() {
        fetch();
        std::vector<LifecycleEvent> found;
        for (const LifecycleEvent& event : m_lifecycle) {
            if (std::holds_alternative<T>(event.what))
                found.push_back(event);
        }
        return found;
    }
    template <typename T>
    bool waitFor(std::size_t count = 1) {
        return waitUntil([&] { return all<T>().size() >= count; });
    }
    /// The first event of its kind; throws where there is none.
    template <typename T>
    T first() {
        return std::get<T>(all<T>().at(0).what);
    }

    /// Log events of one kind with their heads.
    struct Logged {
        TraceEvent event;
        std::string head;
    };
    std::vector<Logged> logged(TraceKind kind);
    std::vector<WakeUp> wakeUps();
    Counters countersOf(ConnectionId connection, PeerId peer = 0);
    ServerTotals totals();
    /// What each loop has done, one entry for each drain.
    std::vector<LoopActivity> loops();
    /// The port in the first Listening event.
    std::uint16_t port();
    std::vector<ConnectionState> states();

private:
    void fetch();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_woken = false;
    TraceOutbox m_outbox;
    std::vector<LifecycleEvent> m_lifecycle;
    std::vector<Logged> m_log;
    std::vector<WakeUp> m_wakeUps;
    std::vector<ConnectionState> m_states;
    ServerTotals m_totals;
    std::vector<LoopActivity> m_loops;
};

} // namespace sscope::test
