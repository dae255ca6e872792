#pragma once

#include <vector>

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include "core/reactor/event_loop.h"

namespace sscope {

/// Qt's event loop of the current thread as our own loops are: notifiers, one timer for all timers,
/// queued calls. Owned by a server's thread, made and destroyed on it.
class QtEventLoop final : public QObject, public EventLoop {
public:
    explicit QtEventLoop(TraceBatch trace);
    ~QtEventLoop() override;

    Result<Watch> watch(int fd, Interest interest, EventHandler& handler) override;
    void post(std::function<void()> task) override;
    /// Whatever Qt calls begins with this, so that turnTime() is right.
    void enter() { beginTurn(); }

private:
    struct Slot {
        EventHandler* handler = nullptr;
        QSocketNotifier* read = nullptr;
        QSocketNotifier* write = nullptr;
    };

    void setInterest(std::uint32_t slot, Interest interest) override;
    void unwatch(std::uint32_t slot) override;
    QSocketNotifier* makeNotifier(int fd, QSocketNotifier::Type type, std::uint32_t slot);
    void finishTurn();
    void armTimer();

    std::vector<Slot> m_slots;
    std::vector<std::uint32_t> m_freeSlots;
    QTimer m_timer;
    std::optional<TimePoint> m_armedFor;
};

} // namespace sscope
