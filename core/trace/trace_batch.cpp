#include "core/trace/trace_batch.h"

#include <algorithm>
#include <utility>

namespace sscope {

ServerTotals& ServerTotals::operator+=(const ServerTotals& other) {
    accepted += other.accepted;
    closed += other.closed;
    rejected += other.rejected;
    kernelDrops += other.kernelDrops;
    skippedRepeats += other.skippedRepeats;
    counters += other.counters;
    return *this;
}

void LogChunk::clear() {
    events.clear();
    heads.clear();
    wakeUps.clear();
    descriptors.clear();
}

bool TraceContent::isEmpty() const {
    return lifecycle.empty() && log.events.empty() && log.wakeUps.empty() && touched.empty() &&
           !hasTotals && activity.wakeUps == 0;
}

void TraceContent::clear() {
    log.clear();
    lifecycle.clear();
    touched.clear();
    totals = {.owner = totals.owner, .counters = {}};
    hasTotals = false;
    activity.wakeUps = activity.timedOut = 0;
    activity.waited = activity.worked = {};
}

void TraceBatch::add(TraceEvent event, ByteView payload) {
    const ByteView head = payload.first(std::min(payload.size(), traceHeadLimit));
    event.time = SteadyClock::now();
    event.sequence = m_sequence++;
    event.headOffset = static_cast<std::uint32_t>(m_content.log.heads.size());
    event.headSize = static_cast<std::uint16_t>(head.size());
    m_content.log.heads.insert(m_content.log.heads.end(), head.begin(), head.end());
    m_content.log.events.push_back(event);
}

void TraceBatch::watchLoop(std::uint32_t loop) {
    m_isLoop = true;
    m_content.activity.loop = loop;
}

void TraceBatch::add(WakeUp wakeUp, Duration waited, Duration worked,
                     const DescriptorLists& lists) {
    wakeUp.sequence = m_sequence++;
    wakeUp.owner = m_content.activity.owner = m_content.totals.owner;
    wakeUp.loop = m_content.activity.loop;
    const auto append = [&](std::vector<int>& descriptors) {
        for (const auto list : {lists.registered, lists.readable, lists.writable})
            descriptors.insert(descriptors.end(), list.begin(), list.end());
    };
    m_content.activity.wakeUps += 1;
    m_content.activity.timedOut += wakeUp.timedOut ? 1 : 0;
    m_content.activity.waited += waited;
    m_content.activity.worked += worked;
    m_content.activity.last = wakeUp;
    m_content.activity.descriptors.clear();
    append(m_content.activity.descriptors);
    if (m_detail != Detail::WakeUps)
        return;
    wakeUp.listOffset = static_cast<std::uint32_t>(m_content.log.descriptors.size());
    append(m_content.log.descriptors);
    m_content.log.wakeUps.push_back(wakeUp);
}

void TraceBatch::add(ConnectionId connection, lifecycle::Event what) {
    if (m_sink)
        m_content.lifecycle.push_back(
            {SteadyClock::now(), m_sequence++, connection, std::move(what)});
}

void TraceBatch::touch(TracedCounters& counters) {
    if (m_mirror && counters.peer == 0)
        m_mirror->store(counters.counters);
    if (counters.isDirty || !m_sink)
        return;
    counters.isDirty = true;
    m_content.touched.push_back(&counters);
}

void TraceBatch::forget(TracedCounters& counters) {
    if (std::exchange(counters.isDirty, false))
        std::erase(m_content.touched, &counters);
}

void TraceBatch::flush() {
    if (!m_sink || m_content.isEmpty())
        return;
    m_sink->append(m_content);
    m_content.clear();
}

ConnectionTrace::ConnectionTrace(TraceBatch& batch, ConnectionId id) : m_batch(batch) {
    m_state.connection = id;
}

ConnectionTrace::~ConnectionTrace() {
    m_batch.forget(m_state);
}

void ConnectionTrace::touch(TracedCounters* peer) {
    m_batch.touch(m_state);
    if (peer)
        m_batch.touch(*peer);
    m_batch.touchTotals();
}

void ConnectionTrace::log(TraceKind kind, std::size_t bytes, std::uint64_t offset, ByteView head,
                          const TracedCounters* peer) {
    if (!m_batch.logs())
        return;
    m_batch.add({.connection = id(),
                 .wireOffset = offset,
                 .plainOffset = offset,
                 .bytes = bytes,
                 .kind = kind,
                 .peer = peer ? peer->peer : PeerId{0}},
                head);
}

void ConnectionTrace::received(ByteView wire, TracedCounters* peer) {
    log(TraceKind::Received, wire.size(), m_state.counters.receivedBytes, wire, peer);
    m_state.counters.receivedBytes += wire.size();
    m_batch.totals().counters.receivedBytes += wire.size();
    if (peer)
        peer->counters.receivedBytes += wire.size();
    touch(peer);
}

void ConnectionTrace::sent(std::size_t bytes, TracedCounters* peer) {
    log(TraceKind::Sent, bytes, m_state.counters.sentBytes, {}, peer);
    m_state.counters.sentBytes += bytes;
    m_batch.totals().counters.sentBytes += bytes;
    if (peer)
        peer->counters.sentBytes += bytes;
    touch(peer);
}

void ConnectionTrace::messageIn(ByteView content, std::uint64_t offset, bool withHead,
                                TracedCounters* peer) {
    log(TraceKind::MessageIn, content.size(), offset, withHead ? content : ByteView(), peer);
    ++m_state.counters.receivedMessages;
    ++m_batch.totals().counters.receivedMessages;
    if (peer)
        ++peer->counters.receivedMessages;
    touch(peer);
}

void ConnectionTrace::messageOut(ByteView content, TracedCounters* peer) {
    log(TraceKind::MessageOut, content.size(), m_messageOutOffset, content, peer);
    m_messageOutOffset += content.size();
    ++m_state.counters.sentMessages;
    ++m_batch.totals().counters.sentMessages;
    if (peer)
        ++peer->counters.sentMessages;
    touch(peer);
}

void ConnectionTrace::messageOut(std::uint64_t bytes) {
    log(TraceKind::MessageOut, bytes, m_messageOutOffset, {}, nullptr);
    m_messageOutOffset += bytes;
    ++m_state.counters.sentMessages;
    ++m_batch.totals().counters.sentMessages;
    touch(nullptr);
}

void ConnectionTrace::tell(lifecycle::Event what) {
    m_batch.add(id(), std::move(what));
}

void ConnectionTrace::accepted(lifecycle::Accepted what) {
    ++m_batch.totals().accepted;
    m_batch.touchTotals();
    m_batch.add(id(), std::move(what));
}

void ConnectionTrace::closed(CloseReason reason, Error error, Duration lasted) {
    ++m_batch.totals().closed;
    m_batch.touchTotals();
    m_batch.add(id(), lifecycle::Closed{reason, std::move(error), counters(), lasted});
}

} // namespace sscope
