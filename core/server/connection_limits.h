#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/net/socket_address.h"

namespace sscope {

/// Where a connection comes from, for the limit of each source: an IPv4 address, an IPv6 /64 (what
/// one subscriber is given, RFC 6177), or the user at the other end of a Unix socket (SO_PEERCRED).
std::string connectionSource(int fd, const SocketAddress& peer);

/// Counts the connections that are open against their limits. Any thread.
class ConnectionLimits {
public:
    /// One connection's place, given back when it goes.
    class Place {
    public:
        Place() = default;
        Place(Place&& other) noexcept = default;
        Place& operator=(Place&& other) noexcept;
        ~Place();

    private:
        friend class ConnectionLimits;
        struct State;
        Place(std::shared_ptr<State> state, std::string source);
        void giveBack();

        std::shared_ptr<State> m_state;
        std::string m_source;
    };

    ConnectionLimits(std::uint32_t most, std::optional<std::uint32_t> mostPerSource);
    /// A place, or TooManyConnections, or TooManyFromSource; without a source it is of none.
    Result<Place> admit(const std::string& source);

private:
    const std::uint32_t m_most;
    const std::optional<std::uint32_t> m_mostPerSource;
    std::shared_ptr<Place::State> m_state;
};

} // namespace sscope
