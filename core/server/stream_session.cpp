#include "core/server/stream_session.h"

#include <utility>

namespace sscope {

StreamSession::StreamSession(SessionHost& host, ConnectionId id, UniqueFd fd, std::string peer,
                             std::string local)
    : StreamExchange(host, id, std::move(peer), std::move(local)),
      m_connection(host.loop(), std::move(fd), std::make_unique<IdentityFilter>(),
                   {host.config().receiveSize, host.config().maxQueue}, trace(),
                   static_cast<StreamLink::Owner&>(*this)) {
    setLink(m_connection);
}

} // namespace sscope
