#include <array>
#include <limits>

#include <nlohmann/json.hpp>

#include "core/base/display_text.h"
#include "core/diagnostics/table_printer.h"

namespace sscope {

namespace {

using nlohmann::ordered_json;

/// JSON text is UTF-8; what a process calls itself need not be.
std::string jsonText(const std::string& text) {
    return displaySafe(text);
}

ordered_json ownersJson(const SocketRow& row) {
    ordered_json owners = ordered_json::array();
    for (const SocketOwner& owner : row.owners)
        owners.push_back({{"pid", owner.process->pid},
                          {"command", jsonText(owner.process->command)},
                          {"fd", owner.fd}});
    return owners;
}

ordered_json timerJson(const SocketRow& row) {
    if (row.timer == TimerKind::None)
        return nullptr;
    return {{"name", timerText(row.timer)},
            {"expires_ms", row.timerExpiresMs},
            {"retransmits", row.timerRetransmits}};
}

/// TCPI_OPT_* (linux/tcp.h).
ordered_json optionsJson(std::uint8_t options) {
    constexpr std::array names{"timestamps", "sack", "wscale", "ecn", "ecn_seen", "syn_data"};
    ordered_json words = ordered_json::array();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (options & 1U << i)
            words.push_back(names[i]);
    }
    return words;
}

const char* congestionState(std::uint8_t state) {
    constexpr std::array names{"open", "disorder", "cwr", "recovery", "loss"};
    return state < names.size() ? names[state] : "";
}

ordered_json rateJson(std::uint64_t rate) {
    return rate == std::numeric_limits<std::uint64_t>::max() ? ordered_json() : ordered_json(rate);
}

/// Those that INTERFACE.md names come first.
ordered_json tcpInfoJson(const TcpInfo& info) {
    return {
        {"rtt_us", info.rttUs},
        {"rtt_var_us", info.rttVarUs},
        {"cwnd", info.congestionWindow},
        {"retransmits_total", info.retransmitsTotal},
        {"bytes_received", info.bytesReceived},
        {"bytes_acked", info.bytesAcked},
        {"delivery_rate", info.deliveryRate},
        {"unacked", info.unacked},
        {"state", info.state},
        {"ca_state", congestionState(info.caState)},
        {"retransmits", info.retransmits},
        {"probes", info.probes},
        {"backoff", info.backoff},
        {"options", optionsJson(info.options)},
        {"send_window_scale", info.sendWindowScale},
        {"receive_window_scale", info.receiveWindowScale},
        {"is_app_limited", info.isAppLimited},
        {"rto_us", info.rtoUs},
        {"ato_us", info.atoUs},
        {"send_mss", info.sendMss},
        {"receive_mss", info.receiveMss},
        {"sacked", info.sacked},
        {"lost", info.lost},
        {"retransmitted", info.retransmitted},
        {"last_data_sent_ms", info.lastDataSentMs},
        {"last_data_received_ms", info.lastDataReceivedMs},
        {"last_ack_received_ms", info.lastAckReceivedMs},
        {"path_mtu", info.pathMtu},
        {"receive_slow_start_threshold", info.receiveSlowStartThreshold},
        {"send_slow_start_threshold", info.sendSlowStartThreshold},
        {"advertised_mss", info.advertisedMss},
        {"reordering", info.reordering},
        {"receive_rtt_us", info.receiveRttUs},
        {"receive_space", info.receiveSpace},
        {"pacing_rate", rateJson(info.pacingRate)},
        {"max_pacing_rate", rateJson(info.maxPacingRate)},
        {"segments_out", info.segmentsOut},
        {"segments_in", info.segmentsIn},
        {"not_sent_bytes", info.notSentBytes},
        {"min_rtt_us", info.minRttUs},
        {"data_segments_in", info.dataSegmentsIn},
        {"data_segments_out", info.dataSegmentsOut},
        {"busy_time_us", info.busyTimeUs},
        {"receive_window_limited_us", info.receiveWindowLimitedUs},
        {"send_buffer_limited_us", info.sendBufferLimitedUs},
        {"delivered", info.delivered},
        {"delivered_ce", info.deliveredCe},
        {"bytes_sent", info.bytesSent},
        {"bytes_retransmitted", info.bytesRetransmitted},
        {"dsack_duplicates", info.dsackDuplicates},
        {"reordering_seen", info.reorderingSeen},
        {"out_of_order_in", info.outOfOrderIn},
        {"send_window", info.sendWindow},
    };
}

} // namespace

ordered_json toJson(const SocketRow& row) {
    const bool hasAddress = isInet(row.protocol);
    const bool hasRemote = hasAddress && row.hasPeer();
    const SocketDetails* details = row.details.get();
    ordered_json json;
    json["protocol"] = protocolText(row.protocol);
    json["family"] = hasAddress ? ordered_json(row.family) : ordered_json();
    json["type"] = typeText(row.type);
    json["state"] = stateText(row.state);
    json["recv_queue"] = row.receiveQueue;
    json["send_queue"] = row.sendQueue;
    json["local_address"] = hasAddress ? ordered_json(row.localAddress.text()) : ordered_json();
    json["local_port"] = hasAddress ? ordered_json(row.localPort) : ordered_json();
    json["remote_address"] = hasRemote ? ordered_json(row.remoteAddress.text()) : ordered_json();
    json["remote_port"] = hasRemote ? ordered_json(row.remotePort) : ordered_json();
    json["path"] = row.path.empty() ? ordered_json() : ordered_json(jsonText(row.path));
    json["uid"] = row.hasUid ? ordered_json(row.uid) : ordered_json();
    json["user"] = row.hasUid ? ordered_json(jsonText(row.user)) : ordered_json();
    json["inode"] = row.inode;
    json["cookie"] = row.cookie;
    json["owners"] = ownersJson(row);
    json["owners_known"] = row.ownersKnown;
    json["timer"] = timerJson(row);
    json["tcp_info"] =
        details && details->tcpInfo ? tcpInfoJson(*details->tcpInfo) : ordered_json();
    json["congestion"] = details && !details->congestion.empty()
                             ? ordered_json(jsonText(details->congestion))
                             : ordered_json();
    return json;
}

} // namespace sscope
