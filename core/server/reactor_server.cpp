#include "core/server/reactor_server.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace sscope {

namespace {

std::string loopName(PollerKind kind, std::uint32_t index) {
    return fmt::format("{}{}", pollerName(kind), index);
}

} // namespace

ReactorServer::Loop::Loop(ReactorServer& server, std::uint32_t index, PollerKind kind)
    : thread(loopName(kind, index), kind, TraceBatch(server.setup().outbox, server.setup().detail)),
      sessions(static_cast<SessionLoop::Owner&>(server), thread.reactor(),
               {.name = loopName(kind, index)}) {
    thread.reactor().trace().watchLoop(index);
}

ReactorServer::ReactorServer(PollerKind kind, ServerSetup setup)
    : SessionServer(std::move(setup), loopName(kind, 0), kind),
      m_loads(static_cast<std::size_t>(std::max(1, config().loops))) {
    first().trace().watchLoop(0);
    for (std::uint32_t index = 1; index < m_loads.size(); ++index)
        m_others.push_back(std::make_unique<Loop>(*this, index, kind));
}

ReactorServer::~ReactorServer() {
    joinFirst();
    for (const auto& loop : m_others)
        loop->thread.stopAndJoin();
    firstLoop().clear(); // what they have asked for is given up with them
    for (const auto& loop : m_others)
        loop->sessions.clear();
}

Result<void> ReactorServer::start() {
    m_othersRunning = m_others.size();
    for (const auto& loop : m_others) {
        if (auto started = loop->thread.start(); !started)
            return started;
    }
    return SessionServer::start();
}

Result<void> ReactorServer::place(Arrival& arrival) {
    const auto lightest = std::ranges::min_element(m_loads);
    const auto index = static_cast<std::size_t>(lightest - m_loads.begin());
    ++m_loads[index];
    if (index == 0) {
        adopt(firstLoop(), std::move(arrival));
        return {};
    }
    SessionLoop& loop = m_others[index - 1]->sessions;
    loop.loop().post([this, &loop, shared = std::make_shared<Arrival>(std::move(arrival))] {
        adopt(loop, std::move(*shared));
    });
    return {};
}

std::size_t ReactorServer::indexOf(const SessionLoop& loop) const {
    const auto it = std::ranges::find_if(
        m_others, [&](const auto& other) { return &other->sessions == &loop; });
    return it == m_others.end() ? 0 : static_cast<std::size_t>(it - m_others.begin()) + 1;
}

void ReactorServer::sessionEnded(SessionLoop& loop, std::uint32_t number) {
    --m_loads[indexOf(loop)];
    SessionServer::sessionEnded(loop, number);
}

void ReactorServer::stopOthers() {
    for (const auto& loop : m_others)
        loop->thread.reactor().post([target = &loop->sessions] { target->beginStop(); });
    if (m_others.empty())
        othersDrained();
}

void ReactorServer::loopDrained(SessionLoop& loop) {
    if (indexOf(loop) == 0)
        SessionServer::loopDrained(loop);
    else if (--m_othersRunning == 0)
        first().post([this] { othersDrained(); });
}

void ReactorServer::withSession(std::uint32_t connection, std::function<void(Session&)> action) {
    const auto visit = [&](SessionLoop& loop) {
        loop.loop().post([target = &loop, connection, action] {
            if (Session* session = target->find(connection))
                action(*session);
        });
    };
    visit(firstLoop());
    for (const auto& loop : m_others)
        visit(loop->sessions);
}

bool ReactorServer::submit(SessionLoop& loop, std::uint32_t session, JobToken token, Job job) {
    return m_jobs.submit(std::move(job), [&loop, session, token](std::string output) {
        loop.loop().post([&loop, session, token, output = std::move(output)] {
            loop.jobDone(session, token, output);
        });
    });
}

} // namespace sscope
