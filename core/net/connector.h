#pragma once

#include "core/net/resolver.h"
#include "core/net/socket_options.h"

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
        /// took is the time of this attempt alone.
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
    };

    Connector(Reactor& reactor, Settings settings, Owner& owner);
    /// Calls the owner from then on, never from within this call.
    void start();
    /// Of the attempt under way; -1 between two.
    [[nodiscard]] int fd() const { return m_fd.get(); }

private:
    void handleEvents(Readiness ready) override;
    void resolved(Result<std::vector<AddressInfo>> addresses);
    void tryNext();
    void attempt(const SocketAddress& address);
    void succeed();
    void fail(int number);
    void fail(Error error);
    [[nodiscard]] const SocketAddress& current() const { return m_addresses[m_next - 1].address; }

    Reactor& m_reactor;
    const Settings m_settings;
    Owner& m_owner;
    Lookup m_lookup;
    std::vector<AddressInfo> m_addresses;
    std::size_t m_next = 0;
    UniqueFd m_fd;
    Watch m_watch;
    Timer m_timer;
    TimePoint m_started;
};

} // namespace sscope
