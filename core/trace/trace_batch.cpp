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

void TraceBatch::add(TraceEvent event, ByteView payload, ByteView header, std::size_t most) {
    std::vector<std::byte>& heads = m_content.log.heads;
    event.time = SteadyClock::now();
    event.sequence = m_sequence++;
    event.headOffset = static_cast<std::uint32_t>(heads.size());
    for (const ByteView part : {header.first(std::min(header.size(), headerHeadLimit)),
                                payload.first(std::min(payload.size(), most))})
        heads.insert(heads.end(), part.begin(), part.end());
    event.headSize = static_cast<std::uint16_t>(heads.size() - event.headOffset);
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

void ConnectionTrace::setTee(std::shared_ptr<ByteTee> tee) {
    m_tee = std::move(tee);
    if (m_tee)
        m_tee->begin(counters().receivedBytes, counters().sentBytes);
}

void ConnectionTrace::touch(TracedCounters* peer) {
    m_batch.touch(m_state);
    if (peer)
        m_batch.touch(*peer);
    m_batch.touchTotals();
}

void ConnectionTrace::log(TraceEvent event, ByteView payload, const TracedCounters* peer,
                          ByteView header, std::size_t most) {
    event.connection = id();
    event.wireOffset = event.plainOffset;
    event.peer = peer ? peer->peer : PeerId{0};
    m_batch.add(event, payload, header, most);
}

void ConnectionTrace::received(ByteView wire, TracedCounters* peer) {
    const ByteView kept = m_masks.received ? m_masks.received->ofStream(wire) : wire;
    if (logs())
        log({.plainOffset = m_state.counters.receivedBytes,
             .bytes = wire.size(),
             .kind = TraceKind::Received},
            kept, peer);
    if (m_tee)
        m_tee->received(kept);
    m_state.counters.receivedBytes += wire.size();
    m_batch.totals().counters.receivedBytes += wire.size();
    if (peer)
        peer->counters.receivedBytes += wire.size();
    touch(peer);
}

void ConnectionTrace::sent(std::size_t bytes, TracedCounters* peer) {
    if (logs())
        log({.plainOffset = m_state.counters.sentBytes, .bytes = bytes, .kind = TraceKind::Sent},
            {}, peer);
    m_state.counters.sentBytes += bytes;
    m_batch.totals().counters.sentBytes += bytes;
    if (peer)
        peer->counters.sentBytes += bytes;
    touch(peer);
}

void ConnectionTrace::logMessage(TraceKind kind, const MessageOffsets& offsets, ByteView content,
                                 ByteView header, const TracedCounters* peer) {
    const Counters& counters = m_state.counters;
    if (logs())
        log({.plainOffset = offsets.begin,
             .bytes = offsets.contentEnd - offsets.contentBegin,
             .number =
                 kind == TraceKind::MessageIn ? counters.receivedMessages : counters.sentMessages,
             .prefixBytes = static_cast<std::uint32_t>(offsets.headerBegin - offsets.begin),
             .headerBytes = static_cast<std::uint32_t>(offsets.contentBegin - offsets.headerBegin),
             .suffixBytes = static_cast<std::uint8_t>(offsets.end - offsets.contentEnd),
             .kind = kind},
            content, peer, header, m_messageHeadLimit);
}

void ConnectionTrace::messageIn(const MessageOffsets& offsets, ByteView content, ByteView header,
                                TracedCounters* peer) {
    ++m_state.counters.receivedMessages;
    const ByteView kept = m_masks.received ? m_masks.received->ofMessage(content) : content;
    logMessage(TraceKind::MessageIn, offsets, kept, header, peer);
    ++m_batch.totals().counters.receivedMessages;
    if (peer)
        ++peer->counters.receivedMessages;
    touch(peer);
}

void ConnectionTrace::messageOut(const MessageOffsets& offsets, ByteView content, ByteView header,
                                 TracedCounters* peer) {
    ++m_state.counters.sentMessages;
    const ByteView kept = m_masks.sent ? m_masks.sent->ofMessage(content) : content;
    logMessage(TraceKind::MessageOut, offsets, kept, header, peer);
    ++m_batch.totals().counters.sentMessages;
    if (peer)
        ++peer->counters.sentMessages;
    touch(peer);
}

void ConnectionTrace::messagePart(const std::optional<MessageProgress>& progress) {
    if (progress && logs())
        log({.plainOffset = progress->begin,
             .bytes = progress->need.value_or(0),
             .prefixBytes = static_cast<std::uint32_t>(progress->prefix),
             .headerBytes = static_cast<std::uint32_t>(progress->header),
             .kind = TraceKind::MessagePart},
            {}, nullptr);
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
