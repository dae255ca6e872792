#include "app/cli/socket_arguments.h"

#include <algorithm>
#include <limits>

#include <CLI/CLI.hpp>

#include "app/cli/arguments.h"

namespace sscope::cli {

namespace {

constexpr std::uint64_t mostReceiveSize = 1 << 30;

/// A host without a port, as a person may type one for our own end.
Result<Endpoint> parseLocal(const std::string& text, Transport transport) {
    const EndpointDefaults defaults{.transport = transport, .host = "*"};
    if (!isUnix(transport) && SocketAddress::fromNumeric(text, 0) &&
        text.find_first_of(".:") != std::string::npos) // "::1" too; a bare number is a port
        return Endpoint{.transport = transport, .host = text};
    auto local = parseEndpoint(text, defaults);
    if (local || isUnix(transport) || !local.error().is(Fault::MissingPort))
        return local;
    return parseEndpoint(text + ":0", defaults);
}

} // namespace

int clampToInt(std::uint64_t value) {
    constexpr auto most = std::numeric_limits<int>::max();
    return value > static_cast<std::uint64_t>(most) ? most : static_cast<int>(value);
}

void addSocketOptions(CLI::App& app, SocketOptions& options) {
    addSwitch(app, "--reuse-address", options.reuseAddress, "SO_REUSEADDR (default on)");
    app.add_flag("--reuse-port", options.reusePort, "SO_REUSEPORT");
    addSwitch(app, "--nodelay", options.noDelay, "TCP_NODELAY (default on)");
    app.add_option("--keepalive", options.keepaliveSeconds,
                   "seconds of silence before keepalive probes (default off)")
        ->check(CLI::Range(1, 32767));
    addBytes(
        app, "--receive-buffer",
        [&options](std::uint64_t bytes) { options.receiveBuffer = clampToInt(bytes); },
        "SO_RCVBUF (default: the kernel's; 4 MiB for datagrams)");
    addBytes(
        app, "--send-buffer",
        [&options](std::uint64_t bytes) { options.sendBuffer = clampToInt(bytes); },
        "SO_SNDBUF (default: the kernel's)");
    app.add_option("--linger", options.lingerSeconds, "SO_LINGER; 0 resets on close")
        ->check(CLI::Range(0, 32767));
}

void addLocalOptions(CLI::App& app, ClientConfig& config, LocalTexts& texts) {
    app.add_option("--local", texts.local,
                   "our own end: HOST, HOST:PORT, :PORT, or a Unix PATH (default: the kernel's "
                   "choice)")
        ->type_name("ENDPOINT");
    DatagramOptions& datagrams = config.datagrams;
    app.add_flag("--broadcast", datagrams.broadcast, "UDP: SO_BROADCAST, and replies of anybody");
    app.add_option("--multicast-ttl", datagrams.multicastTtl,
                   "UDP: routers that multicast may pass, and 1 (default 1)")
        ->check(CLI::Range(0, 255));
    app.add_option("--multicast-interface", datagrams.multicastInterface,
                   "UDP: the interface for multicast (default: the kernel's choice)")
        ->type_name("NAME");
    addSwitch(app, "--multicast-loop", datagrams.multicastLoop,
              "UDP: this machine hears our multicast too (default on)");
    app.add_option("--join", datagrams.join,
                   "UDP: hear what is sent to a multicast group; may be given several times")
        ->allow_extra_args(false)
        ->type_name("GROUP");
    addTime(
        app, "--lookup-timeout", "S", 0.001,
        [&texts](double value) { texts.lookupTimeout = value; },
        "seconds for the name service (default 10)");
    addBytes(
        app, "--receive-size",
        [&config](std::uint64_t bytes) {
            if (bytes == 0)
                throw CLI::ValidationError("--receive-size: at least 1");
            config.receiveSize = std::min(bytes, mostReceiveSize);
        },
        "bytes asked of one receive (default 65536)");
}

Result<void> takeLocal(const LocalTexts& texts, ClientConfig& config) {
    const Transport transport = config.endpoint.transport;
    if (texts.lookupTimeout)
        config.lookupTimeout = fromSeconds(*texts.lookupTimeout);
    if (!texts.local.empty()) {
        auto local = parseLocal(texts.local, transport);
        if (!local)
            return Failure(std::move(local.error()));
        if (local->transport != transport) {
            Error error = faultError(Fault::OtherTransport, "endpoint", texts.local,
                                     std::string(transportName(local->transport)));
            error.hint = {.kind = Hint::Kind::Example,
                          .text =
                              isUnix(transport) ? "--local /tmp/client" : "--local 127.0.0.1:5000"};
            return Failure(std::move(error));
        }
        config.local = std::move(*local);
    }
    return validate(config.datagrams, transport);
}

} // namespace sscope::cli
