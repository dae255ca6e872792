#include "app/cli/interactive_send.h"

#include <unistd.h>

#include <fmt/format.h>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/line_prompt.h"
#include "app/cli/process_setup.h"
#include "app/cli/ready_call.h"
#include "app/cli/reply_printer.h"
#include "app/cli/send_exchange.h"
#include "core/base/display_text.h"

namespace sscope::cli {

namespace {

/// Replies above the prompt: whole lines, whatever the peer has sent.
class RepliesAbove final : public ReplySink {
public:
    RepliesAbove(Output& output, LinePrompt& prompt) : m_output(output), m_prompt(prompt) {}

    void write(std::string_view text) override {
        m_prompt.writeAbove([&] {
            m_output.write(text);
            // Bytes that are kept elsewhere stay as they are.
            if (m_isTerminal && !text.empty() && !text.ends_with('\n'))
                m_output.write("\n");
        });
    }

private:
    Output& m_output;
    LinePrompt& m_prompt;
    const bool m_isTerminal = ::isatty(STDOUT_FILENO) != 0;
};

class InteractiveSend final : private ClientObserver {
public:
    InteractiveSend(const SendOptions& options, Reactor& reactor)
        : m_options(options),
          m_reactor(reactor),
          m_signalFd(openStopSignals()),
          m_prompt([this](const std::string& line) { lineTyped(line); }, [this] { inputEnded(); }),
          m_replies(m_output, m_prompt),
          m_printer(options, m_replies),
          m_exchange(reactor, {1, 1}, options.client, openEnded(options), *this),
          m_signals(reactor, m_signalFd.get(), [this] { interrupt(); }),
          m_input(reactor, STDIN_FILENO, [this] { readInput(); }) {}

    int run() {
        m_exchange.start();
        (void)m_reactor.run();
        m_prompt.close();
        m_printer.finish();
        if (m_isInterrupted)
            return interrupted;
        return m_output.hasFailed() ? networkSaidNo : exitCodeOf(m_exchange.end());
    }

private:
    static std::shared_ptr<const ExchangePlan> openEnded(const SendOptions& options) {
        auto plan = std::make_shared<ExchangePlan>(exchangePlan(options));
        plan->isOpenEnded = true;
        return plan;
    }

    // What is typed.
    void readInput() {
        m_prompt.read();
        updateInput();
    }
    void lineTyped(const std::string& line) {
        auto message = m_options.messageOfLine(line);
        if (message)
            m_exchange.add(exchangeMessage(*message, m_options.header));
        else
            say(errorLine(message.error()));
    }
    void inputEnded() {
        m_input.stop();
        m_hasInputEnded = true;
        // Ctrl+D says that nothing more will come; the end of a file need not.
        m_exchange.endOfMessages(m_options.halfClose || m_prompt.isTerminal());
    }
    void interrupt() {
        m_signals.stop();
        m_isInterrupted = true;
        m_prompt.close();
        m_exchange.cancel();
    }
    /// A sender that is faster than the peer waits.
    void updateInput() {
        if (!m_hasInputEnded)
            m_input.pause(!m_prompt.isTerminal() && !m_exchange.hasRoom());
    }

    // What happens.
    void addressResolved(const AddressInfo& info) override { m_printer.addressResolved(info); }
    void attemptStarted(const std::string& address) override { m_printer.attemptStarted(address); }
    void attemptFailed(const std::string& address, const Error& error) override {
        m_printer.attemptFailed(address, error);
        say(errorLine(error));
        m_isTold = true;
    }
    void connected(const std::string& local, const std::string& peer) override {
        m_printer.connected(local, peer);
        m_isTold = false;
        if (m_prompt.isTerminal())
            say("connected to " + displaySafe(peer) + " from " + displaySafe(local));
    }
    void notGranted(const Error& error) override {
        m_printer.notGranted(error);
        say(errorLine(error));
    }
    void bytesSent(std::size_t count) override {
        m_printer.bytesSent(count);
        mayHaveRoom();
    }
    void mayHaveRoom() override {
        m_reactor.post([this] { updateInput(); }); // the exchange fills its room after this call
    }
    void datagramReceived(const std::string& from, std::size_t size,
                          std::size_t realSize) override {
        m_printer.datagramReceived(from, size, realSize);
        if (realSize > size)
            say(errorLine(truncationError(m_options, from, realSize)));
    }
    void messageReceived(const Message& message) override {
        m_printer.messageReceived(message);
        if (m_output.isClosed())
            m_reactor.post([this] { m_exchange.leave(); });
    }
    void failed(const Error& error) override {
        m_printer.failed(error);
        say(errorLine(error));
        m_isTold = true;
    }
    void ended(CloseReason reason, const Error& error) override {
        const ExchangeEnd end = m_exchange.end();
        if (error.code && !m_isTold)
            say(errorLine(error));
        else if (reason == CloseReason::Peer && !m_hasInputEnded)
            say("socketscope: the peer has closed the connection");
        if (m_hasInputEnded && (end == ExchangeEnd::TimedOut || end == ExchangeEnd::PeerClosed))
            tellTooFew();
        if (isDatagram(m_options.client.endpoint.transport))
            m_printer.datagramsCounted(m_exchange.datagramFigures());
        m_printer.ended(reason, error);
        m_prompt.close();
        m_reactor.stop();
    }

    void tellTooFew() {
        const std::string message = tooFewText(m_exchange, m_options);
        const std::string endpoint = m_options.client.endpoint.text();
        say(fmt::format("socketscope: receive {}: {}", endpoint, message));
        m_printer.tooFewReplies(endpoint, message);
    }

    void say(const std::string& line) {
        m_prompt.writeAbove([&] { printToStandardError(line); });
    }

    const SendOptions& m_options;
    Reactor& m_reactor;
    const UniqueFd m_signalFd; // before the prompt: readline leaves signals alone that are blocked
    Output m_output;
    LinePrompt m_prompt;
    RepliesAbove m_replies;
    ReplyPrinter m_printer;
    ClientExchange m_exchange;
    ReadyCall m_signals;
    ReadyCall m_input;
    bool m_hasInputEnded = false;
    bool m_isInterrupted = false;
    bool m_isTold = false; // why it failed
};

} // namespace

int sendInteractively(const SendOptions& options) {
    Reactor reactor(PollerKind::Poll); // epoll(7) does not take a regular file, which may be input
    if (auto opened = reactor.open(); !opened) {
        printError(opened.error());
        return networkSaidNo;
    }
    return InteractiveSend(options, reactor).run();
}

} // namespace sscope::cli
