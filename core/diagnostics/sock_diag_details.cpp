#include "core/diagnostics/sock_diag_details.h"

#include <array>

#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <linux/unix_diag.h>

#include "core/diagnostics/netlink_bytes.h"

namespace sscope {

namespace {

SocketFlags socketFlags(ByteView value) {
    const auto options = prefixOf<inet_diag_sockopt>(value);
    return {.receiveError = options.recverr != 0,
            .isIcsk = options.is_icsk != 0,
            .freeBind = options.freebind != 0,
            .headerIncluded = options.hdrincl != 0,
            .multicastLoop = options.mc_loop != 0,
            .transparent = options.transparent != 0,
            .multicastAll = options.mc_all != 0,
            .noDefragment = options.nodefrag != 0,
            .bindAddressNoPort = options.bind_address_no_port != 0,
            .deferConnect = options.defer_connect != 0};
}

/// A text of the kernel's, which ends in a NUL.
std::string nameIn(ByteView value) {
    const std::string_view text = textOf(value);
    return std::string(text.substr(0, text.find('\0')));
}

} // namespace

TcpInfo tcpInfo(ByteView value) {
    const auto info = prefixOf<tcp_info>(value);
    return {.state = info.tcpi_state,
            .caState = info.tcpi_ca_state,
            .retransmits = info.tcpi_retransmits,
            .probes = info.tcpi_probes,
            .backoff = info.tcpi_backoff,
            .options = info.tcpi_options,
            .sendWindowScale = info.tcpi_snd_wscale,
            .receiveWindowScale = info.tcpi_rcv_wscale,
            .isAppLimited = info.tcpi_delivery_rate_app_limited != 0,
            .rtoUs = info.tcpi_rto,
            .atoUs = info.tcpi_ato,
            .sendMss = info.tcpi_snd_mss,
            .receiveMss = info.tcpi_rcv_mss,
            .unacked = info.tcpi_unacked,
            .sacked = info.tcpi_sacked,
            .lost = info.tcpi_lost,
            .retransmitted = info.tcpi_retrans,
            .lastDataSentMs = info.tcpi_last_data_sent,
            .lastDataReceivedMs = info.tcpi_last_data_recv,
            .lastAckReceivedMs = info.tcpi_last_ack_recv,
            .pathMtu = info.tcpi_pmtu,
            .receiveSlowStartThreshold = info.tcpi_rcv_ssthresh,
            .rttUs = info.tcpi_rtt,
            .rttVarUs = info.tcpi_rttvar,
            .sendSlowStartThreshold = info.tcpi_snd_ssthresh,
            .congestionWindow = info.tcpi_snd_cwnd,
            .advertisedMss = info.tcpi_advmss,
            .reordering = info.tcpi_reordering,
            .receiveRttUs = info.tcpi_rcv_rtt,
            .receiveSpace = info.tcpi_rcv_space,
            .retransmitsTotal = info.tcpi_total_retrans,
            .pacingRate = info.tcpi_pacing_rate,
            .maxPacingRate = info.tcpi_max_pacing_rate,
            .bytesAcked = info.tcpi_bytes_acked,
            .bytesReceived = info.tcpi_bytes_received,
            .segmentsOut = info.tcpi_segs_out,
            .segmentsIn = info.tcpi_segs_in,
            .notSentBytes = info.tcpi_notsent_bytes,
            .minRttUs = info.tcpi_min_rtt,
            .dataSegmentsIn = info.tcpi_data_segs_in,
            .dataSegmentsOut = info.tcpi_data_segs_out,
            .deliveryRate = info.tcpi_delivery_rate,
            .busyTimeUs = info.tcpi_busy_time,
            .receiveWindowLimitedUs = info.tcpi_rwnd_limited,
            .sendBufferLimitedUs = info.tcpi_sndbuf_limited,
            .delivered = info.tcpi_delivered,
            .deliveredCe = info.tcpi_delivered_ce,
            .bytesSent = info.tcpi_bytes_sent,
            .bytesRetransmitted = info.tcpi_bytes_retrans,
            .dsackDuplicates = info.tcpi_dsack_dups,
            .reorderingSeen = info.tcpi_reord_seen,
            .outOfOrderIn = info.tcpi_rcv_ooopack,
            .sendWindow = info.tcpi_snd_wnd};
}

SocketMemory socketMemory(ByteView value) {
    const auto words = prefixOf<std::array<std::uint32_t, SK_MEMINFO_VARS>>(value);
    return {.receiveAllocated = words[SK_MEMINFO_RMEM_ALLOC],
            .receiveBuffer = words[SK_MEMINFO_RCVBUF],
            .sendAllocated = words[SK_MEMINFO_WMEM_ALLOC],
            .sendBuffer = words[SK_MEMINFO_SNDBUF],
            .forwardAllocated = words[SK_MEMINFO_FWD_ALLOC],
            .sendQueued = words[SK_MEMINFO_WMEM_QUEUED],
            .options = words[SK_MEMINFO_OPTMEM],
            .backlog = words[SK_MEMINFO_BACKLOG],
            .drops = words[SK_MEMINFO_DROPS]};
}

void takeInetDetail(int attribute, ByteView value, SocketDetails& details) {
    switch (attribute) {
    case INET_DIAG_INFO: // of TCP; that of other protocols is empty
        if (!value.empty())
            details.tcpInfo = tcpInfo(value);
        break;
    case INET_DIAG_SKMEMINFO:
        details.memory = socketMemory(value);
        break;
    case INET_DIAG_SOCKOPT:
        details.flags = socketFlags(value);
        break;
    case INET_DIAG_CONG:
        details.congestion = nameIn(value);
        break;
    case INET_DIAG_MARK:
        details.mark = frontOf<std::uint32_t>(value);
        break;
    case INET_DIAG_CGROUP_ID:
        details.cgroupId = frontOf<std::uint64_t>(value);
        break;
    case INET_DIAG_TOS:
        details.typeOfService = frontOf<std::uint8_t>(value);
        break;
    case INET_DIAG_TCLASS:
        details.trafficClass = frontOf<std::uint8_t>(value);
        break;
    case INET_DIAG_SHUTDOWN:
        details.shutdown = frontOf<std::uint8_t>(value);
        break;
    default:
        break;
    }
}

void takeUnixDetail(int attribute, ByteView value, SocketDetails& details) {
    switch (attribute) {
    case UNIX_DIAG_MEMINFO:
        details.memory = socketMemory(value);
        break;
    case UNIX_DIAG_SHUTDOWN:
        details.shutdown = frontOf<std::uint8_t>(value);
        break;
    case UNIX_DIAG_VFS:
        if (const auto file = frontOf<unix_diag_vfs>(value)) {
            details.fileInode = file->udiag_vfs_ino;
            details.fileDevice = file->udiag_vfs_dev;
        }
        break;
    default:
        break;
    }
}

} // namespace sscope
