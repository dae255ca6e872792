#include "core/qt/qt_event_loop.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <QAbstractEventDispatcher>

namespace sscope {

QtEventLoop::QtEventLoop(TraceBatch trace) : EventLoop(std::move(trace)) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        enter();
        m_armedFor.reset();
        timers().expire(turnTime());
    });
    // Comes once for each round of the loop, whichever dispatcher Qt has chosen.
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this,
            &QtEventLoop::finishTurn);
}

QtEventLoop::~QtEventLoop() {
    dropDeferred();
    trace().flush();
}

Result<Watch> QtEventLoop::watch(int fd, Interest interest, EventHandler& handler) {
    if (m_freeSlots.empty()) {
        m_freeSlots.push_back(static_cast<std::uint32_t>(m_slots.size()));
        m_slots.emplace_back();
    }
    const std::uint32_t index = m_freeSlots.back();
    m_freeSlots.pop_back();
    m_slots[index] = {&handler, makeNotifier(fd, QSocketNotifier::Read, index),
                      makeNotifier(fd, QSocketNotifier::Write, index)};
    setInterest(index, interest);
    return makeWatch(index);
}

QSocketNotifier* QtEventLoop::makeNotifier(int fd, QSocketNotifier::Type type,
                                           std::uint32_t index) {
    auto* notifier = new QSocketNotifier(type, this);
    notifier->setSocket(fd);
    connect(notifier, &QSocketNotifier::activated, this, [this, index, type] {
        enter();
        if (EventHandler* handler = m_slots[index].handler)
            handler->handleEvents({.readable = type == QSocketNotifier::Read,
                                   .writable = type == QSocketNotifier::Write});
    });
    return notifier;
}

void QtEventLoop::setInterest(std::uint32_t index, Interest interest) {
    const Slot& slot = m_slots[index];
    slot.read->setEnabled(wantsRead(interest));
    slot.write->setEnabled(wantsWrite(interest));
}

void QtEventLoop::unwatch(std::uint32_t index) {
    const Slot slot = std::exchange(m_slots[index], {});
    for (QSocketNotifier* notifier : {slot.read, slot.write}) {
        notifier->setEnabled(false);
        notifier->disconnect(this);
        notifier->deleteLater(); // this may be called from within its signal
    }
    m_freeSlots.push_back(index);
}

void QtEventLoop::post(std::function<void()> task) {
    QMetaObject::invokeMethod(
        this,
        [this, task = std::move(task)] {
            enter();
            task();
        },
        Qt::QueuedConnection);
}

void QtEventLoop::finishTurn() {
    endTurn();
    armTimer();
}

void QtEventLoop::armTimer() {
    const auto limit = waitLimit(turnTime());
    if (!limit) {
        m_timer.stop();
        m_armedFor.reset();
        return;
    }
    const TimePoint deadline = turnTime() + *limit;
    if (m_armedFor == deadline)
        return;
    m_armedFor = deadline;
    const Duration left = std::max<Duration>(deadline - SteadyClock::now(), Duration::zero());
    m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(left));
}

} // namespace sscope
