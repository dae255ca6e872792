#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

/// One socket at one moment, with its details; without a row it is gone.
struct SocketSample {
    TimePoint time;
    std::uint64_t cookie = 0;
    std::optional<SocketRow> row;
};

/// What is plotted of a sample. Times in microseconds, the window in segments, sizes in bytes, the
/// rate in bytes a second.
struct SeriesPoint {
    TimePoint time;
    std::uint32_t receiveQueue = 0;
    std::uint32_t sendQueue = 0;
    bool hasTcpInfo = false; // what is below is known
    std::uint32_t rttUs = 0;
    std::uint32_t rttVarUs = 0;
    std::uint32_t rtoUs = 0;
    std::uint32_t congestionWindow = 0;
    std::uint32_t sendMss = 0;
    std::uint32_t retransmitsTotal = 0;
    std::uint32_t lastDataSentMs = 0; // how long ago
    std::uint32_t sendWindow = 0;     // what the peer offers; 0 also where an old kernel is silent
    std::uint64_t deliveryRate = 0;
    std::uint64_t bytesAcked = 0;
    std::uint64_t bytesReceived = 0;
};

/// A state of a socket, and when it was first seen in it.
struct StateVisit {
    SocketState state = SocketState::Close;
    TimePoint since;
};

/// What was seen of one socket: the points of the last minutes, and its states in their order. The
/// points are bounded, the oldest go; so are the states of a socket that is used again and again.
/// Used by one thread.
class SocketSeries {
public:
    /// Ten minutes at four a second.
    static constexpr std::size_t defaultMost = 2400;
    static constexpr std::size_t mostStates = 64;

    explicit SocketSeries(std::size_t most = defaultMost);

    /// Samples of another socket, or older than the last one, are passed over.
    void add(const SocketSample& sample);

    /// 0 before the first sample.
    [[nodiscard]] std::uint64_t cookie() const { return m_cookie; }
    [[nodiscard]] const std::deque<SeriesPoint>& points() const { return m_points; }
    [[nodiscard]] const std::vector<StateVisit>& states() const { return m_states; }
    /// As it was seen last; also of a socket that is gone.
    [[nodiscard]] const std::optional<SocketRow>& lastRow() const { return m_lastRow; }
    [[nodiscard]] std::optional<TimePoint> goneAt() const { return m_goneAt; }

    /// Of a queue that has grown, and not become shorter once, up to the last point.
    struct Growth {
        TimePoint since;
        std::uint32_t from = 0;
        std::uint32_t to = 0;
    };
    [[nodiscard]] std::optional<Growth> receiveGrowth() const;
    [[nodiscard]] std::optional<Growth> sendGrowth() const;

    /// The window was made smaller because nothing had been sent for longer than the RTO, as it was
    /// seen last: Linux then starts again from its initial window (RFC 2861, tcp(7)
    /// tcp_slow_start_after_idle).
    struct IdleRestart {
        TimePoint time;
        std::uint32_t from = 0; // segments
        std::uint32_t to = 0;
    };
    [[nodiscard]] const std::optional<IdleRestart>& idleRestart() const { return m_idleRestart; }

private:
    void noteState(SocketState state, TimePoint time);
    void notePoint(const SeriesPoint& point);

    const std::size_t m_most;
    std::uint64_t m_cookie = 0;
    std::deque<SeriesPoint> m_points;
    std::vector<StateVisit> m_states;
    std::optional<SocketRow> m_lastRow;
    std::optional<TimePoint> m_goneAt;
    std::optional<IdleRestart> m_idleRestart;
};

} // namespace sscope
