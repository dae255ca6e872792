#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

/// What one NETLINK_SOCK_DIAG dump asks for (sock_diag(7)).
struct DiagRequest {
    SocketProtocol protocol = SocketProtocol::Tcp;
    int family = 0; // AF_INET, AF_INET6 or AF_UNIX
};

/// The two ends of one TCP socket, ports in host order.
struct DiagEnds {
    IpAddress local;
    std::uint16_t localPort = 0;
    IpAddress remote;
    std::uint16_t remotePort = 0;
};

/// The kernel's number of a state (include/net/tcp_states.h); nothing of a number that is none.
std::optional<SocketState> tcpState(std::uint8_t state);

/// The request as a netlink message.
std::vector<std::byte> encodeDiagRequest(const DiagRequest& request, std::uint32_t sequence);
/// Asks for one TCP socket only; ENOENT means that there is none.
std::vector<std::byte> encodeDiagRequest(const DiagEnds& ends, std::uint32_t sequence);

/// Reads the answers to one request, whatever pieces they come in. Owners and users are not in
/// them. A malformed message is passed over; nothing outside the bytes given is read.
class DiagDecoder {
public:
    DiagDecoder(const DiagRequest& request, std::uint32_t sequence, std::vector<SocketRow>& rows);

    enum class Outcome { More, Done };
    /// Takes one datagram from the kernel. Fails where the kernel answers with an error: ENOENT
    /// means that it does not offer this kind.
    Result<Outcome> take(ByteView datagram);
    /// The table changed while it was read, and rows may be missing or double (NLM_F_DUMP_INTR).
    [[nodiscard]] bool wasInterrupted() const { return m_interrupted; }

private:
    void takeInet(ByteView payload);
    void takeUnix(ByteView payload);

    const DiagRequest m_request;
    const std::uint32_t m_sequence;
    std::vector<SocketRow>& m_rows;
    bool m_interrupted = false;
};

} // namespace sscope
