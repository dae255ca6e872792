#include "app/cli/crowd_send.h"

#include <map>

#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/json_line.h"
#include "app/cli/process_setup.h"
#include "app/cli/reply_printer.h"
#include "app/cli/send_exchange.h"
#include "core/base/display_text.h"
#include "core/base/units.h"
#include "core/client/connection_crowd.h"

namespace sscope::cli {

namespace {

using nlohmann::ordered_json;

constexpr Duration repaintTime = std::chrono::milliseconds(100);

/// What one connection is told waits until those before it are over.
class OrderedReplies {
public:
    explicit OrderedReplies(Output& output) : m_output(output) {}

    void write(std::uint32_t connection, std::string_view text) {
        if (connection == m_turn)
            m_output.write(text);
        else
            m_waiting[connection].text += text;
    }
    void end(std::uint32_t connection) {
        m_waiting[connection].isOver = true;
        for (auto it = m_waiting.find(m_turn); it != m_waiting.end() && it->second.isOver;
             it = m_waiting.find(m_turn)) {
            m_output.write(it->second.text);
            m_waiting.erase(it);
            ++m_turn;
        }
        if (const auto it = m_waiting.find(m_turn); it != m_waiting.end())
            m_output.write(std::exchange(it->second.text, {}));
    }

private:
    struct Waiting {
        std::string text;
        bool isOver = false;
    };

    Output& m_output;
    std::map<std::uint32_t, Waiting> m_waiting;
    std::uint32_t m_turn = 1; // the connection whose replies are written as they come
};

/// The printer of one connection.
class CrowdMemberPrinter final : private ReplySink, public ReplyPrinter {
public:
    CrowdMemberPrinter(const SendOptions& options, OrderedReplies& replies, Output& output,
                       const std::function<void()>& whenClosed, std::uint32_t connection)
        : ReplyPrinter(options, static_cast<ReplySink&>(*this), connection),
          m_replies(replies),
          m_output(output),
          m_whenClosed(whenClosed),
          m_connection(connection),
          m_isJson(options.output == SendOutput::Json) {}

private:
    void write(std::string_view text) override {
        if (m_isJson)
            m_output.write(text);
        else
            m_replies.write(m_connection, text);
        if (m_output.isClosed())
            m_whenClosed();
    }

    OrderedReplies& m_replies;
    Output& m_output;
    const std::function<void()>& m_whenClosed; // nobody reads the replies any more
    const std::uint32_t m_connection;
    const bool m_isJson;
};

/// A line of standard error that is painted anew while a person looks on.
class ProgressLine {
public:
    void paint(const CrowdSnapshot& now) {
        if (!m_isShown)
            return;
        const std::string line = fmt::format(
            "{} of {} connections: {} connecting, {} open, {} failed", formatCount(now.done),
            formatCount(now.connections), formatCount(now.connecting), formatCount(now.open),
            formatCount(now.failed));
        (void)std::fputs(("\r\x1b[K" + line).c_str(), stderr);
        m_isPainted = true;
    }
    void clear() {
        if (std::exchange(m_isPainted, false))
            (void)std::fputs("\r\x1b[K", stderr);
    }
    [[nodiscard]] bool isShown() const { return m_isShown; }

private:
    const bool m_isShown = ::isatty(STDERR_FILENO) != 0;
    bool m_isPainted = false;
};

std::string summaryText(const CrowdSnapshot& now) {
    return fmt::format("{} of {} connections done, {} bytes sent, {} received, {:.2f} s",
                       formatCount(now.done), formatCount(now.connections),
                       formatCount(now.sentBytes), formatCount(now.receivedBytes),
                       std::chrono::duration<double>(now.elapsed).count());
}

class CrowdSend final : private CrowdObserver, private EventHandler {
public:
    CrowdSend(const SendOptions& options, Reactor& reactor)
        : m_options(options),
          m_reactor(reactor),
          m_replies(m_output),
          m_whenClosed([this] {
              if (!std::exchange(m_isLeft, true)) // not from within a connection's call
                  m_reactor.post([this] { m_crowd.cancel(); });
          }),
          m_progress(std::make_shared<CrowdProgress>(options.connections)),
          m_crowd(reactor, crowdConfig(options), m_progress, this),
          m_repaint(reactor.timers(), [this] { repaint(); }) {}

    int run() {
        const UniqueFd signals(openStopSignals());
        if (auto watch = m_reactor.watch(signals.get(), Interest::Read, *this))
            m_signals = std::move(*watch);
        m_crowd.start();
        if (m_line.isShown())
            m_repaint.start(SteadyClock::now() + repaintTime);
        (void)m_reactor.run();
        m_signals.stop();
        m_line.clear();
        const CrowdSnapshot now = m_progress->snapshot();
        for (const CrowdReason& reason : now.reasons)
            printToStandardError("socketscope: " + reasonLine(reason, now));
        if (m_options.output == SendOutput::Json)
            m_output.write(jsonLine(summary(now)));
        else if (m_line.isShown())
            printToStandardError(summaryText(now));
        return exitCode(now);
    }

private:
    static CrowdConfig crowdConfig(const SendOptions& options) {
        CrowdConfig config{.client = options.client,
                           .plan = exchangePlan(options),
                           .connections = options.connections,
                           .together = options.together};
        config.plan.bytesReturn =
            options.client.framing.isRaw() && !isDatagram(options.client.endpoint.transport);
        return config;
    }

    // CrowdObserver
    void addressResolved(const AddressInfo& info) override {
        DirectReplies replies(m_output);
        ReplyPrinter(m_options, replies).addressResolved(info);
    }
    ClientObserver* listenerOf(std::uint32_t connection) override {
        const auto added = m_printers.try_emplace(connection, m_options, m_replies, m_output,
                                                  m_whenClosed, connection);
        return &added.first->second;
    }
    void connectionEnded(const CrowdResult& result, const Error&) override {
        if (const auto it = m_printers.find(result.connection); it != m_printers.end()) {
            if (result.end == ExchangeEnd::TimedOut || result.end == ExchangeEnd::PeerClosed)
                it->second.tooFewReplies(m_options.client.endpoint.text(),
                                         tooFewText(result.end, m_options, "too few replies"));
            it->second.finish();
            m_printers.erase(it);
        }
        if (m_options.output != SendOutput::Json)
            m_replies.end(result.connection);
    }
    void crowdEnded() override { m_reactor.stop(); }

    // EventHandler: a stop signal
    void handleEvents(Readiness) override {
        m_signals.stop();
        m_isInterrupted = true;
        m_crowd.cancel();
    }

    void repaint() {
        m_line.paint(m_progress->snapshot());
        m_repaint.start(SteadyClock::now() + repaintTime);
    }

    [[nodiscard]] std::string reasonLine(const CrowdReason& reason,
                                         const CrowdSnapshot& now) const {
        return fmt::format("{} of {} connections: {}", formatCount(reason.connections),
                           formatCount(now.connections), sentenceOf(reason));
    }
    [[nodiscard]] std::string sentenceOf(const CrowdReason& reason) const {
        if (reason.error.code)
            return errorSentence(reason.error);
        return fmt::format("receive {}: {}", m_options.client.endpoint.text(),
                           tooFewText(reason.end, m_options, "too few replies"));
    }

    [[nodiscard]] ordered_json summary(const CrowdSnapshot& now) const {
        ordered_json failures = ordered_json::array();
        for (const CrowdReason& reason : now.reasons) {
            const std::string name = errorName(reason.error.code);
            failures.push_back({{"errno", name.empty() ? ordered_json() : ordered_json(name)},
                                {"message", sentenceOf(reason)},
                                {"connections", reason.connections}});
        }
        return {{"time", rfc3339(wallNow())},
                {"event", "summary"},
                {"connections", now.connections},
                {"done", now.done},
                {"failed", now.failed},
                {"cancelled", now.cancelled},
                {"most_open", now.mostOpen},
                {"sent_bytes", now.sentBytes},
                {"received_bytes", now.receivedBytes},
                {"duration_ms", microseconds(now.elapsed) / 1000},
                {"failures", std::move(failures)}};
    }

    [[nodiscard]] int exitCode(const CrowdSnapshot& now) const {
        if (m_isInterrupted)
            return interrupted;
        if (m_output.hasFailed())
            return networkSaidNo;
        int code = done;
        for (const CrowdReason& reason : now.reasons) {
            const int next = exitCodeOf(reason.end);
            // The network's no comes first, then a broken protocol, then what is missing.
            if (code == done || next == networkSaidNo ||
                (next == protocolBroken && code == noReply))
                code = next;
        }
        return code;
    }

    const SendOptions& m_options;
    Reactor& m_reactor;
    Output m_output;
    OrderedReplies m_replies;
    const std::function<void()> m_whenClosed;
    std::map<std::uint32_t, CrowdMemberPrinter> m_printers;
    std::shared_ptr<CrowdProgress> m_progress;
    ConnectionCrowd m_crowd;
    Timer m_repaint;
    ProgressLine m_line;
    Watch m_signals;
    bool m_isInterrupted = false;
    bool m_isLeft = false; // by whoever read our output
};

} // namespace

int sendByMany(const SendOptions& options) {
    Reactor reactor(PollerKind::Epoll);
    if (auto opened = reactor.open(); !opened) {
        printError(opened.error());
        return networkSaidNo;
    }
    return CrowdSend(options, reactor).run();
}

} // namespace sscope::cli
