#include "core/diagnostics/socket_samples.h"

#include <algorithm>

namespace sscope {

namespace {

SeriesPoint pointOf(const SocketRow& row, TimePoint time) {
    SeriesPoint point{.time = time, .receiveQueue = row.receiveQueue, .sendQueue = row.sendQueue};
    if (!row.details || !row.details->tcpInfo)
        return point;
    const TcpInfo& info = *row.details->tcpInfo;
    point.hasTcpInfo = true;
    point.rttUs = info.rttUs;
    point.rttVarUs = info.rttVarUs;
    point.rtoUs = info.rtoUs;
    point.congestionWindow = info.congestionWindow;
    point.sendMss = info.sendMss;
    point.retransmitsTotal = info.retransmitsTotal;
    point.lastDataSentMs = info.lastDataSentMs;
    point.sendWindow = info.sendWindow;
    point.deliveryRate = info.deliveryRate;
    point.bytesAcked = info.bytesAcked;
    point.bytesReceived = info.bytesReceived;
    return point;
}

/// The kernel looks at its window when data are sent after a pause, and only then.
bool isIdleRestart(const SeriesPoint& before, const SeriesPoint& now) {
    if (!before.hasTcpInfo || !now.hasTcpInfo || now.congestionWindow >= before.congestionWindow ||
        now.retransmitsTotal != before.retransmitsTotal)
        return false;
    const auto sent = now.time - std::chrono::milliseconds(now.lastDataSentMs);
    const auto sentBefore = before.time - std::chrono::milliseconds(before.lastDataSentMs);
    return sent - sentBefore > std::chrono::microseconds(before.rtoUs);
}

std::optional<SocketSeries::Growth> growthOf(const std::deque<SeriesPoint>& points,
                                             std::uint32_t SeriesPoint::*queue) {
    if (points.empty())
        return std::nullopt;
    auto first = points.rbegin();
    while (std::next(first) != points.rend() && (*std::next(first)).*queue <= (*first).*queue)
        ++first;
    const SeriesPoint& last = points.back();
    if (last.*queue <= (*first).*queue)
        return std::nullopt;
    // The time before it began to grow is not part of it.
    while ((*std::prev(first)).*queue == (*first).*queue)
        --first;
    return SocketSeries::Growth{first->time, (*first).*queue, last.*queue};
}

} // namespace

SocketSeries::SocketSeries(std::size_t most) : m_most(std::max<std::size_t>(most, 2)) {}

void SocketSeries::add(const SocketSample& sample) {
    const bool isOlder = (!m_points.empty() && sample.time < m_points.back().time) || m_goneAt;
    if ((m_cookie != 0 && sample.cookie != m_cookie) || isOlder)
        return;
    m_cookie = sample.cookie;
    if (!sample.row) {
        m_goneAt = sample.time;
        return;
    }
    noteState(sample.row->state, sample.time);
    notePoint(pointOf(*sample.row, sample.time));
    const auto details = m_lastRow ? m_lastRow->details : nullptr;
    m_lastRow = sample.row;
    if (!m_lastRow->details)
        m_lastRow->details = details;
}

std::optional<SocketSeries::Growth> SocketSeries::receiveGrowth() const {
    return growthOf(m_points, &SeriesPoint::receiveQueue);
}

std::optional<SocketSeries::Growth> SocketSeries::sendGrowth() const {
    return growthOf(m_points, &SeriesPoint::sendQueue);
}

void SocketSeries::noteState(SocketState state, TimePoint time) {
    if (!m_states.empty() && m_states.back().state == state)
        return;
    if (m_states.size() == mostStates)
        m_states.erase(m_states.begin());
    m_states.push_back({state, time});
}

void SocketSeries::notePoint(const SeriesPoint& point) {
    if (!m_points.empty() && isIdleRestart(m_points.back(), point))
        m_idleRestart =
            IdleRestart{point.time, m_points.back().congestionWindow, point.congestionWindow};
    if (m_points.size() == m_most)
        m_points.pop_front();
    m_points.push_back(point);
}

} // namespace sscope
