#include "app/cli/hand_answers.h"

#include <algorithm>
#include <utility>

namespace sscope::cli {

void HandAnswers::add(std::vector<std::string> lines) {
    std::ranges::move(lines, std::back_inserter(m_lines));
}

void HandAnswers::heardFrom(const Listener& listener) {
    std::erase(m_listeners, listener);
    m_listeners.push_back(listener);
    if (m_listeners.size() > mostListeners)
        m_listeners.erase(m_listeners.begin());
}

void HandAnswers::left(ConnectionId connection) {
    std::erase_if(m_listeners,
                  [&](const Listener& listener) { return listener.connection == connection; });
}

void HandAnswers::learn(const TraceDrain& drain) {
    for (const LifecycleEvent& event : drain.lifecycle) {
        if (std::holds_alternative<lifecycle::Accepted>(event.what))
            heardFrom({event.connection, 0});
    }
    for (const LogChunk* chunk : {&drain.olderLog, &drain.newerLog}) {
        for (const TraceEvent& event : chunk->events) {
            if (event.kind == TraceKind::MessageIn)
                heardFrom({event.connection, event.peer});
        }
    }
    for (const LifecycleEvent& event : drain.lifecycle) {
        if (std::holds_alternative<lifecycle::Closed>(event.what) ||
            std::holds_alternative<lifecycle::Finished>(event.what))
            left(event.connection);
    }
}

std::vector<HandAnswers::Answer> HandAnswers::take() {
    std::vector<Answer> answers;
    if (m_listeners.empty())
        return answers;
    for (std::string& line : std::exchange(m_lines, {}))
        answers.push_back(
            {m_listeners.back().connection, m_listeners.back().peer, std::move(line)});
    return answers;
}

} // namespace sscope::cli
