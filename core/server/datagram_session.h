#pragma once

#include "core/net/datagram_socket.h"
#include "core/server/datagram_exchange.h"

namespace sscope {

/// Serves one bound datagram socket by the calls of the system. Owned by a SessionLoop, on its
/// thread.
class DatagramSession final : public DatagramExchange {
public:
    DatagramSession(SessionHost& host, ConnectionId id, UniqueFd fd, Transport transport);

private:
    DatagramSocket m_socket;
};

} // namespace sscope
