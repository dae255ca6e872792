#include "core/server/connection_limits.h"

#include <cstring>
#include <mutex>
#include <unordered_map>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>

namespace sscope {

struct ConnectionLimits::Place::State {
    std::mutex mutex;
    std::uint32_t open = 0;                                    // under mutex
    std::unordered_map<std::string, std::uint32_t> bySource{}; // under mutex
};

std::string connectionSource(int fd, const SocketAddress& peer) {
    if (peer.family() == AF_INET6) {
        constexpr std::size_t prefix = 8; // bytes of a /64
        sockaddr_in6 address{};
        std::memcpy(&address, peer.data(), sizeof address);
        if (!IN6_IS_ADDR_V4MAPPED(&address.sin6_addr))
            return {reinterpret_cast<const char*>(&address.sin6_addr), prefix};
    }
    if (peer.family() == AF_INET || peer.family() == AF_INET6)
        return peer.host();
    ucred user{};
    socklen_t length = sizeof user;
    ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &user, &length);
    return "uid " + std::to_string(user.uid);
}

ConnectionLimits::Place::Place(std::shared_ptr<State> state, std::string source)
    : m_state(std::move(state)), m_source(std::move(source)) {}

ConnectionLimits::Place& ConnectionLimits::Place::operator=(Place&& other) noexcept {
    if (this != &other) {
        giveBack();
        m_state = std::move(other.m_state);
        m_source = std::move(other.m_source);
    }
    return *this;
}

ConnectionLimits::Place::~Place() {
    giveBack();
}

void ConnectionLimits::Place::giveBack() {
    const auto state = std::exchange(m_state, nullptr);
    if (!state)
        return;
    const std::lock_guard lock(state->mutex);
    --state->open;
    const auto it = state->bySource.find(m_source);
    if (it != state->bySource.end() && --it->second == 0)
        state->bySource.erase(it);
}

ConnectionLimits::ConnectionLimits(std::uint32_t most, std::optional<std::uint32_t> mostPerSource)
    : m_most(most), m_mostPerSource(mostPerSource), m_state(std::make_shared<Place::State>()) {}

Result<ConnectionLimits::Place> ConnectionLimits::admit(const std::string& source) {
    const std::lock_guard lock(m_state->mutex);
    if (m_state->open >= m_most)
        return Failure(faultError(Fault::TooManyConnections, "accept", {}, std::to_string(m_most)));
    if (m_mostPerSource && !source.empty()) {
        std::uint32_t& open = m_state->bySource[source];
        if (open >= *m_mostPerSource)
            return Failure(faultError(Fault::TooManyFromSource, "accept", {},
                                      std::to_string(*m_mostPerSource)));
        ++open;
    }
    ++m_state->open;
    return Place(m_state, source);
}

} // namespace sscope
