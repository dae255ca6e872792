#pragma once

#include <array>
#include <string_view>

#include "core/load/latency_histogram.h"
#include "core/load/load_config.h"

namespace sscope {

enum class LoadPhase {
    Waiting,    // not started
    Connecting, // looks up, and makes the connections; nothing is measured yet
    Running,
    Draining, // no request is due any more; replies under way are waited for
    Done,
    Cancelled, // what was measured until then holds
    Failed,    // no connection came about: see LoadResult::failure
};

/// Why a request, or an attempt to connect, has failed.
enum class LoadErrorReason {
    Refused,
    ConnectTimedOut,
    Unreachable, // no route, no such path, no permission
    Resources,   // descriptors, ports or memory of this machine
    Reset,
    Closed, // by the peer, with a reply still owed
    ReplyTimedOut,
    WrongReply, // more than was asked for, not of the framing, other bytes than sent
    Other,
};
constexpr std::size_t loadErrorReasons = static_cast<std::size_t>(LoadErrorReason::Other) + 1;
/// As the exports name it: "refused", "connect_timed_out".
std::string_view loadErrorName(LoadErrorReason reason);

struct LoadErrorCount {
    std::uint64_t count = 0;
    Error first{}; // an example, with errno and what to try
};

/// One second of a run (the last may be shorter), by when replies came and errors happened.
struct LoadInterval {
    Duration begin{}; // since the run began
    Duration length{};
    std::uint64_t requests = 0; // answered
    std::uint64_t errors = 0;
    std::uint64_t receivedBytes = 0;
    Duration p50{};
    Duration p90{};
    Duration p99{};
    Duration p999{};
    Duration max{};
};

/// What a run has measured so far, or in all. A value.
///
/// Latency counts from when a request was due to when the last byte of its reply had come. Open
/// loop: request i is due i/rate after the run began, whatever the server does; the wait for a
/// free connection counts. Closed loop: a request is due when the reply before it on its connection
/// has come, so that a server that stalls is asked less; its stall shows in as many requests as
/// there are connections.
///
/// Of all that were due: requests (answered), failed and unanswered.
struct LoadResult {
    LoadConfig config{};
    LoadPhase phase = LoadPhase::Waiting;
    WallTime started = 0;  // when the first request was due
    Duration elapsed{};    // since then, to the last reply or the end of the duration
    std::string address{}; // that was loaded, as an endpoint
    std::uint64_t due = 0; // so far
    std::uint64_t requests = 0;
    std::uint64_t failed = 0;      // requests; failed attempts to connect are in errors only
    std::uint64_t unanswered = 0;  // while it runs: under way, or waiting for a connection
    std::uint32_t connections = 0; // that came about, of config.connections
    std::uint32_t neverServed = 0; // that have never had a reply, though they were asked or wanted
    std::uint64_t sentBytes = 0;
    std::uint64_t receivedBytes = 0;
    Duration cpuTime{}; // of the thread that makes the load, while it was measured
    std::array<LoadErrorCount, loadErrorReasons> errors{};
    LatencyHistogram latencies{};
    /// Open loop: how late after it was due a request was sent that found a free connection: the
    /// part of its latency that is ours.
    LatencyHistogram lateness{};
    std::vector<LoadInterval> intervals{};
    std::optional<Error> failure{};

    [[nodiscard]] bool isOver() const { return phase >= LoadPhase::Done; }
    [[nodiscard]] std::uint64_t errorCount() const;
    [[nodiscard]] double perSecond() const;
    [[nodiscard]] double receivedBytesPerSecond() const;
    /// The share of one core that the load itself took: near 1 its own speed is what was measured.
    [[nodiscard]] double ownCore() const;
};

/// A run that is kept to be compared.
struct NamedLoad {
    std::string name;
    LoadResult result;
};

} // namespace sscope
