#pragma once

#include <deque>
#include <memory>
#include <string>

#include "core/base/cancel_signal.h"
#include "core/service/command_access.h"
#include "core/service/request_handler.h"
#include "core/service/service_settings.h"

namespace sscope {

/// command: runs what a message says, one after another, and sends what it says; `exit` closes.
/// Where the server has a token, the first message must be it. The handler decides what is run;
/// the server's CommandAccess does it, elsewhere.
class CommandHandler final : public RequestHandler {
public:
    explicit CommandHandler(const ServiceSettings& settings) : m_settings(settings.command) {}

    void setup(RequestContext& context) override;
    void handle(RequestContext& context, const Message& message) override;
    void finish(RequestContext& context) override;
    void writable(RequestContext& context) override { proceed(context); }
    void timer(RequestContext& context) override;
    void result(RequestContext& context, JobToken token, const std::string& output) override;
    void peerClosed(RequestContext& context) override;

private:
    enum class State { AwaitsToken, HeldBack, Refused, Open, Over };
    struct Line {
        std::string text;
        bool isLast = false; // of its message, which has one answer
    };

    void takeToken(RequestContext& context, std::string_view content);
    void judge(RequestContext& context);
    void enqueue(RequestContext& context, std::string_view content);
    void proceed(RequestContext& context);
    void skip(RequestContext& context);
    void start(RequestContext& context, const std::string& text);
    void submit(RequestContext& context, CommandTask task);
    void finishLine(RequestContext& context, std::string_view answer);
    void sayAndClose(RequestContext& context, std::string_view last);

    const CommandSettings m_settings;
    State m_state = State::Open;
    std::string m_token; // that came, while its source is held back
    std::deque<Line> m_lines;
    std::size_t m_waitingBytes = 0;          // of m_lines
    bool m_isLastLine = false;               // of the command under way
    std::string m_answer;                    // of the message under way, so far
    std::unique_ptr<CancelSource> m_running; // the command under way
    bool m_isFirst = true;                   // no message has come yet
    bool m_peerIsDone = false;
};

} // namespace sscope
