#include "core/server/datagram_session.h"

#include <utility>

namespace sscope {

DatagramSession::DatagramSession(SessionHost& host, ConnectionId id, UniqueFd fd,
                                 Transport transport)
    : DatagramExchange(host, id, transport),
      m_socket(host.loop(), std::move(fd), host.config().receiveSize, host.config().maxQueue,
               static_cast<DatagramLink::Owner&>(*this)) {
    setLink(m_socket);
}

} // namespace sscope
