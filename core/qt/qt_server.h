#pragma once

#include <memory>

#include "core/server/acceptor.h"
#include "core/server/job_runner.h"
#include "core/server/listening_server.h"
#include "core/server/session_loop.h"

namespace sscope {

class QtEventLoop;

/// qt: QTcpServer, QUdpSocket and QLocalServer in one QThread with Qt's event loop, in which all of
/// Qt's objects are made and destroyed. The first loop only resolves and binds.
class QtServer final : public ListeningServer, private SessionLoop::Owner, private Acceptor::Owner {
public:
    explicit QtServer(ServerSetup setup);
    ~QtServer() override;

    Result<void> start() override;
    void send(std::uint32_t connection, PeerId peer, OwnedMessage message) override;
    void finishSending(std::uint32_t connection) override;
    void closeConnection(std::uint32_t connection, bool reset) override;

private:
    struct Parts;
    class Thread;

    // The first loop's thread:
    Result<void> serve(std::vector<OpenedSocket> sockets) override;
    void beginStop() override;

    // Qt's thread:
    Result<void> listenOn(std::vector<OpenedSocket> sockets);
    void withSession(std::uint32_t connection, std::function<void(Session&)> action);
    // SessionLoop::Owner
    const ServerConfig& config() const override { return ownConfig(); }
    OwnerId id() const override { return ownId(); }
    CommandGate& commandGate() override { return m_gate; }
    ChatHub* chatHub() override { return hub(); }
    bool submit(SessionLoop& loop, std::uint32_t session, JobToken token, Job job) override;
    std::unique_ptr<Session> makeSession(SessionHost& host, ConnectionId connection,
                                         Arrival arrival, std::string local) override;
    std::unique_ptr<Session> makeDatagramSession(SessionHost& host, ConnectionId connection,
                                                 UniqueFd fd, Transport transport) override;
    void sessionEnded(SessionLoop& loop, std::uint32_t number) override;
    void datagramHandled() override;
    void loopDrained(SessionLoop& loop) override;
    // Acceptor::Owner
    Result<void> place(Arrival& arrival) override;
    std::unique_ptr<ListenerLink> makeListener(EventLoop& loop, UniqueFd fd, Transport transport,
                                               ListenerLink::Owner& owner) override;
    void connectionRejected(const std::string& peer, Error error) override;
    void acceptFailed(Error error) override;

    CommandGate m_gate;
    std::unique_ptr<Thread> m_thread;
    Parts* m_parts = nullptr; // lives on Qt's thread from start() until the destructor
    std::unique_ptr<JobRunner> m_jobs;
};

} // namespace sscope
