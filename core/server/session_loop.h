#pragma once

#include <memory>
#include <unordered_map>

#include "core/server/chat_hub.h"
#include "core/server/command_gate.h"
#include "core/server/connection_limits.h"
#include "core/server/datagram_runner.h"
#include "core/server/session.h"

namespace sscope {

/// A connection that was accepted, on its way to the loop that is to serve it.
struct Arrival {
    std::uint32_t number = 0; // of its ConnectionId
    UniqueFd fd;
    Transport transport = Transport::Tcp;
    std::string peer; // endpoint
    ConnectionLimits::Place place;
};

/// The sessions in one event loop. Owned by a server, or by the process that serves one connection;
/// on the loop's thread.
class SessionLoop final : private SessionHost {
public:
    /// What the loops of one server share; called on the loop's thread.
    class Owner {
    public:
        virtual const ServerConfig& config() const = 0;
        virtual OwnerId id() const = 0;
        /// Runs a job that may take long, and hands its output to jobDone().
        /// False where it cannot be run.
        virtual bool submit(SessionLoop& loop, std::uint32_t session, JobToken token, Job job) = 0;
        /// For a datagram socket of a model that makes a handler for each datagram; else null.
        virtual std::unique_ptr<DatagramRunner> makeDatagramRunner(SessionLoop&) { return {}; }
        /// Who moves the bytes: where a model does not say, the calls of the system.
        virtual std::unique_ptr<Session> makeSession(SessionHost& host, ConnectionId id,
                                                     Arrival arrival, std::string local);
        virtual std::unique_ptr<Session> makeDatagramSession(SessionHost& host, ConnectionId id,
                                                             UniqueFd fd, Transport transport);
        /// Who may run programs; asked only where the service does.
        virtual CommandGate& commandGate() = 0;
        /// Null where the service has no rooms.
        virtual ChatHub* chatHub() { return nullptr; }
        virtual void sessionEnded(SessionLoop& loop, std::uint32_t number) = 0;
        virtual void datagramHandled() = 0;
        /// After beginStop(): the last session is gone, and all is told.
        virtual void loopDrained(SessionLoop& loop) = 0;

    protected:
        ~Owner() = default;
    };

    SessionLoop(Owner& owner, EventLoop& loop, Worker worker);
    ~SessionLoop();

    EventLoop& loop() override { return m_loop; }
    const ServerConfig& config() const override { return m_owner.config(); }
    const Service& service() const override { return m_service; }
    [[nodiscard]] const Worker& worker() const override { return m_worker; }
    /// Fails, and tells nothing, where the poller cannot watch it.
    Result<void> adopt(Arrival arrival);
    Result<ConnectionId> adoptDatagramSocket(std::uint32_t number, UniqueFd fd,
                                             Transport transport);
    void setDatagramsPaused(bool paused);
    /// Null where it is of another loop, or gone.
    Session* find(std::uint32_t number);
    void jobDone(std::uint32_t session, JobToken token, const std::string& output);
    /// Closes all sessions; those that still have something to send are given some time.
    void beginStop();
    /// Drops all sessions and tells nothing.
    void clear() { m_sessions.clear(); }

private:
    std::unique_ptr<Codec> makeCodec() const override;
    std::unique_ptr<DatagramRunner> makeDatagramRunner() override {
        return m_owner.makeDatagramRunner(*this);
    }
    void sessionEnded(std::uint32_t number) override;
    void datagramHandled() override { m_owner.datagramHandled(); }
    bool submit(std::uint32_t session, JobToken token, Job job) override {
        return m_owner.submit(*this, session, token, std::move(job));
    }
    CommandAccess* commandAccess(std::uint32_t session) override;
    ChatAccess* chatAccess(std::uint32_t session) override;
    std::unique_ptr<GateAccess> accessOf(const Arrival& arrival);
    std::unique_ptr<ChatConnection> chatOf(const Arrival& arrival);
    std::unique_ptr<Session> makeSession(Arrival arrival, std::string local);

    void abortAll();
    void checkDrained();

    struct Entry {
        std::unique_ptr<Session> session;
        ConnectionLimits::Place place;
        std::unique_ptr<GateAccess> access{}; // to what runs programs
        std::unique_ptr<ChatConnection> chat{};
    };

    Owner& m_owner;
    EventLoop& m_loop;
    const Worker m_worker;
    const Service& m_service;
    const Framing m_framing;
    Timer m_stopLimit;
    const std::shared_ptr<SessionMail> m_mail; // of the rooms to the sessions
    std::unordered_map<std::uint32_t, Entry> m_sessions;
    bool m_stopping = false;
    bool m_drained = false;
};

} // namespace sscope
