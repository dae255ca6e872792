#include "app/cli/send_command.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/cli/crowd_send.h"
#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/interactive_send.h"
#include "app/cli/process_setup.h"
#include "app/cli/reply_printer.h"
#include "app/cli/send_exchange.h"

namespace sscope::cli {

namespace {

/// One client from start to exit code, its replies and failures printed.
class SendRun final : private ReplyPrinter {
public:
    SendRun(const SendOptions& options, Output& output, ReplySink& sink, Reactor& reactor)
        : ReplyPrinter(options, sink),
          m_options(options),
          m_output(output),
          m_reactor(reactor),
          m_exchange(reactor, {1, 1}, options.client,
                     std::make_shared<const ExchangePlan>(exchangePlan(options)), *this) {}

    int run() {
        m_exchange.start();
        (void)m_reactor.run();
        finish();
        return m_output.hasFailed() ? networkSaidNo : exitCodeOf(m_exchange.end());
    }

private:
    void attemptFailed(const std::string& address, const Error& error) override {
        ReplyPrinter::attemptFailed(address, error);
        printError(error);
        m_isTold = true;
    }

    void connected(const std::string& local, const std::string& peer) override {
        ReplyPrinter::connected(local, peer);
        m_isTold = false;
    }

    void notGranted(const Error& error) override {
        ReplyPrinter::notGranted(error);
        printError(error);
    }

    void datagramReceived(const std::string& from, std::size_t size,
                          std::size_t realSize) override {
        ReplyPrinter::datagramReceived(from, size, realSize);
        if (realSize > size)
            printOnce(truncationError(m_options, from, realSize));
    }

    void messageReceived(const Message& message) override {
        ReplyPrinter::messageReceived(message);
        if (m_output.isClosed())
            m_reactor.post([this] { m_exchange.leave(); });
    }

    void failed(const Error& error) override {
        ReplyPrinter::failed(error);
        printOnce(error);
        m_isTold = true;
    }

    /// The same trouble with each datagram of many is one line.
    void printOnce(const Error& error) {
        if (std::ranges::find(m_printed, error.code) == m_printed.end()) {
            m_printed.push_back(error.code);
            printError(error);
        }
    }

    void ended(CloseReason reason, const Error& error) override {
        if (error.code && !m_isTold)
            printError(error);
        const ExchangeEnd end = m_exchange.end();
        if (end == ExchangeEnd::TimedOut || end == ExchangeEnd::PeerClosed)
            tellTooFew();
        if (isDatagram(m_options.client.endpoint.transport))
            datagramsCounted(m_exchange.datagramFigures());
        ReplyPrinter::ended(reason, error);
        m_reactor.stop();
    }

    void tellTooFew() {
        const std::string message = tooFewText(m_exchange, m_options);
        const std::string endpoint = m_options.client.endpoint.text();
        printToStandardError(fmt::format("socketscope: receive {}: {}", endpoint, message));
        tooFewReplies(endpoint, message);
    }

    const SendOptions& m_options;
    Output& m_output;
    Reactor& m_reactor;
    ClientExchange m_exchange;
    std::vector<std::error_code> m_printed;
    bool m_isTold = false; // why it failed
};

int sendOnce(const SendOptions& options) {
    Reactor reactor(PollerKind::Epoll);
    if (auto opened = reactor.open(); !opened) {
        printError(opened.error());
        return networkSaidNo;
    }
    Output output;
    DirectReplies replies(output);
    return SendRun(options, output, replies, reactor).run();
}

} // namespace

int sendCommand(const std::vector<std::string>& words) {
    exitWhenInterrupted();
    const auto parsed = parseSend(words);
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    const auto& options = std::get<SendOptions>(parsed);
    if (options.interactive)
        return sendInteractively(options);
    return options.connections > 1 ? sendByMany(options) : sendOnce(options);
}

} // namespace sscope::cli
