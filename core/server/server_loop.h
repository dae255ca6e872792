#pragma once

#include <atomic>
#include <memory>
#include <unordered_map>

#include "core/reactor/reactor_thread.h"
#include "core/server/session.h"

namespace sscope {

/// One loop of a reactor server: a thread, its reactor, and the sessions in it. Owned by the
/// server; what is not said to be for any thread is for the loop's.
class ServerLoop final : private SessionHost {
public:
    /// What the loops of one server share.
    class Owner {
    public:
        virtual const ServerConfig& config() const = 0;
        virtual OwnerId id() const = 0;
        virtual JobRunner& jobs() = 0;
        virtual std::uint32_t nextNumber() = 0;
        virtual void sessionEnded() = 0;
        virtual void datagramHandled() = 0;
        /// After beginStop(): the last session is gone, and all is told.
        virtual void loopDrained() = 0;

    protected:
        ~Owner() = default;
    };

    ServerLoop(Owner& owner, std::uint32_t index, PollerKind kind, TraceBatch trace);
    ~ServerLoop();

    Result<void> start(); // the server's thread
    void stopAndJoin();   // the server's thread
    Reactor& reactor() override { return m_thread.reactor(); }
    /// Connections that are its own or on their way to it; any thread.
    [[nodiscard]] std::size_t load() const { return m_load; }
    void expectConnection() { ++m_load; }

    /// Takes an accepted connection that it expects. Fails, and tells nothing, where the poller
    /// cannot watch it.
    Result<void> adopt(UniqueFd fd, const std::string& peer, Transport transport);
    Result<ConnectionId> adoptDatagramSocket(UniqueFd fd, Transport transport);
    /// Null where it is of another loop, or gone.
    Session* find(std::uint32_t number);
    /// Closes all sessions; those that still have something to send are given some time.
    void beginStop();

private:
    const ServerConfig& config() const override { return m_owner.config(); }
    const Service& service() const override { return m_service; }
    const Framing& framing() const override { return m_framing; }
    void sessionEnded(std::uint32_t number) override;
    void datagramHandled() override { m_owner.datagramHandled(); }
    [[nodiscard]] std::string workerName() const override { return m_thread.name(); }
    void submit(std::uint32_t session, JobToken token, Job job) override;

    void abortAll();
    void checkDrained();

    Owner& m_owner;
    ReactorThread m_thread;
    const Service& m_service;
    const Framing& m_framing;
    Timer m_stopLimit;
    std::unordered_map<std::uint32_t, std::unique_ptr<Session>> m_sessions;
    std::atomic<std::size_t> m_load = 0;
    bool m_stopping = false;
    bool m_drained = false;
};

} // namespace sscope
