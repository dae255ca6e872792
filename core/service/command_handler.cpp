#include "core/service/command_handler.h"

#include <chrono>
#include <utility>

#include "core/service/command_line.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

// A peer that has ended its direction may only wait for its answer, or be gone, which cannot be
// told apart; with the end of the command it all takes less than two seconds.
constexpr Duration lastCommandTime = 1s;
constexpr std::size_t mostLines = 1000;
constexpr std::size_t mostWaitingBytes = 1 << 20;

} // namespace

void CommandHandler::setup(RequestContext& context) {
    CommandAccess* const access = context.commandAccess();
    if (!access) { // datagrams, which are refused before
        m_state = State::Over;
    } else if (access->needsToken()) {
        m_state = State::AwaitsToken;
        context.setTimer(tokenPatience);
    }
}

void CommandHandler::handle(RequestContext& context, const Message& message) {
    // Before the token too: a web page is not to hold back the source of who sits here.
    const bool isFirst = std::exchange(m_isFirst, false);
    if (m_state != State::Over && m_state != State::Refused &&
        isHttpRequest(textOf(message.content), isFirst)) {
        context.tellProtocolError("an HTTP request");
        m_answer.clear();
        sayAndClose(context, {});
        return;
    }
    if (m_state == State::AwaitsToken)
        takeToken(context, textOf(message.content));
    else if (m_state == State::Open || m_state == State::HeldBack)
        enqueue(context, textOf(message.content));
}

void CommandHandler::finish(RequestContext&) {
    m_state = State::Over;
    m_running.reset();
}

void CommandHandler::takeToken(RequestContext& context, std::string_view content) {
    // What follows it in the same receive are commands already.
    const auto end = std::min(content.find('\n'), content.size());
    m_token = tokenIn(content.substr(0, end));
    m_state = State::HeldBack;
    if (const auto rest = content.substr(std::min(end + 1, content.size())); !rest.empty())
        enqueue(context, rest);
    if (m_state == State::HeldBack)
        judge(context);
}

void CommandHandler::judge(RequestContext& context) {
    const TokenVerdict verdict = context.commandAccess()->judge(m_token, context.now());
    if (verdict.kind == TokenVerdict::Kind::Accepted) {
        m_state = State::Open;
        m_token.clear();
        context.send(bytesOf("ok"));
        proceed(context);
        return;
    }
    if (verdict.kind == TokenVerdict::Kind::Wrong) {
        m_state = State::Refused;
        m_lines.clear();
        context.tellProtocolError("wrong token");
    }
    context.setTimer(verdict.delay);
}

void CommandHandler::timer(RequestContext& context) {
    switch (m_state) {
    case State::AwaitsToken:
        sayAndClose(context, noTokenAnswer);
        break;
    case State::HeldBack:
        judge(context);
        break;
    case State::Refused:
        sayAndClose(context, wrongTokenAnswer);
        break;
    case State::Open:
        if (m_peerIsDone)
            sayAndClose(context, "command error: ended 1 s after your side of the connection; "
                                 "keep it open until the answer has come");
        break;
    case State::Over:
        break;
    }
}

void CommandHandler::enqueue(RequestContext& context, std::string_view content) {
    std::vector<std::string> lines = commandLines(content, m_settings.shell);
    if (lines.empty())
        lines.emplace_back(); // it has an answer too
    for (std::string& line : lines) {
        m_waitingBytes += line.size();
        m_lines.push_back({std::move(line), false});
    }
    m_lines.back().isLast = true;
    if (m_lines.size() > mostLines || m_waitingBytes > mostWaitingBytes)
        sayAndClose(context, "command error: too many commands wait");
    else
        proceed(context);
}

void CommandHandler::proceed(RequestContext& context) {
    while (m_state == State::Open && !m_running && !m_lines.empty() && context.hasRoom()) {
        const Line line = std::move(m_lines.front());
        m_lines.pop_front();
        m_waitingBytes -= line.text.size();
        m_isLastLine = line.isLast;
        if (m_answer.size() > m_settings.outputCap)
            skip(context);
        else
            start(context, line.text);
    }
    if (m_state == State::Open && m_peerIsDone && !m_running && m_lines.empty())
        sayAndClose(context, {});
}

/// The answer is full: what is left of its message is not run.
void CommandHandler::skip(RequestContext& context) {
    while (!m_isLastLine) {
        m_isLastLine = m_lines.front().isLast;
        m_waitingBytes -= m_lines.front().text.size();
        m_lines.pop_front();
    }
    finishLine(context, commandAnswer({}, {.kind = CommandEnd::Kind::OverCap}, m_settings));
}

void CommandHandler::start(RequestContext& context, const std::string& text) {
    if (text == "exit") {
        sayAndClose(context, {});
        return;
    }
    auto command = readCommandLine(text, m_settings);
    if (const auto* refused = std::get_if<std::string>(&command))
        finishLine(context, *refused);
    else
        submit(context, std::move(std::get<CommandTask>(command)));
}

void CommandHandler::submit(RequestContext& context, CommandTask task) {
    // The lines of one message share what its answer may hold.
    task.outputCap -= std::min(task.outputCap, m_answer.size());
    m_running = std::make_unique<CancelSource>();
    const JobToken token =
        context.submit([task, cancel = m_running->signal(), settings = m_settings,
                        run = context.commandAccess()->runner()] {
            return commandAnswer(task, run(task, cancel), settings);
        });
    if (token != noJob)
        return;
    m_running.reset();
    finishLine(context, commandAnswer(task, {.kind = CommandEnd::Kind::Lost}, m_settings));
}

void CommandHandler::result(RequestContext& context, JobToken, const std::string& output) {
    if (!m_running)
        return;
    m_running.reset();
    finishLine(context, output);
    proceed(context);
}

void CommandHandler::finishLine(RequestContext& context, std::string_view answer) {
    if (!m_answer.empty() && !m_answer.ends_with('\n'))
        m_answer += '\n';
    m_answer += answer;
    if (m_isLastLine)
        context.send(bytesOf(std::exchange(m_answer, {})));
}

void CommandHandler::peerClosed(RequestContext& context) {
    m_peerIsDone = true;
    if (m_state != State::Open) {
        sayAndClose(context, {});
        return;
    }
    context.setTimer(lastCommandTime);
    proceed(context);
}

/// What is under way ends here.
void CommandHandler::sayAndClose(RequestContext& context, std::string_view last) {
    if (!last.empty()) {
        m_isLastLine = true;
        finishLine(context, last);
    } else if (!m_answer.empty()) {
        context.send(bytesOf(std::exchange(m_answer, {})));
    }
    m_state = State::Over;
    m_lines.clear();
    m_running.reset();
    context.close();
}

} // namespace sscope
