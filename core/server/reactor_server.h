#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "core/net/listener.h"
#include "core/server/listen_plan.h"
#include "core/server/server.h"
#include "core/server/server_loop.h"

namespace sscope {

/// select, poll and epoll: 1..N loops. The first one listens and gives each connection to the loop
/// with the fewest; datagram sockets stay with the first.
class ReactorServer final : public Server,
                            private ServerLoop::Owner,
                            private ListenPlan::Owner,
                            private Listener::Owner {
public:
    ReactorServer(PollerKind kind, ServerSetup setup);
    ~ReactorServer() override;

    Result<void> start() override;
    void stop() override;
    void send(std::uint32_t connection, PeerId peer, std::vector<std::byte> content) override;
    void finishSending(std::uint32_t connection) override;
    void closeConnection(std::uint32_t connection, bool reset) override;

private:
    // ServerLoop::Owner; any loop's thread
    const ServerConfig& config() const override { return m_setup.config; }
    OwnerId id() const override { return m_setup.id; }
    JobRunner& jobs() override { return m_jobs; }
    std::uint32_t nextNumber() override { return ++m_lastNumber; }
    void sessionEnded() override;
    void datagramHandled() override;
    void loopDrained() override;
    // ListenPlan::Owner and Listener::Owner; the first loop's thread
    void addressResolved(const AddressInfo& info) override;
    void addressSkipped(Error error) override;
    void planDone(std::vector<OpenedSocket> sockets) override;
    void planFailed(Error error, bool isUsage) override;
    void connectionAccepted(Listener& listener, UniqueFd fd, SocketAddress peer) override;
    void acceptFailed(Listener& listener, Error error) override;

    Reactor& firstReactor() { return m_loops.front()->reactor(); }
    void tell(lifecycle::Event what);
    Result<void> listenOn(OpenedSocket socket);
    void stopListening();
    void place(UniqueFd fd, const std::string& peer, Transport transport);
    void reject(Reactor& reactor, const std::string& peer, Error error);
    void beginStop();
    void announceStopped();
    void withSession(std::uint32_t connection, const std::function<void(Session&)>& action);

    ServerSetup m_setup;
    std::vector<std::unique_ptr<ServerLoop>> m_loops;
    JobRunner m_jobs; // goes before the loops, to which it posts
    std::atomic<std::uint32_t> m_lastNumber = 0;
    std::atomic<std::size_t> m_loopsRunning = 0;
    std::atomic<bool> m_stopAsked = false;
    // The first loop's thread only:
    std::unique_ptr<ListenPlan> m_plan;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::vector<UnixPathGuard> m_paths;
    bool m_failed = false;
};

} // namespace sscope
