#pragma once

#include <string>
#include <vector>

namespace sscope::cli {

/// The lines that were typed in earlier runs, in a file of the XDG state folder. A file that cannot
/// be read or written costs the history, never the command.
class LineHistory {
public:
    LineHistory();

    [[nodiscard]] const std::vector<std::string>& lines() const { return m_earlier; }
    /// A line like the one before it is not kept twice.
    void add(const std::string& line);
    /// Adds what was typed to what the file has by now: another run may have written it. Only the
    /// last 1000 lines stay.
    void save() const;

private:
    std::string m_path; // empty where there is no home
    std::vector<std::string> m_earlier;
    std::vector<std::string> m_typed;
};

} // namespace sscope::cli
