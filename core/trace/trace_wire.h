#pragma once

#include <functional>
#include <vector>

#include "core/trace/trace_outbox.h"

namespace sscope {

/// How what is told passes from one of our processes to another: packets of records, in this
/// machine's byte order, for both ends are the same program. Owners do not pass: the receiver
/// knows whose they are.
class TraceEncoder {
public:
    /// Called with each packet, of at most packetLimit bytes and what one record takes.
    using Send = std::function<void(ByteView)>;
    static constexpr std::size_t packetLimit = 48 << 10;

    explicit TraceEncoder(Send send) : m_send(std::move(send)) {}
    void encode(const TraceContent& content);

private:
    void endPacket();

    const Send m_send;
    std::vector<std::byte> m_packet;
};

/// What a packet held.
struct DecodedTrace {
    std::vector<LifecycleEvent> lifecycle;
    std::vector<ConnectionState> states;
    ServerTotals totals;
    bool hasTotals = false;
    LogChunk log;
};

/// Adds what is in packet to trace, all of it as owner's. False where it is no packet of ours.
bool decodeTrace(ByteView packet, OwnerId owner, DecodedTrace& trace);

} // namespace sscope
