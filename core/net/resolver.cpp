#include "core/net/resolver.h"

#include <cerrno>
#include <mutex>

#include <netdb.h>
#include <netinet/in.h>

#include "core/reactor/reactor_thread.h"

namespace sscope {

namespace {

using AddressList = std::vector<AddressInfo>;

Result<AddressList> resolveNow(const Endpoint& endpoint, ResolveFor purpose, int extraFlags) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = isDatagram(endpoint.transport) ? SOCK_DGRAM : SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV | AI_CANONNAME | AI_IDN | extraFlags;
    if (purpose == ResolveFor::Listen)
        hints.ai_flags |= AI_PASSIVE;
    addrinfo* list = nullptr;
    const std::string service = std::to_string(endpoint.port);
    const int code = ::getaddrinfo(endpoint.host.c_str(), service.c_str(), &hints, &list);
    if (code == EAI_SYSTEM)
        return Failure(systemError(errno, "resolve", endpoint.host));
    if (code != 0)
        return Failure(resolverError(code, endpoint.host));
    AddressList found;
    std::string canonicalName;
    for (const addrinfo* info = list; info; info = info->ai_next) {
        if (info->ai_canonname) // given with the first result only
            canonicalName = info->ai_canonname;
        found.push_back({info->ai_family, info->ai_socktype, info->ai_protocol, canonicalName,
                         SocketAddress(info->ai_addr, info->ai_addrlen)});
    }
    ::freeaddrinfo(list);
    return found;
}

/// What needs no name service.
Result<AddressList> resolveNumeric(const Endpoint& endpoint, ResolveFor purpose) {
    if (isUnix(endpoint.transport)) {
        auto address = SocketAddress::fromUnixPath(endpoint.path);
        if (!address)
            return Failure(std::move(address.error()));
        return AddressList{
            {AF_UNIX, isDatagram(endpoint.transport) ? SOCK_DGRAM : SOCK_STREAM, 0, {}, *address}};
    }
    Endpoint numeric = endpoint;
    if (endpoint.host == "*")
        numeric.host = "::";
    return resolveNow(numeric, purpose, AI_NUMERICHOST);
}

} // namespace

std::string endpointText(const AddressInfo& info) {
    const bool datagrams = info.type == SOCK_DGRAM;
    const Transport transport = info.family == AF_UNIX
                                    ? (datagrams ? Transport::Unixgram : Transport::Unix)
                                    : (datagrams ? Transport::Udp : Transport::Tcp);
    return endpointText(transport, info.address);
}

std::string familyName(int family) {
    switch (family) {
    case AF_INET:
        return "AF_INET";
    case AF_INET6:
        return "AF_INET6";
    case AF_UNIX:
        return "AF_UNIX";
    default:
        return std::to_string(family);
    }
}

std::string socketTypeName(int type) {
    switch (type) {
    case SOCK_STREAM:
        return "SOCK_STREAM";
    case SOCK_DGRAM:
        return "SOCK_DGRAM";
    default:
        return std::to_string(type);
    }
}

std::string protocolName(int protocol) {
    switch (protocol) {
    case IPPROTO_TCP:
        return "IPPROTO_TCP";
    case IPPROTO_UDP:
        return "IPPROTO_UDP";
    default:
        return std::to_string(protocol);
    }
}

bool needsLookup(const Endpoint& endpoint) {
    return !isUnix(endpoint.transport) && endpoint.host != "*" &&
           !SocketAddress::fromNumeric(endpoint.host, 0);
}

/// Between the thread that looks up and the one that waits.
struct Lookup::Shared {
    std::mutex mutex;
    Reactor* reactor = nullptr; // null once abandoned; under mutex
    Answer answer;              // used on the reactor's thread only

    static void deliver(const std::shared_ptr<Shared>& shared, Result<AddressList> result) {
        const std::lock_guard lock(shared->mutex);
        if (!shared->reactor)
            return;
        shared->reactor->post([shared, result = std::move(result)]() mutable {
            // Abandoning happens on this thread, so there is no race for the answer.
            if (shared->reactor)
                shared->answer(std::move(result));
        });
    }
};

Lookup& Lookup::operator=(Lookup&& other) noexcept {
    if (this != &other) {
        abandon();
        m_shared = std::move(other.m_shared);
    }
    return *this;
}

Lookup::~Lookup() {
    abandon();
}

void Lookup::abandon() {
    if (!m_shared)
        return;
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->reactor = nullptr;
    }
    m_shared.reset();
}

Lookup Lookup::start(Reactor& reactor, const Endpoint& endpoint, ResolveFor purpose,
                     Answer answer) {
    Lookup lookup;
    lookup.m_shared = std::make_shared<Shared>();
    lookup.m_shared->reactor = &reactor;
    lookup.m_shared->answer = std::move(answer);
    auto numeric = resolveNumeric(endpoint, purpose);
    if (numeric || isUnix(endpoint.transport)) {
        Shared::deliver(lookup.m_shared, std::move(numeric));
        return lookup;
    }
    auto thread = startThread("resolver", [shared = lookup.m_shared, endpoint, purpose] {
        Shared::deliver(shared, resolveNow(endpoint, purpose, 0));
    });
    if (thread)
        thread->detach();
    else
        Shared::deliver(lookup.m_shared, Failure(std::move(thread.error())));
    return lookup;
}

} // namespace sscope
