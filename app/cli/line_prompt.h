#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/cli/line_history.h"
#include "app/cli/line_input.h"

namespace sscope::cli {

/// Lines from standard input: on a terminal with a prompt, line editing and history (GNU readline),
/// else as they come. One at a time: readline's state is global.
class LinePrompt {
public:
    using Line = std::function<void(const std::string& line)>;
    using End = std::function<void()>;

    /// line is called for each, without its line feed, and end once after the last.
    LinePrompt(Line line, End end);
    ~LinePrompt();
    LinePrompt(const LinePrompt&) = delete;
    LinePrompt& operator=(const LinePrompt&) = delete;

    [[nodiscard]] bool isTerminal() const { return m_isTerminal; }
    /// Reads what is there; to be called when standard input is readable.
    void read();
    /// Writes by the given function with the line that is being edited out of the way; it must end
    /// at the beginning of a line.
    void writeAbove(const std::function<void()>& write);
    /// No line is read any more; the terminal is as it was.
    void close();

private:
    static void lineRead(char* line);
    void openTerminal();

    static LinePrompt* s_current;

    const Line m_line;
    const End m_end;
    const bool m_isTerminal;
    bool m_isOpen = true;
    std::optional<std::string> m_typed; // by the read under way
    LineInput m_input;                  // where it is no terminal
    LineHistory m_history;
};

} // namespace sscope::cli
