#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/client/client_session.h"
#include "core/client/message_template.h"
#include "core/client/send_progress.h"

namespace sscope {

/// One message of a plan, and how long nothing follows it.
struct SendStep {
    MessageTemplate content{};
    std::vector<HeaderField> header{};
    Duration delayAfter{};
};

/// Messages that are sent in order, so many times over.
struct SendPlan {
    std::vector<SendStep> steps{};
    std::uint64_t count = 1; // of rounds; 0 until it is stopped
    Duration interval{};     // from when a round is due to the next
};

/// Carries a plan out over a session, on its loop's thread. A message is given to the session only
/// when nothing waits there, so that a slow peer is waited for and a stop leaves nothing behind.
/// A round that is late is not made up for. The session's owner passes on what it hears: canSend()
/// may have changed, a failure, the end.
class PlanRunner {
public:
    /// values and session outlive it.
    PlanRunner(Reactor& reactor, ClientSession& session, SendPlan plan, MacroValues& values,
               std::shared_ptr<SendProgress> progress);
    ~PlanRunner() { m_progress->end(SendProgress::State::Stopped); }
    PlanRunner(const PlanRunner&) = delete;
    PlanRunner& operator=(const PlanRunner&) = delete;

    /// Sends what is due. From the loop, not from within a call of the session.
    void start() { pump(); }
    /// The session may have room.
    void mayHaveRoom();
    void failed() { m_progress->failed.fetch_add(1, std::memory_order_relaxed); }
    void sessionEnded() { m_progress->end(SendProgress::State::Ended); }
    [[nodiscard]] bool isOver() const {
        return m_progress->state() != SendProgress::State::Running;
    }

private:
    void pump();
    void sendNext(TimePoint now);

    ClientSession& m_session;
    const SendPlan m_plan;
    MacroValues& m_values;
    const std::shared_ptr<SendProgress> m_progress;
    Timer m_timer;
    std::uint64_t m_rounds = 0; // that have begun
    std::size_t m_next = 0;     // step
    TimePoint m_roundBegan;
    TimePoint m_due;
    bool m_isPumping = false;
};

} // namespace sscope
