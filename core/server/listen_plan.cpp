#include "core/server/listen_plan.h"

#include <cerrno>
#include <utility>

#include "core/server/command_config.h"

namespace sscope {

namespace {

/// The machine lacks the address or the family; another address of the same name may do.
bool isMissingHere(const Error& error) {
    return error.isErrno(EADDRNOTAVAIL) || error.isErrno(EAFNOSUPPORT);
}

Error publicError(const SocketAddress& address) {
    Error error = faultError(Fault::NotAllowedInPublic, "listen", address.text(),
                             address.isAny() ? "every address of this machine" : address.host());
    error.hint.kind = Hint::Kind::AllowPublic;
    return error;
}

} // namespace

ListenPlan::ListenPlan(Reactor& reactor, const ServerConfig& config, Owner& owner)
    : m_reactor(reactor), m_config(config), m_owner(owner) {}

void ListenPlan::start() {
    resolveNext();
}

void ListenPlan::resolveNext() {
    const Endpoint& endpoint = m_config.listen[m_resolved.size()];
    m_lookup = Lookup::start(m_reactor, endpoint, ResolveFor::Listen,
                             [this](auto addresses) { resolved(std::move(addresses)); });
}

void ListenPlan::resolved(Result<std::vector<AddressInfo>> addresses) {
    if (!addresses) {
        m_owner.planFailed(std::move(addresses.error()), false);
        return;
    }
    const Endpoint& endpoint = m_config.listen[m_resolved.size()];
    for (const AddressInfo& info : *addresses) {
        if (needsLookup(endpoint))
            m_owner.addressResolved(info);
        const bool isLocalOnly = mustBeLocal(m_config);
        if ((isLocalOnly || !m_config.allowPublic) && !info.address.isLoopback()) {
            m_owner.planFailed(isLocalOnly ? notLocalError(m_config, endpointText(info))
                                           : publicError(info.address),
                               true);
            return;
        }
    }
    m_resolved.push_back({endpoint, std::move(*addresses)});
    if (m_resolved.size() < m_config.listen.size())
        resolveNext();
    else
        openAll();
}

void ListenPlan::openAll() {
    std::vector<OpenedSocket> sockets;
    for (const Resolved& resolved : m_resolved) {
        if (auto opened = openEndpoint(resolved, sockets); !opened) {
            m_owner.planFailed(std::move(opened.error()), false);
            return;
        }
    }
    m_owner.planDone(std::move(sockets));
}

Result<void> ListenPlan::openEndpoint(const Resolved& resolved,
                                      std::vector<OpenedSocket>& sockets) {
    std::vector<Error> missing;
    std::uint16_t port = resolved.endpoint.port;
    const std::size_t before = sockets.size();
    for (const AddressInfo& info : resolved.addresses) {
        SocketAddress address = info.address;
        address.setPort(port); // the addresses of one name share the port that the first got
        auto opened = openOne(resolved.endpoint, address);
        if (!opened && resolved.endpoint.port == 0 && opened.error().isErrno(EADDRINUSE)) {
            address.setPort(0);
            opened = openOne(resolved.endpoint, address);
        }
        if (opened) {
            if (port == 0)
                port = SocketAddress::localOf(opened->fd.get()).port();
            sockets.push_back(std::move(*opened));
        } else if (isMissingHere(opened.error())) {
            missing.push_back(std::move(opened.error()));
        } else {
            return Failure(std::move(opened.error()));
        }
    }
    if (sockets.size() == before && !missing.empty())
        return Failure(std::move(missing.front()));
    for (Error& error : missing)
        m_owner.addressSkipped(std::move(error));
    return {};
}

Result<OpenedSocket> ListenPlan::openOne(const Endpoint& endpoint,
                                         const SocketAddress& address) const {
    if (isUnix(endpoint.transport)) {
        if (auto cleared = clearStaleUnixPath(endpoint.path); !cleared)
            return Failure(std::move(cleared.error()));
    }
    const bool everyAddress = endpoint.host == "*";
    const auto open = [&](const SocketAddress& at) {
        return isDatagram(endpoint.transport)
                   ? openDatagramSocket(endpoint.transport, at, everyAddress, m_config.options)
                   : openListener(endpoint.transport, at, everyAddress, m_config.backlog,
                                  m_config.options);
    };
    auto fd = open(address);
    if (!fd && everyAddress && isMissingHere(fd.error())) {
        // No IPv6 on this machine: every address is then every IPv4 address.
        if (const auto ipv4 = SocketAddress::fromNumeric("0.0.0.0", address.port()))
            fd = open(*ipv4);
    }
    if (!fd)
        return Failure(std::move(fd.error()));
    return OpenedSocket{std::move(*fd), endpoint.transport, UnixPathGuard(endpoint.path),
                        !address.isLoopback()};
}

} // namespace sscope
