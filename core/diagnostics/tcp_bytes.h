#pragma once

#include <algorithm>
#include <cstdint>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// Data that were sent, what was sent again counted once. An old kernel tells only what was
/// acknowledged, in which SYN and FIN count as a byte each.
inline std::uint64_t sentData(const TcpInfo& info) {
    const bool isTold = info.bytesSent != 0 || info.dataSegmentsOut == 0;
    return isTold ? info.bytesSent - std::min(info.bytesSent, info.bytesRetransmitted)
                  : info.bytesAcked;
}

/// Data that were received. The kernel counts the peer's FIN as a byte (tcp_rcv_nxt_update of
/// net/ipv4/tcp_input.c); in states that come after it that byte is left out.
inline std::uint64_t receivedData(const TcpInfo& info, SocketState state) {
    if (info.dataSegmentsIn == 0)
        return 0;
    const bool hasFin = state == SocketState::CloseWait || state == SocketState::LastAck ||
                        state == SocketState::Closing || state == SocketState::TimeWait;
    return info.bytesReceived - (hasFin && info.bytesReceived > 0 ? 1 : 0);
}

} // namespace sscope
