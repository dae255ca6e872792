#include "app/cli/line_prompt.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include <readline/history.h>
#include <readline/readline.h>
#include <unistd.h>

namespace sscope::cli {

LinePrompt* LinePrompt::s_current = nullptr;

LinePrompt::LinePrompt(Line line, End end)
    : m_line(std::move(line)), m_end(std::move(end)), m_isTerminal(::isatty(STDIN_FILENO) != 0) {
    s_current = this;
    if (m_isTerminal)
        openTerminal();
}

LinePrompt::~LinePrompt() {
    close();
    s_current = nullptr;
}

void LinePrompt::openTerminal() {
    // Standard output holds only data: where it goes elsewhere, one edits on standard error.
    rl_outstream = ::isatty(STDOUT_FILENO) != 0 ? stdout : stderr;
    rl_readline_name = "socketscope";
    // Each line of what is pasted is a message, and a tab is a tab.
    (void)rl_variable_bind("enable-bracketed-paste", "off");
    (void)rl_bind_key('\t', &rl_insert);
    for (const std::string& line : m_history.lines())
        add_history(line.c_str());
    rl_callback_handler_install("> ", &LinePrompt::lineRead);
}

void LinePrompt::read() {
    if (!m_isOpen)
        return;
    if (m_isTerminal) {
        rl_callback_read_char();
        // Not from within readline's call: by now the terminal is ready for the next line, so that
        // what is typed in answer to what this line does finds it so.
        if (auto line = std::exchange(m_typed, std::nullopt))
            m_line(*line);
        else if (!m_isOpen)
            m_end();
        return;
    }
    for (std::string& line : m_input.read()) {
        if (line.ends_with('\n'))
            line.pop_back();
        if (m_isOpen)
            m_line(line);
    }
    if (m_input.fd() < 0 && std::exchange(m_isOpen, false))
        m_end();
}

/// Called by readline, from within read(); null at Ctrl+D on an empty line.
void LinePrompt::lineRead(char* text) {
    LinePrompt* const prompt = s_current;
    if (!text) {
        (void)std::fputc('\n', rl_outstream);
        prompt->close();
        return;
    }
    const std::string line = text;
    std::free(text);
    if (!line.empty()) {
        add_history(line.c_str());
        prompt->m_history.add(line);
    }
    prompt->m_typed = line;
}

void LinePrompt::writeAbove(const std::function<void()>& write) {
    const bool isEdited = m_isTerminal && m_isOpen;
    if (isEdited) {
        rl_clear_visible_line();
        (void)std::fflush(rl_outstream);
    }
    write();
    if (isEdited) {
        rl_on_new_line();
        rl_redisplay();
    }
}

void LinePrompt::close() {
    if (!std::exchange(m_isOpen, false) || !m_isTerminal)
        return;
    rl_callback_handler_remove();
    m_history.save();
}

} // namespace sscope::cli
