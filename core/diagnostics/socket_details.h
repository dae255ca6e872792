#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace sscope {

/// struct tcp_info (tcp(7), linux/tcp.h), in its units: times in microseconds where the name says
/// so, sizes in bytes, windows in segments. What an older kernel does not give is 0.
struct TcpInfo {
    std::uint8_t state = 0;   // the kernel's number, see tcpState()
    std::uint8_t caState = 0; // congestion avoidance: 0 open, 1 disorder, 2 cwr, 3 recovery, 4 loss
    std::uint8_t retransmits = 0; // of the segment that waits now
    std::uint8_t probes = 0;
    std::uint8_t backoff = 0;
    std::uint8_t options = 0;         // TCPI_OPT_*
    std::uint8_t sendWindowScale = 0; // 0 to 14
    std::uint8_t receiveWindowScale = 0;
    bool isAppLimited = false; // its delivery rate is what the sender gave, not what the path takes
    std::uint32_t rtoUs = 0;
    std::uint32_t atoUs = 0;
    std::uint32_t sendMss = 0;
    std::uint32_t receiveMss = 0;
    std::uint32_t unacked = 0; // segments; of a listener, connections that wait to be accepted
    std::uint32_t sacked = 0;  // of a listener, its backlog
    std::uint32_t lost = 0;
    std::uint32_t retransmitted = 0;
    std::uint32_t lastDataSentMs = 0;
    std::uint32_t lastDataReceivedMs = 0;
    std::uint32_t lastAckReceivedMs = 0;
    std::uint32_t pathMtu = 0;
    std::uint32_t receiveSlowStartThreshold = 0;
    std::uint32_t rttUs = 0;
    std::uint32_t rttVarUs = 0;
    std::uint32_t sendSlowStartThreshold = 0;
    std::uint32_t congestionWindow = 0; // segments
    std::uint32_t advertisedMss = 0;
    std::uint32_t reordering = 0;
    std::uint32_t receiveRttUs = 0;
    std::uint32_t receiveSpace = 0;
    std::uint32_t retransmitsTotal = 0; // segments
    std::uint64_t pacingRate = 0;       // bytes a second; all ones means none
    std::uint64_t maxPacingRate = 0;
    std::uint64_t bytesAcked = 0;
    std::uint64_t bytesReceived = 0;
    std::uint32_t segmentsOut = 0;
    std::uint32_t segmentsIn = 0;
    std::uint32_t notSentBytes = 0;
    std::uint32_t minRttUs = 0;
    std::uint32_t dataSegmentsIn = 0;
    std::uint32_t dataSegmentsOut = 0;
    std::uint64_t deliveryRate = 0; // bytes a second
    std::uint64_t busyTimeUs = 0;
    std::uint64_t receiveWindowLimitedUs = 0;
    std::uint64_t sendBufferLimitedUs = 0;
    std::uint32_t delivered = 0;
    std::uint32_t deliveredCe = 0;
    std::uint64_t bytesSent = 0;
    std::uint64_t bytesRetransmitted = 0;
    std::uint32_t dsackDuplicates = 0;
    std::uint32_t reorderingSeen = 0;
    std::uint32_t outOfOrderIn = 0;
    std::uint32_t sendWindow = 0; // bytes, what the peer offers
};

/// SK_MEMINFO_* (linux/sock_diag.h), in bytes; the last is a count of packets.
struct SocketMemory {
    std::uint32_t receiveAllocated = 0;
    std::uint32_t receiveBuffer = 0;
    std::uint32_t sendAllocated = 0;
    std::uint32_t sendBuffer = 0;
    std::uint32_t forwardAllocated = 0;
    std::uint32_t sendQueued = 0;
    std::uint32_t options = 0;
    std::uint32_t backlog = 0;
    std::uint32_t drops = 0;
};

/// struct inet_diag_sockopt: what setsockopt has set.
struct SocketFlags {
    bool receiveError = false, isIcsk = false, freeBind = false, headerIncluded = false,
         multicastLoop = false, transparent = false, multicastAll = false, noDefragment = false,
         bindAddressNoPort = false, deferConnect = false;
};

/// What the kernel tells of one socket beyond its row, as of one reading; shared, never changed.
struct SocketDetails {
    std::optional<TcpInfo> tcpInfo;
    std::optional<SocketMemory> memory;
    std::optional<SocketFlags> flags;
    std::string congestion;                // the algorithm's name; empty where there is none
    std::optional<std::uint32_t> mark;     // only with CAP_NET_ADMIN
    std::optional<std::uint64_t> cgroupId; // of cgroup v2
    std::optional<std::uint8_t> typeOfService;
    std::optional<std::uint8_t> trafficClass;
    std::optional<std::uint8_t> shutdown;   // 1 receive, 2 send, 3 both
    std::optional<std::uint64_t> fileInode; // Unix: of the path's file
    std::optional<std::uint32_t> fileDevice;
};

} // namespace sscope
