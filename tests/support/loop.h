#pragma once

#include <chrono>
#include <functional>

#include <QtTest>

#include "core/reactor/reactor.h"

namespace sscope::test {

/// A global data row for each poller: whatever polls is tested with all three.
inline void addPollerRows() {
    QTest::addColumn<int>("poller");
    for (const PollerKind kind : {PollerKind::Select, PollerKind::Poll, PollerKind::Epoll})
        QTest::newRow(pollerName(kind).data()) << static_cast<int>(kind);
}

inline PollerKind currentPoller() {
    QFETCH_GLOBAL(int, poller);
    return static_cast<PollerKind>(poller);
}

/// A reactor on the test's own thread.
class Loop {
public:
    explicit Loop(TraceBatch trace = {}) : Loop(currentPoller(), std::move(trace)) {}
    Loop(PollerKind kind, TraceBatch trace) : m_reactor(kind, std::move(trace)) {
        m_opened = m_reactor.open().has_value();
    }

    Reactor& reactor() { return m_reactor; }
    operator Reactor&() { return m_reactor; }

    /// Runs until the condition holds; false after ten seconds without.
    bool runUntil(const std::function<bool()>& condition) {
        const TimePoint limit = SteadyClock::now() + std::chrono::seconds(10);
        while (m_opened && !condition() && SteadyClock::now() < limit)
            runOnce();
        return condition();
    }

    /// One turn: what is ready now, or becomes so within a few milliseconds.
    void runOnce() {
        m_reactor.setPollInterval(std::chrono::milliseconds(5));
        (void)m_reactor.turn();
    }

private:
    Reactor m_reactor;
    bool m_opened = false;
};

} // namespace sscope::test
