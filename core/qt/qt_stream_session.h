#pragma once

#include "core/qt/qt_stream_connection.h"
#include "core/server/stream_exchange.h"

namespace sscope {

/// Serves one accepted stream connection by Qt's classes. Owned by a SessionLoop, on its thread.
class QtStreamSession final : public StreamExchange {
public:
    QtStreamSession(QtEventLoop& loop, SessionHost& host, ConnectionId id, Transport transport,
                    UniqueFd fd, std::string peer, std::string local)
        : StreamExchange(host, id, std::move(peer), std::move(local)),
          m_connection(loop, std::move(fd), transport,
                       {host.config().receiveSize, host.config().maxQueue}, trace(),
                       static_cast<StreamLink::Owner&>(*this)) {
        setLink(m_connection);
    }

private:
    QtStreamConnection m_connection;
};

} // namespace sscope
