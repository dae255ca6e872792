#include <array>
#include <charconv>
#include <limits>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/display_text.h"
#include "core/diagnostics/table_printer.h"

namespace sscope {

namespace {

/// Writes one object. By hand, for a machine with many sockets: a tree of values for each row would
/// take longer than reading all of them from the kernel.
class ObjectWriter {
public:
    explicit ObjectWriter(std::string& out) : m_out(out) { m_out += '{'; }
    void end() { m_out += '}'; }

    /// What follows is its value.
    std::string& key(std::string_view name) {
        if (!m_isFirst)
            m_out += ',';
        m_isFirst = false;
        m_out.append("\"").append(name).append("\":");
        return m_out;
    }
    void number(std::string_view name, std::uint64_t value) {
        std::array<char, 20> digits; // of 2^64
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        key(name).append(digits.data(), end);
    }
    void truth(std::string_view name, bool value) { key(name) += value ? "true" : "false"; }
    void null(std::string_view name) { key(name) += "null"; }
    /// A word of ours, without anything to escape.
    void word(std::string_view name, std::string_view value) {
        key(name).append("\"").append(value).append("\"");
    }
    /// From outside. JSON text is UTF-8; what a process calls itself need not be.
    void text(std::string_view name, std::string_view value) {
        std::string& out = key(name);
        out += '"';
        for (const char c : displaySafe(value)) {
            if (c == '"' || c == '\\')
                out += '\\';
            out += c;
        }
        out += '"';
    }

private:
    std::string& m_out;
    bool m_isFirst = true;
};

void numberOrNull(ObjectWriter& row, std::string_view name, bool isKnown, std::uint64_t number) {
    if (isKnown)
        row.number(name, number);
    else
        row.null(name);
}

void writeOwners(ObjectWriter& row, const std::vector<SocketOwner>& owners) {
    std::string& out = row.key("owners");
    out += '[';
    for (const SocketOwner& owner : owners) {
        if (&owner != &owners.front())
            out += ',';
        ObjectWriter object(out);
        object.number("pid", static_cast<std::uint64_t>(owner.process->pid));
        object.text("command", owner.process->command);
        object.key("fd") += std::to_string(owner.fd);
        object.end();
    }
    out += ']';
}

void writeTimer(ObjectWriter& row, const SocketRow& socket) {
    if (socket.timer == TimerKind::None)
        return row.null("timer");
    ObjectWriter timer(row.key("timer"));
    timer.word("name", timerText(socket.timer));
    timer.number("expires_ms", socket.timerExpiresMs);
    timer.number("retransmits", socket.timerRetransmits);
    timer.end();
}

/// TCPI_OPT_* (linux/tcp.h).
void writeOptions(ObjectWriter& info, std::uint8_t options) {
    constexpr std::array names{"timestamps", "sack", "wscale", "ecn", "ecn_seen", "syn_data"};
    std::string& out = info.key("options");
    out += '[';
    bool isFirst = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if ((options & 1U << i) == 0)
            continue;
        out.append(isFirst ? "\"" : ",\"").append(names[i]).append("\"");
        isFirst = false;
    }
    out += ']';
}

const char* congestionState(std::uint8_t state) {
    constexpr std::array names{"open", "disorder", "cwr", "recovery", "loss"};
    return state < names.size() ? names[state] : "";
}

void writeRate(ObjectWriter& info, std::string_view name, std::uint64_t rate) {
    if (rate == std::numeric_limits<std::uint64_t>::max())
        info.null(name); // it has no limit
    else
        info.number(name, rate);
}

/// Those that INTERFACE.md names.
void writeNamed(ObjectWriter& object, const TcpInfo& info) {
    object.number("rtt_us", info.rttUs);
    object.number("rtt_var_us", info.rttVarUs);
    object.number("cwnd", info.congestionWindow);
    object.number("retransmits_total", info.retransmitsTotal);
    object.number("bytes_received", info.bytesReceived);
    object.number("bytes_acked", info.bytesAcked);
    object.number("delivery_rate", info.deliveryRate);
    object.number("unacked", info.unacked);
}

void writeState(ObjectWriter& object, const TcpInfo& info) {
    object.number("state", info.state);
    object.word("ca_state", congestionState(info.caState));
    object.number("retransmits", info.retransmits);
    object.number("probes", info.probes);
    object.number("backoff", info.backoff);
    writeOptions(object, info.options);
    object.number("send_window_scale", info.sendWindowScale);
    object.number("receive_window_scale", info.receiveWindowScale);
    object.truth("is_app_limited", info.isAppLimited);
    object.number("rto_us", info.rtoUs);
    object.number("ato_us", info.atoUs);
    object.number("send_mss", info.sendMss);
    object.number("receive_mss", info.receiveMss);
    object.number("sacked", info.sacked);
    object.number("lost", info.lost);
    object.number("retransmitted", info.retransmitted);
    // Before the first data these count from something else.
    numberOrNull(object, "last_data_sent_ms", info.dataSegmentsOut > 0, info.lastDataSentMs);
    numberOrNull(object, "last_data_received_ms", info.dataSegmentsIn > 0, info.lastDataReceivedMs);
    object.number("last_ack_received_ms", info.lastAckReceivedMs);
    object.number("path_mtu", info.pathMtu);
    object.number("receive_slow_start_threshold", info.receiveSlowStartThreshold);
}

void writeCounters(ObjectWriter& object, const TcpInfo& info) {
    object.number("send_slow_start_threshold", info.sendSlowStartThreshold);
    object.number("advertised_mss", info.advertisedMss);
    object.number("reordering", info.reordering);
    object.number("receive_rtt_us", info.receiveRttUs);
    object.number("receive_space", info.receiveSpace);
    writeRate(object, "pacing_rate", info.pacingRate);
    writeRate(object, "max_pacing_rate", info.maxPacingRate);
    object.number("segments_out", info.segmentsOut);
    object.number("segments_in", info.segmentsIn);
    object.number("not_sent_bytes", info.notSentBytes);
    numberOrNull(object, "min_rtt_us", info.minRttUs != ~0U, info.minRttUs); // none measured yet
    object.number("data_segments_in", info.dataSegmentsIn);
    object.number("data_segments_out", info.dataSegmentsOut);
    object.number("busy_time_us", info.busyTimeUs);
    object.number("receive_window_limited_us", info.receiveWindowLimitedUs);
    object.number("send_buffer_limited_us", info.sendBufferLimitedUs);
    object.number("delivered", info.delivered);
    object.number("delivered_ce", info.deliveredCe);
    object.number("bytes_sent", info.bytesSent);
    object.number("bytes_retransmitted", info.bytesRetransmitted);
    object.number("dsack_duplicates", info.dsackDuplicates);
    object.number("reordering_seen", info.reorderingSeen);
    object.number("out_of_order_in", info.outOfOrderIn);
    object.number("send_window", info.sendWindow);
}

/// A listener's holds its queue and backlog under other names, and nothing else.
void writeTcpInfo(ObjectWriter& row, const SocketDetails* details, SocketState state) {
    if (!details || !details->tcpInfo || state == SocketState::Listen)
        return row.null("tcp_info");
    ObjectWriter info(row.key("tcp_info"));
    writeNamed(info, *details->tcpInfo);
    writeState(info, *details->tcpInfo);
    writeCounters(info, *details->tcpInfo);
    info.end();
}

void writeLocalEnd(ObjectWriter& row, const SocketRow& socket) {
    if (!isInet(socket.protocol)) {
        row.null("local_address");
        return row.null("local_port");
    }
    row.word("local_address", socket.localAddress.text());
    row.number("local_port", socket.localPort);
}

void writeRemoteEnd(ObjectWriter& row, const SocketRow& socket) {
    if (!isInet(socket.protocol) || !socket.hasPeer()) {
        row.null("remote_address");
        return row.null("remote_port");
    }
    row.word("remote_address", socket.remoteAddress.text());
    row.number("remote_port", socket.remotePort);
}

void textOrNull(ObjectWriter& row, std::string_view name, bool isKnown, std::string_view text) {
    if (isKnown)
        row.text(name, text);
    else
        row.null(name);
}

} // namespace

void appendJson(std::string& out, const SocketRow& socket) {
    const SocketDetails* details = socket.details.get();
    ObjectWriter row(out);
    row.word("protocol", protocolText(socket.protocol));
    numberOrNull(row, "family", isInet(socket.protocol), socket.family);
    row.word("type", typeText(socket.type));
    row.word("state", stateText(socket.state));
    row.number("recv_queue", socket.receiveQueue);
    row.number("send_queue", socket.sendQueue);
    writeLocalEnd(row, socket);
    writeRemoteEnd(row, socket);
    textOrNull(row, "path", !socket.path.empty(), socket.path);
    if (socket.protocol == SocketProtocol::Unix)
        numberOrNull(row, "peer_inode", socket.peerInode != 0, socket.peerInode);
    else if (!isInet(socket.protocol))
        row.text("name", socket.localText());
    numberOrNull(row, "uid", socket.hasUid, socket.uid);
    textOrNull(row, "user", socket.hasUid, socket.user);
    row.number("inode", socket.inode);
    row.number("cookie", socket.cookie);
    writeOwners(row, socket.owners);
    row.truth("owners_known", socket.ownersKnown);
    writeTimer(row, socket);
    writeTcpInfo(row, details, socket.state);
    textOrNull(row, "congestion", details && !details->congestion.empty(),
               details ? details->congestion : std::string());
    row.end();
}

nlohmann::ordered_json toJson(const SocketRow& row) {
    std::string text;
    appendJson(text, row);
    return nlohmann::ordered_json::parse(text);
}

} // namespace sscope
