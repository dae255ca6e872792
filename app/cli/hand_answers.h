#pragma once

#include <deque>
#include <string>
#include <vector>

#include "core/trace/trace_outbox.h"

namespace sscope::cli {

/// Who gets the lines that a person types while `serve manual` runs: whoever was heard from last
/// among those that are there. Lines that nobody is there for wait.
class HandAnswers {
public:
    struct Answer {
        ConnectionId connection;
        PeerId peer = 0;
        std::string line;
    };

    void add(std::vector<std::string> lines);
    /// Whether lines are welcome: few wait already.
    [[nodiscard]] bool hasRoom() const { return m_lines.size() < mostLines; }
    /// Learns who is there, in the order of what happened.
    void learn(const TraceDrain& drain);
    /// What can be sent now.
    std::vector<Answer> take();

private:
    static constexpr std::size_t mostLines = 100;
    static constexpr std::size_t mostListeners = 1000; // as a datagram socket remembers its peers

    struct Listener {
        ConnectionId connection;
        PeerId peer = 0;
        bool operator==(const Listener&) const = default;
    };
    void heardFrom(const Listener& listener);
    void left(ConnectionId connection);

    std::vector<Listener> m_listeners; // heard from last at the end
    std::deque<std::string> m_lines;
};

} // namespace sscope::cli
