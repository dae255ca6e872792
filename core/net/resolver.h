#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/net/endpoint.h"
#include "core/reactor/reactor.h"

namespace sscope {

/// One result of getaddrinfo(3).
struct AddressInfo {
    int family = 0;
    int type = 0;
    int protocol = 0;
    std::string canonicalName;
    SocketAddress address;
};

/// The address as an endpoint; the transport is that of the socket type.
std::string endpointText(const AddressInfo& info);
/// Its constants' names: AF_INET6, SOCK_STREAM, IPPROTO_TCP; a number where there is none.
std::string familyName(int family);
std::string socketTypeName(int type);
std::string protocolName(int protocol);

/// False for numeric addresses, "*" and Unix paths: those name their one address themselves.
bool needsLookup(const Endpoint& endpoint);

enum class ResolveFor { Connect, Listen };

/// One look-up under way; forgotten when it goes. getaddrinfo cannot be cancelled: it runs on a
/// thread of its own, whose late answer is then dropped.
class Lookup {
public:
    using Answer = std::function<void(Result<std::vector<AddressInfo>>)>;

    Lookup() = default;
    Lookup(Lookup&&) noexcept = default;
    Lookup& operator=(Lookup&& other) noexcept;
    ~Lookup();

    /// Calls answer on the reactor's thread, never from within this call. Numeric addresses, "*"
    /// and Unix paths need no thread. A failure is a resolverError or a systemError.
    static Lookup start(Reactor& reactor, const Endpoint& endpoint, ResolveFor purpose,
                        Answer answer);
    void abandon();

private:
    struct Shared;
    std::shared_ptr<Shared> m_shared;
};

} // namespace sscope
