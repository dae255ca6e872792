#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "core/server/job_runner.h"
#include "core/server/session_server.h"

namespace sscope {

/// select, poll and epoll: 1..N loops. The first one listens and gives each connection to the loop
/// with the fewest; datagram sockets stay with the first.
class ReactorServer final : public SessionServer {
public:
    ReactorServer(PollerKind kind, ServerSetup setup);
    ~ReactorServer() override;

    Result<void> start() override;

private:
    /// A loop beside the first, on a thread of its own.
    struct Loop {
        Loop(ReactorServer& server, std::uint32_t index, PollerKind kind);
        ReactorThread thread;
        SessionLoop sessions;
    };

    Result<void> place(Arrival& arrival) override;
    void stopOthers() override;
    void withSession(std::uint32_t connection, std::function<void(Session&)> action) override;
    bool submit(SessionLoop& loop, std::uint32_t session, JobToken token, Job job) override;
    void sessionEnded(SessionLoop& loop, std::uint32_t number) override;
    void loopDrained(SessionLoop& loop) override;
    [[nodiscard]] std::size_t indexOf(const SessionLoop& loop) const;

    std::vector<std::unique_ptr<Loop>> m_others;
    /// Connections of each loop, the first one's first; also those on their way to it.
    std::vector<std::atomic<std::size_t>> m_loads;
    std::atomic<std::size_t> m_othersRunning = 0;
    JobRunner m_jobs; // goes before the loops, to which it posts
};

} // namespace sscope
