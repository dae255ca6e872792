#include "core/server/iterative_server.h"

#include <utility>

namespace sscope {

namespace {

/// The handler of each datagram runs where it is received, before the next is looked at.
class HereRunner final : public DatagramRunner {
public:
    explicit HereRunner(SessionLoop& loop) : m_loop(loop) {}
    Result<void> run(const Message& message, Done done) override {
        done(handleDatagram(m_loop.service(), m_loop.config().settings, message,
                            m_loop.worker().name));
        return {};
    }

private:
    SessionLoop& m_loop;
};

} // namespace

IterativeServer::IterativeServer(ServerSetup setup)
    : SessionServer(std::move(setup), "iterative", PollerKind::Poll) {}

IterativeServer::~IterativeServer() {
    joinFirst();
    firstLoop().clear(); // what they have asked for is given up with them
}

Result<void> IterativeServer::place(Arrival& arrival) {
    m_served = arrival.number;
    setBusy(true);
    adopt(firstLoop(), std::move(arrival));
    return {};
}

void IterativeServer::sessionEnded(SessionLoop& loop, std::uint32_t number) {
    if (number == m_served) {
        m_served = 0;
        setBusy(false);
    }
    SessionServer::sessionEnded(loop, number);
}

void IterativeServer::setBusy(bool busy) {
    setAccepting(!busy);
    firstLoop().setDatagramsPaused(busy);
}

void IterativeServer::withSession(std::uint32_t connection, std::function<void(Session&)> action) {
    first().post([this, connection, action = std::move(action)] {
        if (Session* session = firstLoop().find(connection))
            action(*session);
    });
}

bool IterativeServer::submit(SessionLoop& loop, std::uint32_t session, JobToken token, Job job) {
    // Elsewhere, so that the end of the one connection that is served is seen meanwhile.
    return m_jobs.submit(std::move(job), [this, &loop, session, token](std::string output) {
        first().post([&loop, session, token, output = std::move(output)] {
            loop.jobDone(session, token, output);
        });
    });
}

std::unique_ptr<DatagramRunner> IterativeServer::makeDatagramRunner(SessionLoop& loop) {
    return std::make_unique<HereRunner>(loop);
}

} // namespace sscope
