#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/framing/framings.h"
#include "core/net/endpoint.h"
#include "core/net/socket_options.h"

namespace sscope {

/// One load: requests of one size over so many connections, for so long.
struct LoadConfig {
    Endpoint endpoint{.host = "127.0.0.1", .port = 65432};
    std::uint32_t connections = 50;
    std::uint64_t size = 64; // bytes of a request's content
    Duration duration = std::chrono::seconds(10);
    /// Requests a second, in all (open loop). None: each connection sends the next request when
    /// the reply to the last is whole (closed loop).
    std::optional<double> rate{};
    Framing framing{};       // raw: a reply has as many bytes as its request
    bool verifyEcho = false; // a reply must be the very bytes of the request
    SocketOptions options{};
    Duration connectTimeout = std::chrono::seconds(10);
    /// After that long without its reply a request has failed, and its connection is replaced. Of
    /// datagrams it tells that one was lost.
    std::optional<Duration> replyTimeout{}; // none: 10 s; of datagrams 1 s

    [[nodiscard]] bool isOpenLoop() const { return rate.has_value(); }
    [[nodiscard]] Duration effectiveReplyTimeout() const;
};

/// Checks what can be checked before a socket is opened. Errors are usage errors: operation is
/// "load", subject the option.
Result<void> validate(const LoadConfig& config);

/// The arguments of `socketscope load` that mean the same; only what differs from the defaults.
std::vector<std::string> loadArguments(const LoadConfig& config);

} // namespace sscope
