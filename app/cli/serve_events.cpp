#include "app/cli/serve_events.h"

#include <algorithm>
#include <vector>

#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/error_line.h"
#include "app/cli/json_line.h"
#include "core/base/chat_error.h"
#include "core/base/display_text.h"
#include "core/base/hex.h"
#include "core/base/utf8.h"

namespace sscope::cli {

namespace {

using nlohmann::ordered_json;
using namespace lifecycle;

template <typename... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

std::string listeningText(const Listening& listening, const ServerConfig& config) {
    std::string text = fmt::format("listening on {} ({}, {})\n", displaySafe(listening.endpoint),
                                   config.service, config.model);
    if (listening.receiveBuffer < listening.receiveBufferAsked)
        text += fmt::format("receive buffer {} of {} bytes asked for; net.core.rmem_max sets the "
                            "limit\n",
                            listening.receiveBuffer, listening.receiveBufferAsked);
    return text;
}

/// Who sent the datagram that it is about, where it is about one.
std::string fromText(const std::string& peer) {
    return peer.empty() ? std::string() : " from " + displaySafe(peer);
}

std::string troubleText(const Error& error) {
    if (isChatFault(error, ChatFault::StoresAgain))
        return fmt::format("storing again: {}\n", displaySafe(error.subject));
    return "error: " + errorSentence(error) + '\n';
}

std::string textOf(const LifecycleEvent& event, const ServerConfig& config) {
    const std::uint32_t number = event.connection.number;
    return std::visit(
        Overloaded{
            [&](const Resolved& e) {
                return fmt::format("resolved {} ({}, {}, {}{}{})\n", e.address, e.family, e.type,
                                   e.protocol, e.canonicalName.empty() ? "" : ", ",
                                   displaySafe(e.canonicalName));
            },
            [&](const Listening& e) { return listeningText(e, config); },
            [&](const Accepted& e) {
                return fmt::format("accepted connection {} from {}\n", number, displaySafe(e.peer));
            },
            [&](const Rejected& e) {
                return fmt::format("rejected {}: {}\n", displaySafe(e.peer), reasonText(e.error));
            },
            [&](const LimitReached& e) {
                return fmt::format("limit on connection {}{}: {}\n", number, fromText(e.peer),
                                   reasonText(e.error));
            },
            [&](const ProtocolError& e) {
                return fmt::format("protocol error on connection {}{}: {}\n", number,
                                   fromText(e.peer), displaySafe(e.reason));
            },
            [&](const Closed& e) {
                return fmt::format("closed connection {}: {}, {} bytes received, {} sent\n", number,
                                   closeReasonName(e.reason), e.counters.receivedBytes,
                                   e.counters.sentBytes);
            },
            [&](const Failed& e) { return troubleText(e.error); },
            [&](const Stopped&) { return std::string("stopped\n"); },
            [](const auto&) { return std::string(); },
        },
        event.what);
}

std::int64_t milliseconds(Duration duration) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

ordered_json objectFor(TimePoint time, Duration offset, const char* event) {
    return {{"time", rfc3339(wallTime(time, offset))}, {"event", event}};
}

ordered_json nullIfEmpty(const std::string& text) {
    return text.empty() ? ordered_json() : ordered_json(displaySafe(text));
}

ordered_json withPeer(ordered_json fields, const std::string& peer) {
    if (!peer.empty())
        fields["peer"] = displaySafe(peer);
    return fields;
}

struct JsonEvent {
    const char* name = nullptr; // null: nothing is told
    ordered_json fields = ordered_json::object();
};

/// Of what happens to one connection, or to the server.
class JsonEvents {
public:
    JsonEvents(std::uint32_t number, const ServerConfig& config)
        : m_number(number), m_config(config) {}

    JsonEvent operator()(const Resolved& e) const {
        return {"resolved",
                {{"family", e.family},
                 {"type", e.type},
                 {"protocol", e.protocol},
                 {"canonname", displaySafe(e.canonicalName)},
                 {"address", e.address}}};
    }
    JsonEvent operator()(const Listening& e) const {
        ordered_json fields{{"endpoint", displaySafe(e.endpoint)},
                            {"service", m_config.service},
                            {"model", m_config.model},
                            {"pid", ::getpid()}};
        if (e.isDatagram)
            fields.update({{"connection", m_number}, {"receive_buffer", e.receiveBuffer}});
        return {"listening", std::move(fields)};
    }
    JsonEvent operator()(const Accepted& e) const {
        ordered_json fields{{"connection", m_number},
                            {"peer", displaySafe(e.peer)},
                            {"local", displaySafe(e.local)}};
        if (!e.worker.empty())
            fields["worker"] = e.worker;
        if (e.pid != 0)
            fields["pid"] = e.pid;
        return {"accepted", std::move(fields)};
    }
    JsonEvent operator()(const Rejected& e) const {
        return {"rejected", {{"peer", displaySafe(e.peer)}, {"reason", reasonText(e.error)}}};
    }
    JsonEvent operator()(const LimitReached& e) const {
        return {"limit",
                withPeer({{"connection", m_number}, {"reason", reasonText(e.error)}}, e.peer)};
    }
    JsonEvent operator()(const ProtocolError& e) const {
        return {"protocol_error",
                withPeer({{"connection", m_number}, {"reason", displaySafe(e.reason)}}, e.peer)};
    }
    JsonEvent operator()(const Closed& e) const {
        return {"closed",
                {{"connection", m_number},
                 {"reason", closeReasonName(e.reason)},
                 {"received_bytes", e.counters.receivedBytes},
                 {"sent_bytes", e.counters.sentBytes},
                 {"received_messages", e.counters.receivedMessages},
                 {"sent_messages", e.counters.sentMessages},
                 {"duration_ms", milliseconds(e.lasted)}}};
    }
    JsonEvent operator()(const Failed& e) const {
        return {"error", withPeer({{"operation", e.error.operation},
                                   {"subject", displaySafe(e.error.subject)},
                                   {"errno", nullIfEmpty(errorName(e.error.code))},
                                   {"message", errorMessage(e.error)}},
                                  e.peer)};
    }
    JsonEvent operator()(const Stopped&) const { return {"stopped"}; }
    template <typename Other>
    JsonEvent operator()(const Other&) const {
        return {};
    }

private:
    const std::uint32_t m_number;
    const ServerConfig& m_config;
};

std::string jsonOf(const LifecycleEvent& event, const ServerConfig& config, Duration offset) {
    const JsonEvent told = std::visit(JsonEvents(event.connection.number, config), event.what);
    if (!told.name)
        return {};
    ordered_json object = objectFor(event.time, offset, told.name);
    object.update(told.fields);
    return cli::jsonLine(object);
}

const char* traceName(TraceKind kind) {
    switch (kind) {
    case TraceKind::Received:
        return "received";
    case TraceKind::Sent:
        return "sent";
    default:
        return "message";
    }
}

/// What has come, for a person to read: its first bytes, where it is longer than a trace keeps.
std::string arrivalText(const TraceEvent& event, ByteView head, const std::string& peer) {
    const std::string from =
        event.peer != 0 ? displaySafe(peer) : fmt::format("connection {}", event.connection.number);
    const std::string more =
        head.size() < event.bytes ? fmt::format(" ... ({} bytes)", event.bytes) : "";
    return fmt::format("message from {}: {}{}\n", from, displaySafe(sscope::textOf(head)), more);
}

std::string jsonOf(const TraceEvent& event, const std::string& peer, ByteView head,
                   Duration offset) {
    ordered_json object = objectFor(event.time, offset, traceName(event.kind));
    object["connection"] = event.connection.number;
    if (event.kind == TraceKind::MessageIn || event.kind == TraceKind::MessageOut)
        object["direction"] = event.kind == TraceKind::MessageIn ? "in" : "out";
    object["bytes"] = event.bytes;
    object["offset"] = event.plainOffset;
    if (event.peer != 0)
        object["peer"] = displaySafe(peer);
    if (!head.empty())
        object[isUtf8(sscope::textOf(head)) ? "text" : "hex"] =
            isUtf8(sscope::textOf(head)) ? std::string(sscope::textOf(head)) : toHex(head);
    return cli::jsonLine(object);
}

std::string jsonOf(const WakeUp& wakeUp, const DescriptorLists& lists, Duration offset) {
    ordered_json object = objectFor(wakeUp.time, offset, "multiplexer");
    object.update({{"loop", wakeUp.loop},
                   {"registered", wakeUp.registered},
                   {"readable", wakeUp.readable},
                   {"writable", wakeUp.writable},
                   {"waited_us", wakeUp.waitedMicroseconds},
                   {"worked_us", wakeUp.workedMicroseconds},
                   {"timed_out", wakeUp.timedOut}});
    if (wakeUp.isListed)
        object.update({{"registered_fds", lists.registered},
                       {"readable_fds", lists.readable},
                       {"writable_fds", lists.writable}});
    return cli::jsonLine(object);
}

/// One line and where it belongs.
struct Line {
    TimePoint time;
    std::uint32_t sequence;
    std::string text;
};

} // namespace

void ServeEvents::rememberPeers(const TraceDrain& drain) {
    constexpr std::size_t most = 10'000;
    for (const ConnectionState& state : drain.states) {
        if (state.peer != 0)
            m_peers[{state.connection.number, state.peer}] = state.endpoint;
    }
    if (m_peers.size() > most)
        m_olderPeers = std::exchange(m_peers, {});
}

std::string ServeEvents::peerOf(const TraceEvent& event) const {
    for (const Peers* peers : {&m_peers, &m_olderPeers}) {
        if (const auto it = peers->find({event.connection.number, event.peer}); it != peers->end())
            return it->second;
    }
    return {};
}

std::string ServeEvents::lines(const TraceDrain& drain) {
    rememberPeers(drain);
    const Duration offset = wallOffset();
    std::vector<Line> all;
    const auto add = [&](const LifecycleEvent& event) {
        all.push_back({event.time, event.sequence,
                       m_json ? jsonOf(event, m_config, offset) : textOf(event, m_config)});
    };
    for (const LifecycleEvent& event : drain.lifecycle) {
        if (const auto* finished = std::get_if<Finished>(&event.what)) {
            // One record, but two lines, each at its own time.
            add({finished->acceptedAt, finished->acceptedSequence, event.connection,
                 finished->accepted});
            add({event.time, event.sequence, event.connection, finished->closed});
        } else {
            add(event);
        }
    }
    for (const LogChunk* chunk : {&drain.olderLog, &drain.newerLog}) {
        ByteView received; // a transparent framing tells it with the receive alone
        for (const TraceEvent& event : chunk->events) {
            if (event.kind == TraceKind::MessagePart)
                continue; // for a view of the stream
            if (event.kind == TraceKind::Received)
                received = chunk->head(event);
            const bool isArrival = m_byHand && event.kind == TraceKind::MessageIn;
            const ByteView own = chunk->head(event);
            const ByteView head = !isArrival                       ? ByteView()
                                  : own.empty() && event.bytes > 0 ? received
                                                                   : own;
            if (m_json && (m_trace || isArrival))
                all.push_back(
                    {event.time, event.sequence, jsonOf(event, peerOf(event), head, offset)});
            else if (isArrival)
                all.push_back(
                    {event.time, event.sequence, arrivalText(event, head, peerOf(event))});
        }
        for (const WakeUp& wakeUp : chunk->wakeUps)
            all.push_back({wakeUp.time, wakeUp.sequence,
                           jsonOf(wakeUp, listsOf(wakeUp, chunk->descriptors), offset)});
    }
    std::ranges::stable_sort(all, {},
                             [](const Line& line) { return std::tuple(line.time, line.sequence); });
    std::string text;
    for (const Line& line : all)
        text += line.text;
    return text;
}

} // namespace sscope::cli
