#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/endpoint.h"
#include "core/net/socket_options.h"
#include "core/service/service_settings.h"

namespace sscope {

/// All that a person decides before a server starts; the defaults are those of INTERFACE.md.
struct ServerConfig {
    std::string service = "echo";
    std::vector<Endpoint> listen{{.host = "127.0.0.1", .port = 65432}};
    std::string model = "epoll";
    int loops = 1;
    std::optional<Duration> pollInterval{};
    std::string framing{}; // empty: the service's own
    ServiceSettings settings{};
    int backlog = 128;
    std::size_t receiveSize = 65536;
    SocketOptions options{};
    std::uint32_t maxConnections = 10'000;
    std::optional<std::uint32_t> maxPerSource{}; // connections from one address, /64 or user
    std::optional<Duration> idleTimeout{};
    std::size_t maxQueue = 1 << 20;
    bool closeAfterReply = false;
    bool once = false;
    bool allowPublic = false;

    bool operator==(const ServerConfig&) const = default;
};

/// Checks what can be checked before a socket is opened. Errors are usage errors: operation is
/// "serve", subject the option.
Result<void> validate(const ServerConfig& config);

/// The arguments of `socketscope serve` that mean the same; only what differs from the defaults.
std::vector<std::string> serveArguments(const ServerConfig& config);

} // namespace sscope
