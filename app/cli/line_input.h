#pragma once

#include <string>
#include <vector>

namespace sscope::cli {

/// Standard input line by line, as it comes; never waits, and leaves the descriptor as it is, for
/// others may share it.
class LineInput {
public:
    /// To be waited for; -1 once there is no more.
    [[nodiscard]] int fd() const { return m_ended ? -1 : 0; }
    /// Reads what is there, to be called when the descriptor is readable; the lines that are whole,
    /// with their line feeds, and at the end what is left without one.
    std::vector<std::string> read();

private:
    std::string m_rest;
    bool m_ended = false;
};

} // namespace sscope::cli
