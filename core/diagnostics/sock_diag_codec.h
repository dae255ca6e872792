#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/diagnostics/sock_diag_request.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

/// The kernel's number of a state (include/net/tcp_states.h); nothing of a number that is none.
std::optional<SocketState> tcpState(std::uint8_t state);

/// Reads the answers to one request, whatever pieces they come in. Owners, users and names of
/// interfaces are not in them. A malformed message is passed over; nothing outside the bytes given
/// is read.
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
    void takeRow(ByteView payload);
    void takeInet(ByteView payload);
    void takeInetAttributes(ByteView attributes, SocketRow& row);
    void takeUnix(ByteView payload);
    void takePacket(ByteView payload);
    void takeNetlink(ByteView payload);

    const DiagRequest m_request;
    const std::uint32_t m_sequence;
    std::vector<SocketRow>& m_rows;
    bool m_interrupted = false;
};

} // namespace sscope
