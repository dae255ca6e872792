#pragma once

#include <chrono>
#include <vector>

#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

namespace sscope::bench {

/// Nanoseconds that the calling thread was ready to run and had no core (schedstat, 2nd field).
inline double waitedForCore() {
    QFile file(QStringLiteral("/proc/thread-self/schedstat"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble();
}

/// A heart that beats with every turn of the event loop, at most once in interval. What lies
/// between two beats beyond the interval is what a person waits for.
class Heart : public QObject {
public:
    Heart() {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(interval);
        connect(&m_timer, &QTimer::timeout, this, &Heart::beat);
    }
    void start() {
        m_gaps.clear();
        m_clock.start();
        m_waited = waitedForCore();
        m_timer.start();
    }
    /// Milliseconds.
    const std::vector<double>& stop() {
        m_timer.stop();
        return m_gaps;
    }

private:
    static constexpr std::chrono::milliseconds interval{2};

    void beat() {
        const double waited = waitedForCore();
        const double gap = static_cast<double>(m_clock.nsecsElapsed()) - (waited - m_waited);
        m_gaps.push_back(gap / 1e6 - static_cast<double>(interval.count()));
        m_waited = waited;
        m_clock.start();
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_waited = 0;
    std::vector<double> m_gaps;
};

} // namespace sscope::bench
