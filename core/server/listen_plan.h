#pragma once

#include <functional>
#include <vector>

#include "core/net/resolver.h"
#include "core/net/unix_path.h"
#include "core/server/server_config.h"

namespace sscope {

/// One socket that a server listens on.
struct OpenedSocket {
    UniqueFd fd;
    Transport transport = Transport::Tcp;
    UnixPathGuard path;
    bool isPublic = false;
};

/// Resolves and opens all that a server is to listen on, or nothing. A host name opens each of
/// its addresses; one that this machine does not have is passed over where another opens. Owned
/// by a server's first loop, on its thread.
class ListenPlan {
public:
    class Owner {
    public:
        virtual void addressResolved(const AddressInfo& info) = 0;
        /// One address of a host name was passed over.
        virtual void addressSkipped(Error error) = 0;
        virtual void planDone(std::vector<OpenedSocket> sockets) = 0;
        /// isUsage: the request itself is not allowed, and nothing has been opened.
        virtual void planFailed(Error error, bool isUsage) = 0;

    protected:
        ~Owner() = default;
    };

    ListenPlan(Reactor& reactor, const ServerConfig& config, Owner& owner);
    /// Calls the owner from then on, never from within this call.
    void start();

private:
    struct Resolved {
        Endpoint endpoint;
        std::vector<AddressInfo> addresses;
    };
    void resolveNext();
    void resolved(Result<std::vector<AddressInfo>> addresses);
    void openAll();
    Result<void> openEndpoint(const Resolved& resolved, std::vector<OpenedSocket>& sockets);
    Result<OpenedSocket> openOne(const Endpoint& endpoint, const SocketAddress& address) const;

    Reactor& m_reactor;
    const ServerConfig& m_config;
    Owner& m_owner;
    Lookup m_lookup;
    std::vector<Resolved> m_resolved;
};

} // namespace sscope
