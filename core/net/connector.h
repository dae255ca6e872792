#pragma once

#include <chrono>
#include <optional>

#include "core/net/datagram_options.h"
#include "core/net/resolver.h"
#include "core/net/socket_options.h"
#include "core/net/unix_path.h"

namespace sscope {

/// Resolves an endpoint and connects to each of its addresses in turn, until one answers. Owned by
/// a client, on its reactor's thread; ends the attempt under way when it goes.
class Connector final : private EventHandler {
public:
    class Owner {
    public:
        virtual void addressResolved(const AddressInfo& info) = 0;
        virtual void attemptStarted(const SocketAddress& address) = 0;
        virtual void attemptFailed(const SocketAddress& address, const Error& error) = 0;
        /// took is the time of this attempt alone. A datagram socket for many (reachesMany) is
        /// bound and not connected: what goes to peer is sent to it by name.
        virtual void connected(UniqueFd fd, const SocketAddress& peer, Duration took) = 0;
        /// Nothing answered: the failure of the look-up, or of the last attempt.
        virtual void connectFailed(Error error) = 0;

    protected:
        ~Owner() = default;
    };

    struct Settings {
        Endpoint endpoint;
        SocketOptions options;
        Duration timeout; // for each attempt
        std::optional<Endpoint> local{};
        DatagramOptions datagrams{};
        Duration lookupTimeout = std::chrono::seconds(10); // for each name
    };

    Connector(Reactor& reactor, Settings settings, Owner& owner);
    /// Calls the owner from then on, never from within this call.
    void start();
    /// Of the attempt under way; -1 between two.
    [[nodiscard]] int fd() const { return m_fd.get(); }
    /// The file that our own end has been bound to, from `connected` on; removed with the guard.
    UnixPathGuard takeLocalPath() { return std::move(m_localPath); }

private:
    using Addresses = std::vector<AddressInfo>;

    void handleEvents(Readiness ready) override;
    void lookUp(const Endpoint& endpoint, ResolveFor purpose, void (Connector::*then)(Addresses));
    void localResolved(Addresses addresses);
    void peerResolved(Addresses addresses);
    void timedOut();
    void tryNext();
    void attempt(const SocketAddress& address);
    Result<UniqueFd> openSocket(const SocketAddress& address);
    [[nodiscard]] SocketAddress localFor(const SocketAddress& peer) const;
    void succeed();
    void fail(int number);
    void fail(Error error);
    [[nodiscard]] const SocketAddress& current() const { return m_addresses[m_next - 1].address; }

    Reactor& m_reactor;
    const Settings m_settings;
    Owner& m_owner;
    Lookup m_lookup;
    const Endpoint* m_lookedUp = nullptr; // within the settings, while it is under way
    Addresses m_locals;                   // where our own end is named by a host or a path
    Addresses m_addresses;
    std::size_t m_next = 0;
    UniqueFd m_fd;
    UnixPathGuard m_localPath;
    Watch m_watch;
    Timer m_timer;
    TimePoint m_started;
};

} // namespace sscope
