#pragma once

#include <deque>
#include <functional>
#include <vector>

#include "core/load/load_connection.h"
#include "core/load/load_sockets.h"
#include "core/load/load_tally.h"
#include "core/load/load_target.h"

namespace sscope {

/// Makes the load: connects, sends what is due, receives, and counts. An epoll(7) loop of its own,
/// because a Reactor's timers are of a millisecond and its calls are counted in what is measured.
/// Used on one thread, which it runs on until the load is over.
///
/// A request costs what it costs a plain loop: one send, one receive, and its share of one wait.
/// The clock is read once a turn, after the wait: a reply has come when the loop is told of it.
class LoadGenerator {
public:
    /// Hears of each phase, and about ten times a second.
    using Progress =
        std::function<void(const LoadGenerator& source, LoadPhase phase, TimePoint now)>;

    LoadGenerator(const LoadConfig& config, LoadRequest request, LoadTarget target,
                  CancelSignal cancel, LoadTally& tally, Progress progress);

    /// Returns once the load is over, or cancelled. Fails only where the system has no descriptor.
    Result<void> run();

    /// What the tally does not know.
    void writeTo(LoadResult& result, TimePoint now) const;
    [[nodiscard]] bool wasCancelled() const { return m_cancelled; }

private:
    using State = LoadConnection::State;

    // Connections
    void connectAll();
    void connect(LoadConnection& connection, TimePoint now);
    void finishConnect(LoadConnection& connection, TimePoint now);
    void established(LoadConnection& connection, TimePoint now);
    void settle(LoadConnection& connection);
    void closedByPeer(LoadConnection& connection, TimePoint now);
    void failBy(LoadConnection& connection, int number, const char* operation, TimePoint now);
    void fail(LoadConnection& connection, LoadErrorReason reason, Error error, TimePoint now);
    void drop(LoadConnection& connection, TimePoint retryAt);
    [[nodiscard]] std::uint32_t keyOf(const LoadConnection& connection) const;
    // The loop
    void turn();
    [[nodiscard]] TimePoint nextWake() const;
    void dispatch(std::span<const epoll_event> events, TimePoint now);
    void tick(TimePoint now);
    void checkDeadlines(LoadConnection& connection, TimePoint now);
    void advancePhase(TimePoint now);
    [[nodiscard]] bool isOver() const;
    // Requests
    void sendDue(TimePoint now);
    LoadConnection* takeFree();
    void release(LoadConnection& connection, TimePoint now);
    void request(LoadConnection& connection, TimePoint due, TimePoint now);
    void write(LoadConnection& connection, TimePoint now);
    void read(LoadConnection& connection, TimePoint now);
    void replied(LoadConnection& connection, TimePoint now);
    void leaveBusy(LoadConnection& connection);
    [[nodiscard]] TimePoint dueTime(std::uint64_t request) const;

    const LoadConfig m_config;
    const bool m_isOpenLoop = m_config.isOpenLoop();
    const bool m_isDatagram = isDatagram(m_config.endpoint.transport);
    const Duration m_replyTimeout = m_config.effectiveReplyTimeout();
    LoadRequest m_request;
    LoadSockets m_sockets;
    UniqueFd m_first; // until it is the first connection's
    const CancelSignal m_cancel;
    LoadTally& m_tally;
    const Progress m_progress;

    std::vector<LoadConnection> m_connections;
    std::deque<std::uint32_t> m_free; // open loop: connections without a request, longest first
    TimePoint m_freeSince;            // when there was none before
    std::vector<std::byte> m_buffer;
    std::uint32_t m_connecting = 0;
    std::uint32_t m_settled = 0;
    std::uint64_t m_underWay = 0;
    std::uint64_t m_underWayUnserved = 0; // of these, on connections that never had a reply
    std::uint64_t m_asked = 0;

    LoadPhase m_phase = LoadPhase::Connecting;
    bool m_cancelled = false;
    Duration m_tickLength;
    TimePoint m_now; // when the wait of this turn was over
    TimePoint m_nextTick;
    TimePoint m_nextProgress;
    TimePoint m_begin;
    TimePoint m_end; // of what is due
    TimePoint m_drainEnd;
    std::uint64_t m_scheduled = 0; // open loop: requests in all
    std::uint64_t m_next = 0;      // of these, the next to be sent
    TimePoint m_nextDue;
};

} // namespace sscope
