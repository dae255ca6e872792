#pragma once

#include <unordered_map>

#include "core/server/job_runner.h"
#include "core/server/session_server.h"

namespace sscope {

/// threads: one for each connection, and one for each datagram, as Python's ThreadingMixIn has
/// them. A connection's thread waits in poll(2) for its socket and a wake-up descriptor, so that
/// stopping and sending from elsewhere work.
class ThreadServer final : public SessionServer {
public:
    explicit ThreadServer(ServerSetup setup);
    ~ThreadServer() override;

private:
    /// The thread of one connection, named as Python names its threads.
    struct Loop {
        Loop(ThreadServer& server, std::uint32_t number);
        Loop(const Loop&) = delete;
        Loop& operator=(const Loop&) = delete;
        ~Loop() { thread.stopAndJoin(); }
        ReactorThread thread;
        SessionLoop sessions;
        const std::uint32_t number;
    };

    Result<void> place(Arrival& arrival) override;
    void stopOthers() override;
    void withSession(std::uint32_t connection, std::function<void(Session&)> action) override;
    bool submit(SessionLoop& loop, std::uint32_t session, JobToken token, Job job) override;
    std::unique_ptr<DatagramRunner> makeDatagramRunner(SessionLoop& loop) override;
    void sessionEnded(SessionLoop& loop, std::uint32_t number) override;
    void loopDrained(SessionLoop& loop) override;
    void join(std::uint32_t number);

    // The first loop's thread only:
    std::unordered_map<std::uint32_t, std::unique_ptr<Loop>> m_loops; // by connection
    bool m_stopping = false;
    JobRunner m_jobs; // goes first: it posts to the loop
};

} // namespace sscope
