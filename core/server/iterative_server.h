#pragma once

#include "core/server/job_runner.h"
#include "core/server/session_server.h"

namespace sscope {

/// iterative: accepts one connection, serves it to its end, then the next; the others wait in the
/// backlog, and datagrams in the socket's buffer. One thread does everything.
class IterativeServer final : public SessionServer {
public:
    explicit IterativeServer(ServerSetup setup);
    ~IterativeServer() override;

private:
    Result<void> place(Arrival& arrival) override;
    void stopOthers() override { othersDrained(); }
    void withSession(std::uint32_t connection, std::function<void(Session&)> action) override;
    bool submit(SessionLoop& loop, std::uint32_t session, JobToken token, Job job) override;
    std::unique_ptr<DatagramRunner> makeDatagramRunner(SessionLoop& loop) override;
    void sessionEnded(SessionLoop& loop, std::uint32_t number) override;
    void setBusy(bool busy);

    std::uint32_t m_served = 0; // the connection that is being served; 0 for none
    JobRunner m_jobs;           // goes before the loop, to which it posts
};

} // namespace sscope
