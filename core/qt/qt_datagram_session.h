#pragma once

#include "core/qt/qt_datagram_socket.h"
#include "core/server/datagram_exchange.h"

namespace sscope {

/// Serves one bound UDP socket by Qt's classes. Owned by a SessionLoop, on its thread.
class QtDatagramSession final : public DatagramExchange {
public:
    QtDatagramSession(QtEventLoop& loop, SessionHost& host, ConnectionId id, UniqueFd fd)
        : DatagramExchange(host, id, Transport::Udp),
          m_socket(loop, std::move(fd), host.config().receiveSize, host.config().maxQueue,
                   static_cast<DatagramLink::Owner&>(*this)) {
        setLink(m_socket);
    }

private:
    QtDatagramSocket m_socket;
};

} // namespace sscope
