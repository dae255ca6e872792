#include "core/client/send_plan.h"

#include <algorithm>
#include <utility>

namespace sscope {

namespace {

// A turn sends at most so many, so that a plan without pauses leaves time for the others.
constexpr int sendsPerTurn = 64;

} // namespace

PlanRunner::PlanRunner(Reactor& reactor, ClientSession& session, SendPlan plan, MacroValues& values,
                       std::shared_ptr<SendProgress> progress)
    : m_session(session),
      m_plan(std::move(plan)),
      m_values(values),
      m_progress(std::move(progress)),
      m_timer(reactor.timers(), [this] { pump(); }),
      m_roundBegan(SteadyClock::now()),
      m_due(m_roundBegan) {}

void PlanRunner::mayHaveRoom() {
    // What told of it may not be done with its queue.
    if (!m_isPumping && !m_timer.isActive())
        m_timer.start(SteadyClock::now());
}

void PlanRunner::pump() {
    m_isPumping = true;
    for (int sent = 0; !isOver() && m_session.isIdle(); ++sent) {
        if (m_next == 0 && m_plan.count > 0 && m_rounds == m_plan.count) {
            m_progress->end(SendProgress::State::Done);
            break;
        }
        const TimePoint now = SteadyClock::now();
        if (m_due > now || sent == sendsPerTurn) {
            m_timer.start(std::max(m_due, now));
            break;
        }
        sendNext(now);
    }
    m_isPumping = false;
}

void PlanRunner::sendNext(TimePoint now) {
    if (m_next == 0) {
        ++m_rounds;
        m_roundBegan = now - m_due < m_plan.interval ? m_due : now;
    }
    const SendStep& step = m_plan.steps[m_next];
    const std::vector<std::byte> content = step.content.make(m_values, wallNow());
    m_progress->messages.fetch_add(1, std::memory_order_relaxed);
    m_progress->bytes.fetch_add(content.size(), std::memory_order_relaxed);
    m_next = (m_next + 1) % m_plan.steps.size();
    m_due = now + step.delayAfter;
    if (m_next == 0)
        m_due = std::max(m_due, m_roundBegan + m_plan.interval);
    m_session.send({.content = content, .header = step.header});
}

} // namespace sscope
