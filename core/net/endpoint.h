#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/net/socket_address.h"

namespace sscope {

enum class Transport { Tcp, Udp, Unix, Unixgram };

std::string_view transportName(Transport transport);
constexpr bool isDatagram(Transport transport) {
    return transport == Transport::Udp || transport == Transport::Unixgram;
}
constexpr bool isUnix(Transport transport) {
    return transport == Transport::Unix || transport == Transport::Unixgram;
}

/// Where to listen or connect, as a person names it: tcp://HOST:PORT, udp://HOST:PORT, unix:PATH,
/// unixgram:PATH. The host may be a name; "*" is every address.
struct Endpoint {
    Transport transport = Transport::Tcp;
    std::string host{};
    std::uint16_t port = 0;
    std::string path{}; // Unix sockets; @NAME is the abstract namespace

    bool operator==(const Endpoint&) const = default;
    /// In the form that INTERFACE.md prints.
    [[nodiscard]] std::string text() const;
};

/// What a bare port means: a server's is 127.0.0.1, a client's localhost.
struct EndpointDefaults {
    Transport transport = Transport::Tcp;
    std::string_view host = "localhost";
};

/// Reads an endpoint as people type them: also ":80", "80", "host 80", "http://host:8080/x". An
/// error names the part at fault (operation "endpoint", subject: the text).
Result<Endpoint> parseEndpoint(std::string_view text, const EndpointDefaults& defaults = {});

/// An address of the kernel in the form of an endpoint.
std::string endpointText(Transport transport, const SocketAddress& address);

} // namespace sscope
