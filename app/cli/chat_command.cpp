#include "app/cli/chat_command.h"

#include <optional>
#include <set>
#include <utility>

#include <unistd.h>

#include <fmt/format.h>

#include "app/cli/chat_client_options.h"
#include "app/cli/chat_printer.h"
#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/hash_password.h"
#include "app/cli/line_prompt.h"
#include "app/cli/process_setup.h"
#include "app/cli/ready_call.h"
#include "core/base/display_text.h"
#include "core/client/chat_client.h"
#include "core/service/chat_line.h"

namespace sscope::cli {

namespace {

/// One person in a chat, from start to exit code.
class ChatRun final : private ChatClientObserver {
public:
    ChatRun(const ChatClientOptions& options, Reactor& reactor)
        : m_options(options),
          m_reactor(reactor),
          m_signalFd(openStopSignals()),
          m_prompt([this](const std::string& line) { lineTyped(line); }, [this] { inputEnded(); }),
          m_printer(options.json, m_output, m_prompt),
          m_client(reactor, {1, 1}, options.chat, static_cast<ChatClientObserver&>(*this)),
          m_room(options.chat.room),
          m_signals(reactor, m_signalFd.get(), [this] { interrupt(); }),
          m_input(reactor, STDIN_FILENO, [this] { m_prompt.read(); }) {}

    int run() {
        m_client.start();
        (void)m_reactor.run();
        m_prompt.close();
        if (m_client.unstored() > 0)
            printToStandardError(fmt::format(
                "socketscope: chat: {} not stored",
                m_client.unstored() == 1 ? "1 message was"
                                         : fmt::format("{} messages were", m_client.unstored())));
        if (m_isInterrupted)
            return cli::interrupted;
        if (m_output.hasFailed())
            return networkSaidNo;
        if (m_failure != done)
            return m_failure;
        return m_client.unstored() > 0 ? noReply : done;
    }
    /// It ended because no password was given.
    [[nodiscard]] bool needsPassword() const { return m_needsPassword; }

private:
    // What is typed.
    void lineTyped(const std::string& line) {
        const auto asked = readChatLine(line, m_room);
        if (const auto* const request = std::get_if<ChatRequest>(&asked))
            take(*request);
        else
            take(std::get<ChatLineCommand>(asked));
    }
    void take(const ChatRequest& request) {
        using Action = ChatRequest::Action;
        if (request.action == Action::Say) {
            m_client.say(request.room, request.text);
        } else if (request.action == Action::Join) {
            m_wanted = request.room; // said to from when one is in it
            m_client.join(request.room);
        } else if (m_client.isIn()) {
            m_client.ask(request);
        } else {
            m_printer.say("socketscope: chat: there is no connection now");
        }
    }
    void take(const ChatLineCommand& command) {
        using Kind = ChatLineCommand::Kind;
        if (command.kind == Kind::Quit)
            inputEnded();
        else if (command.kind == Kind::Help)
            m_printer.say(chatLineHelp());
        else if (command.kind == Kind::Nick)
            m_client.ask({.action = ChatRequest::Action::Hello, .name = command.text});
        else if (command.kind == Kind::Wrong)
            m_printer.say("* " + command.text);
    }
    /// Who is not in yet says what was typed when it is, or hears why it may not.
    void inputEnded() {
        m_input.stop();
        m_isDone = true;
        if (!m_name.empty())
            m_client.leave();
    }
    void interrupt() {
        m_signals.stop();
        m_isInterrupted = true;
        m_prompt.close();
        m_client.leave();
    }

    // What happens.
    void attemptFailed(const std::string&, const Error& error) override {
        m_printer.say(errorLine(error));
        m_isTold = true;
    }
    void connected(const std::string& local, const std::string& peer, bool isPrivate) override {
        m_isTold = false;
        m_printer.connected(local, peer);
        if (!isPrivate)
            m_printer.say(m_options.chat.password.empty()
                              ? "* this line is not encrypted: others on the way can read it"
                              : "* this line is not encrypted: others on the way can read it, "
                                "and your password");
    }
    void messages(const std::string& room, const std::vector<ChatMessage>& messages) override {
        // On a terminal what was typed stands there already.
        const bool isPast = m_seen.insert(room).second;
        for (const ChatMessage& message : messages) {
            const bool isTyped =
                m_prompt.isTerminal() && !m_options.json && !isPast && message.author == m_name;
            if (!isTyped)
                m_printer.message(message);
        }
        leaveIfClosed();
    }
    void told(const ChatEvent& event) override {
        using Kind = ChatEvent::Kind;
        const bool isFirst = event.kind == Kind::Welcome && m_name.empty();
        if (event.kind == Kind::Welcome)
            m_name = event.name;
        m_needsPassword = event.kind == Kind::Refused && event.code == ChatCode::WrongPassword &&
                          m_options.chat.password.empty();
        if (event.kind == Kind::Joined && (event.ref == m_wanted || m_room == event.ref)) {
            m_room = event.room;
            m_wanted.clear();
        }
        if (event.kind == Kind::Joined && event.id == 0)
            m_seen.insert(event.room); // there is no past
        if (m_options.json || !isTheEnd(event))
            m_printer.event(event);
        if (isFirst && m_isDone)
            m_client.leave();
        leaveIfClosed();
    }
    void interrupted(const Error& error, Duration delay) override {
        m_printer.interrupted(
            error.code ? errorText(error) : "the server has closed the connection", delay);
    }
    void ended(CloseReason how, const Error& error, const std::string& reason) override {
        const std::string why =
            m_needsPassword
                ? "this server needs a password; --password-file names a file that holds it"
                : reason;
        if (how == CloseReason::Protocol && error.code)
            m_failure = protocolBroken;
        else if (error.code || !why.empty() || m_name.empty())
            m_failure = networkSaidNo;
        if (error.code && !m_isTold)
            m_printer.say(errorLine(error));
        else if (!why.empty())
            m_printer.say("socketscope: chat: " + displaySafe(why));
        else if (m_name.empty() && !m_isTold && !m_isInterrupted)
            m_printer.say("socketscope: chat: the server has closed the connection");
        m_printer.ended(why.empty() && error.code ? errorText(error) : why);
        m_prompt.close();
        m_reactor.stop();
    }
    /// ended() tells it, to standard error.
    [[nodiscard]] bool isTheEnd(const ChatEvent& event) const {
        using Kind = ChatEvent::Kind;
        return (event.kind == Kind::Closing && event.code != ChatCode::Stopping) ||
               (event.kind == Kind::Refused && event.action == "hello" && m_name.empty());
    }
    void leaveIfClosed() {
        if (m_output.isClosed())
            m_reactor.post([this] { m_client.leave(); });
    }

    const ChatClientOptions& m_options;
    Reactor& m_reactor;
    const UniqueFd m_signalFd; // before the prompt: readline leaves signals alone that are blocked
    Output m_output;
    LinePrompt m_prompt;
    ChatPrinter m_printer;
    ChatClient m_client;
    std::string m_room;   // where lines are said
    std::string m_wanted; // the room that was asked for last
    std::string m_name;
    std::set<std::string> m_seen; // rooms whose past has been shown
    ReadyCall m_signals;
    ReadyCall m_input;
    bool m_isInterrupted = false;
    bool m_isTold = false; // why it failed
    bool m_isDone = false; // nothing more is typed
    bool m_needsPassword = false;
    int m_failure = done;
};

int runChat(const ChatClientOptions& options, bool& needsPassword) {
    Reactor reactor(PollerKind::Poll); // epoll(7) does not take a regular file, which may be input
    if (auto opened = reactor.open(); !opened) {
        printError(opened.error());
        return networkSaidNo;
    }
    ChatRun run(options, reactor);
    const int code = run.run();
    needsPassword = run.needsPassword();
    return code;
}

} // namespace

int chatCommand(const std::vector<std::string>& words) {
    auto parsed = parseChat(words);
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    auto& options = std::get<ChatClientOptions>(parsed);
    bool needsPassword = false;
    const int code = runChat(options, needsPassword);
    if (!needsPassword)
        return code;
    auto password = askForServerPassword();
    if (!password)
        return code;
    options.chat.password = std::move(*password);
    return runChat(options, needsPassword);
}

} // namespace sscope::cli
