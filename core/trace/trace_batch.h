#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/byte_mask.h"
#include "core/base/bytes.h"
#include "core/base/message_offsets.h"
#include "core/trace/byte_tee.h"
#include "core/trace/lifecycle.h"
#include "core/trace/shared_counters.h"
#include "core/trace/trace_event.h"

namespace sscope {

/// Counters of a connection or a datagram peer, and where the outbox last put them. Lives with its
/// connection, on the connection's thread; the outbox writes the slot under its own lock.
struct TracedCounters {
    ConnectionId connection;
    PeerId peer = 0;
    std::string endpoint; // of a datagram peer; else empty
    Counters counters;

    bool isDirty = false;
    std::uint64_t slotGeneration = 0;
    std::size_t slot = 0;
};

/// What a server has counted since it was last told, exact whatever the log drops.
struct ServerTotals {
    OwnerId owner = 0;
    std::uint64_t accepted = 0;
    std::uint64_t closed = 0;
    std::uint64_t rejected = 0;
    std::uint64_t kernelDrops = 0;    // datagrams that the kernel dropped for want of buffer
    std::uint64_t skippedRepeats = 0; // like failures after the first, counted instead of told
    Counters counters;

    /// Sums what is counted; whose it is stays.
    ServerTotals& operator+=(const ServerTotals& other);
};

/// What one loop's multiplexer has done since it was last told.
struct LoopActivity {
    OwnerId owner = 0;
    std::uint32_t loop = 0;
    std::uint64_t wakeUps = 0;
    std::uint64_t timedOut = 0; // of these
    Duration waited{};
    Duration worked{};
    WakeUp last;                  // with its lists in descriptors
    std::vector<int> descriptors; // registered, readable, writable
};

/// Up to a few thousand events with their payload heads, oldest first.
struct LogChunk {
    std::vector<TraceEvent> events;
    std::vector<std::byte> heads;
    std::vector<WakeUp> wakeUps;
    std::vector<int> descriptors; // of the wake-ups

    void clear();
    /// What is kept of an event's payload, a message's content.
    [[nodiscard]] ByteView head(const TraceEvent& event) const {
        return kept(event).subspan(headerHeadSize(event));
    }
    /// What is kept of a message's header.
    [[nodiscard]] ByteView headerHead(const TraceEvent& event) const {
        return kept(event).first(headerHeadSize(event));
    }
    [[nodiscard]] ByteView kept(const TraceEvent& event) const {
        return ByteView(heads).subspan(event.headOffset, event.headSize);
    }
};

/// What is handed over at one time.
struct TraceContent {
    LogChunk log;
    std::vector<LifecycleEvent> lifecycle;
    std::vector<TracedCounters*> touched;
    ServerTotals totals;
    bool hasTotals = false;
    LoopActivity activity; // none where it has no wake-ups

    [[nodiscard]] bool isEmpty() const;
    /// Keeps whose it is.
    void clear();
};

/// Where batches are handed over: the outbox, or a way to it from another process. Any thread.
class TraceSink {
public:
    /// Takes what is there; counters that were touched are clean after it. The caller clears.
    virtual void append(TraceContent& content) = 0;

protected:
    ~TraceSink() = default;
};

/// What one thread has to tell since its last hand-over. Owned by a Reactor and used on its thread
/// only; flush() hands it over, once for each turn of the loop. Without a sink it records nothing.
class TraceBatch {
public:
    /// Log: messages, receives and sends too, and what the multiplexer does in sum. WakeUps: each
    /// of its returns.
    enum class Detail { Lifecycle, Log, WakeUps };

    TraceBatch() = default;
    TraceBatch(TraceSink* sink, Detail detail) : m_sink(sink), m_detail(detail) {}

    /// Whose totals these are.
    void setOwner(OwnerId owner) { m_content.totals.owner = owner; }
    /// The batch is of a multiplexer that a person wants to see at work.
    void watchLoop(std::uint32_t loop);
    /// Keeps the counters of the one connection there is in a memory that outlives the process.
    void mirrorTo(SharedCounters& memory) { m_mirror = &memory; }
    /// What a send under way is to move; 0 once it has failed.
    void noteSending(std::size_t bytes) {
        if (m_mirror)
            m_mirror->sending.store(bytes, std::memory_order_relaxed);
    }
    [[nodiscard]] bool logs() const { return m_sink && m_detail != Detail::Lifecycle; }
    [[nodiscard]] bool watchesLoop() const { return m_isLoop && logs(); }

    /// Of the header as much is kept as trace_event.h says, of the payload up to most.
    void add(TraceEvent event, ByteView payload, ByteView header = {},
             std::size_t most = traceHeadLimit);
    /// The times are whole; waited and worked are those of the wake-up, to the nanosecond.
    void add(WakeUp wakeUp, Duration waited, Duration worked, const DescriptorLists& lists);
    void add(ConnectionId connection, lifecycle::Event what);
    void touch(TracedCounters& counters);
    /// To be called before touched counters cease to be.
    void forget(TracedCounters& counters);
    ServerTotals& totals() { return m_content.totals; }
    void touchTotals() { m_content.hasTotals = true; }

    void flush();

private:
    TraceSink* m_sink = nullptr;
    Detail m_detail = Detail::Lifecycle;
    std::uint32_t m_sequence = 0;
    TraceContent m_content;
    SharedCounters* m_mirror = nullptr;
    bool m_isLoop = false;
};

/// Counts one connection and tells the batch of its thread what happens to it.
class ConnectionTrace {
public:
    ConnectionTrace(TraceBatch& batch, ConnectionId id);
    ConnectionTrace(const ConnectionTrace&) = delete;
    ConnectionTrace& operator=(const ConnectionTrace&) = delete;
    ~ConnectionTrace();

    [[nodiscard]] ConnectionId id() const { return m_state.connection; }
    [[nodiscard]] const Counters& counters() const { return m_state.counters; }

    /// Wire bytes; plainOffset is where their plain text begins.
    void received(ByteView wire, TracedCounters* peer = nullptr);
    void sent(std::size_t bytes, TracedCounters* peer = nullptr);
    /// The same of a stream, whose bytes go to the tee.
    void sent(ByteView wire) {
        const ByteView kept = m_masks.sent ? m_masks.sent->ofStream(wire) : wire;
        if (m_tee)
            m_tee->sent(kept);
        sent(wire.size());
    }
    /// Before a send, and with 0 where it has failed.
    void sending(std::size_t bytes) { m_batch.noteSending(bytes); }
    /// A message; without content where that is pulled from a source, or where its receive tells
    /// it already.
    void messageIn(const MessageOffsets& offsets, ByteView content, ByteView header = {},
                   TracedCounters* peer = nullptr);
    void messageOut(const MessageOffsets& offsets, ByteView content, ByteView header = {},
                    TracedCounters* peer = nullptr);
    /// What has come of a message that is not whole, if there is one.
    void messagePart(const std::optional<MessageProgress>& progress);
    /// Each receive is a message; of others more is kept.
    void setTransparent(bool isTransparent) {
        m_messageHeadLimit = isTransparent ? traceHeadLimit : messageHeadLimit;
    }
    /// Is told all that is received and sent from then on; null for none.
    void setTee(std::shared_ptr<ByteTee> tee);
    /// Before the first byte.
    void setMasks(ByteMasks masks) { m_masks = std::move(masks); }
    /// Whether an event costs anything.
    [[nodiscard]] bool logs() const { return m_batch.logs(); }
    void tell(lifecycle::Event what);
    void accepted(lifecycle::Accepted what);
    void closed(CloseReason reason, Error error, Duration lasted);

private:
    void log(TraceEvent event, ByteView payload, const TracedCounters* peer, ByteView header = {},
             std::size_t most = traceHeadLimit);
    void logMessage(TraceKind kind, const MessageOffsets& offsets, ByteView content,
                    ByteView header, const TracedCounters* peer);
    void touch(TracedCounters* peer);

    TraceBatch& m_batch;
    TracedCounters m_state;
    std::shared_ptr<ByteTee> m_tee;
    ByteMasks m_masks;
    std::size_t m_messageHeadLimit = traceHeadLimit;
};

} // namespace sscope
