#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// The boxes of the diagram of RFC 9293, 3.3.2. CLOSED stands in it twice: before and after.
enum class TcpBox : std::uint8_t {
    Listen,
    Closed,
    SynSent,
    SynRecv,
    Established,
    FinWait1,
    CloseWait,
    FinWait2,
    Closing,
    LastAck,
    TimeWait,
    Ended,
};
inline constexpr std::size_t tcpBoxes = 12;

/// What brings a socket from one box to the next.
enum class TcpStep : std::uint8_t {
    Listens,
    Connects,
    Syn,
    SynAck,
    Ack,
    Fin,
    ThisEndCloses,
    OtherEndCloses,
    Minute,           // TIME_WAIT takes 60 s in Linux (TCP_TIMEWAIT_LEN, net/tcp.h)
    SimultaneousOpen, // RFC 9293, 3.5
};

struct TcpEdge {
    TcpBox from;
    TcpBox to;
    TcpStep step;
    bool isRare = false; // to be seen only where it was taken
};

std::span<const TcpEdge> tcpEdges();
/// "SYN_SENT"; CLOSED for both of that name.
const char* boxText(TcpBox box);
/// Ended for none that the diagram has.
TcpBox boxOf(SocketState state);

/// Who sent the first SYN.
enum class OpenedBy : std::uint8_t { Unknown, ThisEnd, OtherEnd };

/// How both ends came to where they are, as far as it was seen or follows from what was.
struct TcpPath {
    std::optional<TcpBox> current;
    std::vector<TcpBox> own;   // in order; the last one is current
    std::vector<TcpBox> other; // the same of the other end
    OpenedBy openedBy = OpenedBy::Unknown;

    [[nodiscard]] bool isOwn(TcpBox box) const;
    [[nodiscard]] bool isOther(TcpBox box) const;
    [[nodiscard]] bool isOwn(const TcpEdge& edge) const;
    [[nodiscard]] bool isOther(const TcpEdge& edge) const;
    /// What may come next, but for what is rare.
    [[nodiscard]] bool isNext(const TcpEdge& edge) const;
    bool operator==(const TcpPath&) const = default;
};

/// seen: the states of this end in the order in which they were seen, at least one. other: that of
/// the other end, where it is on this machine. What lies between two states is filled in where
/// there is but one usual way.
TcpPath tcpPath(std::span<const SocketState> seen, OpenedBy openedBy,
                std::optional<SocketState> other = std::nullopt, bool isGone = false);

} // namespace sscope
