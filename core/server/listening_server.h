#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "core/reactor/reactor_thread.h"
#include "core/server/chat_hub.h"
#include "core/server/listen_plan.h"
#include "core/server/server.h"

namespace sscope {

/// What servers of all models share: a first loop on a thread of its own, which resolves and binds
/// all that is asked for, and tells how the server begins and ends. The models do the rest. A
/// destructor of theirs calls joinFirst() before anything that the loop uses goes.
class ListeningServer : public Server, private ListenPlan::Owner {
public:
    Result<void> start() override;
    void stop() final;
    ChatOwner* chat() final { return m_hubToShow.load(); }

protected:
    ListeningServer(ServerSetup setup, std::string threadName, PollerKind kind);

    // On the first loop's thread:
    /// Takes over what is bound, and tells Listening of each. A failure is the server's.
    virtual Result<void> serve(std::vector<OpenedSocket> sockets) = 0;
    /// Ends listening and all that is served, then calls announceStopped().
    virtual void beginStop() = 0;

    void tell(lifecycle::Event what) { tell({id(), 0}, std::move(what)); }
    void tell(ConnectionId connection, lifecycle::Event what);
    /// What Listening says of a socket.
    [[nodiscard]] lifecycle::Listening describe(const OpenedSocket& socket) const;
    void failStart(Error error, bool isUsage = false);
    /// The paths of Unix sockets are removed with these.
    void keepPath(UnixPathGuard path) { m_paths.push_back(std::move(path)); }
    void removePaths() { m_paths.clear(); }
    void announceStopped();

    // Any thread:
    [[nodiscard]] const ServerSetup& setup() const { return m_setup; }
    [[nodiscard]] const ServerConfig& ownConfig() const { return m_setup.config; }
    [[nodiscard]] OwnerId ownId() const { return m_setup.id; }
    Reactor& first() { return m_first.reactor(); }
    [[nodiscard]] const std::string& firstName() const { return m_first.name(); }

    ChatHub* hub() { return m_hub.get(); }

    void joinFirst() { m_first.stopAndJoin(); }

private:
    void addressResolved(const AddressInfo& info) override;
    void addressSkipped(Error error) override;
    void planDone(std::vector<OpenedSocket> sockets) override;
    void planFailed(Error error, bool isUsage) override { failStart(std::move(error), isUsage); }
    [[nodiscard]] OwnerId id() const { return m_setup.id; }
    Result<void> openChat();
    void chatStores(ChatStorageState state);

    ServerSetup m_setup;
    ReactorThread m_first;
    std::atomic<bool> m_stopAsked = false;
    std::atomic<ChatHub*> m_hubToShow = nullptr;
    // The first loop's thread only:
    std::unique_ptr<ChatHub> m_hub; // made before anything listens
    std::unique_ptr<ListenPlan> m_plan;
    std::vector<UnixPathGuard> m_paths;
    bool m_failed = false;
};

} // namespace sscope
