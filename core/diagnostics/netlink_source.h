#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "core/diagnostics/sock_diag_codec.h"

namespace sscope {

/// The kernel's socket tables by NETLINK_SOCK_DIAG. Blocks while the kernel answers; used by one
/// thread.
class NetlinkSource {
public:
    /// Appends the sockets of one kind. An interrupted dump is repeated; where each try is
    /// interrupted the last one stands, for a table that never rests.
    Result<void> read(const DiagRequest& request, std::vector<SocketRow>& rows);

    /// The same socket as it is now, with details, whatever has become of its ends; empty where it
    /// has gone, or no answer came.
    std::optional<SocketRow> readOne(const SocketRow& known);

    /// Of the TCP socket with these ends; empty where there is none, or no answer.
    std::optional<SocketState> stateOf(const DiagEnds& ends);

private:
    Result<void> open();
    /// True where the rows are all there, and were not changed while they were read.
    Result<bool> ask(const std::vector<std::byte>& message, const DiagRequest& request,
                     std::vector<SocketRow>& rows);

    UniqueFd m_fd;
    std::uint32_t m_sequence = 0;
    std::unique_ptr<std::byte[]> m_buffer;
};

} // namespace sscope
