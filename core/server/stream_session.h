#pragma once

#include "core/net/stream_connection.h"
#include "core/server/stream_exchange.h"

namespace sscope {

/// Serves one accepted stream connection by the calls of the system. Owned by a SessionLoop, on its
/// thread.
class StreamSession final : public StreamExchange {
public:
    StreamSession(SessionHost& host, ConnectionId id, UniqueFd fd, std::string peer,
                  std::string local);

private:
    StreamConnection m_connection;
};

} // namespace sscope
