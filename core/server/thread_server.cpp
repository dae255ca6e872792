#include "core/server/thread_server.h"

#include <utility>

#include <fmt/format.h>

#include "core/server/thread_runner.h"

namespace sscope {

namespace {

std::string threadName(std::uint32_t number) {
    return fmt::format("Thread-{}", number);
}

} // namespace

ThreadServer::Loop::Loop(ThreadServer& server, std::uint32_t connection)
    : thread(threadName(connection), PollerKind::Poll,
             TraceBatch(server.setup().outbox, server.setup().detail)),
      sessions(static_cast<SessionLoop::Owner&>(server), thread.reactor(),
               {.name = threadName(connection), .servesOne = true}),
      number(connection) {}

ThreadServer::ThreadServer(ServerSetup setup)
    : SessionServer(std::move(setup), "threads", PollerKind::Poll) {}

ThreadServer::~ThreadServer() {
    joinFirst();
    m_loops.clear();
}

Result<void> ThreadServer::place(Arrival& arrival) {
    auto loop = std::make_unique<Loop>(*this, arrival.number);
    const auto whenOver = [this, number = arrival.number] {
        first().post([this, number] { join(number); });
    };
    if (auto started = loop->thread.start(whenOver); !started)
        return started;
    SessionLoop& sessions = loop->sessions;
    m_loops.insert_or_assign(arrival.number, std::move(loop));
    sessions.loop().post([this, &sessions, shared = std::make_shared<Arrival>(std::move(arrival))] {
        adopt(sessions, std::move(*shared));
    });
    return {};
}

void ThreadServer::sessionEnded(SessionLoop& loop, std::uint32_t number) {
    if (&loop != &firstLoop())
        first().post([this, number] { m_loops.at(number)->thread.reactor().stop(); });
    SessionServer::sessionEnded(loop, number);
}

/// The thread has said so as its last act: nobody waits for it.
void ThreadServer::join(std::uint32_t number) {
    m_loops.erase(number);
    if (m_stopping && m_loops.empty())
        othersDrained();
}

void ThreadServer::stopOthers() {
    m_stopping = true;
    for (const auto& [number, loop] : m_loops)
        loop->thread.reactor().post([target = &loop->sessions] { target->beginStop(); });
    if (m_loops.empty())
        othersDrained();
}

void ThreadServer::loopDrained(SessionLoop& loop) {
    if (&loop == &firstLoop()) // the others are known to end by their sessions
        SessionServer::loopDrained(loop);
}

void ThreadServer::withSession(std::uint32_t connection, std::function<void(Session&)> action) {
    first().post([this, connection, action = std::move(action)] {
        const auto it = m_loops.find(connection);
        SessionLoop& loop = it == m_loops.end() ? firstLoop() : it->second->sessions;
        loop.loop().post([&loop, connection, action] {
            if (Session* session = loop.find(connection))
                action(*session);
        });
    });
}

bool ThreadServer::submit(SessionLoop& loop, std::uint32_t session, JobToken token, Job job) {
    // Elsewhere, so that the thread sees the end of its connection meanwhile. By then it may be
    // gone: the first loop knows.
    const bool isFirst = &loop == &firstLoop();
    return m_jobs.submit(std::move(job), [this, isFirst, session, token](std::string output) {
        first().post([this, isFirst, session, token, output = std::move(output)] {
            const auto it = m_loops.find(session);
            if (!isFirst && it == m_loops.end())
                return;
            SessionLoop& target = isFirst ? firstLoop() : it->second->sessions;
            target.loop().post(
                [&target, session, token, output] { target.jobDone(session, token, output); });
        });
    });
}

std::unique_ptr<DatagramRunner> ThreadServer::makeDatagramRunner(SessionLoop& loop) {
    return std::make_unique<ThreadRunner>(loop);
}

} // namespace sscope
