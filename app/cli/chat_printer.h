#pragma once

#include <string>

#include "app/cli/line_prompt.h"
#include "app/cli/output.h"
#include "core/service/chat_protocol.h"

namespace sscope::cli {

/// What a chat says, as lines for a person or as JSON, above the line that is being typed.
class ChatPrinter {
public:
    ChatPrinter(bool json, Output& output, LinePrompt& prompt)
        : m_json(json), m_output(output), m_prompt(prompt) {}

    void connected(const std::string& local, const std::string& peer);
    void message(const ChatMessage& message);
    void event(const ChatEvent& event);
    void interrupted(const std::string& why, Duration delay);
    void ended(const std::string& why);
    /// About this command, on standard error.
    void say(const std::string& line);

private:
    void write(const std::string& text);

    const bool m_json;
    Output& m_output;
    LinePrompt& m_prompt;
};

} // namespace sscope::cli
