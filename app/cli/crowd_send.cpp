#include "app/cli/crowd_send.h"

#include <algorithm>
#include <map>

#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/json_line.h"
#include "app/cli/ordered_replies.h"
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

/// What all connections share to say what they hear.
struct CrowdVoice {
    Output output;
    OrderedReplies replies{output};
    std::function<void()> whenClosed; // nobody reads the replies any more
    std::function<void(const Error&)> warn;
};

/// The printer of one connection.
class CrowdMemberPrinter final : private ReplySink, public ReplyPrinter {
public:
    CrowdMemberPrinter(const SendOptions& options, CrowdVoice& voice, std::uint32_t connection)
        : ReplyPrinter(options, static_cast<ReplySink&>(*this), connection),
          m_options(options),
          m_voice(voice),
          m_connection(connection),
          m_isJson(options.output == SendOutput::Json) {}

    /// All that is left to tell, once it is known how the connection has ended.
    void tellEnd(const CrowdResult& result, const DatagramFigures& figures) {
        if (result.end == ExchangeEnd::TimedOut || result.end == ExchangeEnd::PeerClosed)
            tooFewReplies(m_options.client.endpoint.text(),
                          tooFewText(result.end, m_options, "too few replies"));
        if (isDatagram(m_options.client.endpoint.transport))
            datagramsCounted(figures);
        ReplyPrinter::ended(m_reason, m_error);
        finish();
    }

private:
    void notGranted(const Error& error) override {
        ReplyPrinter::notGranted(error);
        m_voice.warn(error);
    }
    void datagramReceived(const std::string& from, std::size_t size,
                          std::size_t realSize) override {
        ReplyPrinter::datagramReceived(from, size, realSize);
        if (realSize > size)
            m_voice.warn(truncationError(m_options, from, realSize));
    }
    void ended(CloseReason reason, const Error& error) override {
        m_reason = reason;
        m_error = error;
    }
    void write(std::string_view text) override {
        if (m_isJson)
            m_voice.output.write(text);
        else
            m_voice.replies.write(m_connection, text);
        if (m_voice.output.isClosed() || m_voice.replies.hasFailed())
            m_voice.whenClosed();
    }

    const SendOptions& m_options;
    CrowdVoice& m_voice;
    const std::uint32_t m_connection;
    const bool m_isJson;
    CloseReason m_reason = CloseReason::Local;
    Error m_error;
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
          m_progress(std::make_shared<CrowdProgress>(options.connections)),
          m_crowd(reactor, crowdConfig(options), m_progress, this),
          m_repaint(reactor.timers(), [this] { repaint(); }) {
        m_voice.whenClosed = [this] {
            if (!std::exchange(m_isLeft, true)) // not from within a connection's call
                m_reactor.post([this] { m_crowd.cancel(); });
        };
        m_voice.warn = [this](const Error& error) { warn(error); };
    }

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
            m_voice.output.write(jsonLine(summary(now)));
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
        DirectReplies replies(m_voice.output);
        ReplyPrinter(m_options, replies).addressResolved(info);
    }
    ClientObserver* listenerOf(std::uint32_t connection) override {
        const auto added = m_printers.try_emplace(connection, m_options, m_voice, connection);
        return &added.first->second;
    }
    void connectionEnded(const CrowdResult& result, const Error&,
                         const DatagramFigures& figures) override {
        if (const auto it = m_printers.find(result.connection); it != m_printers.end()) {
            it->second.tellEnd(result, figures);
            m_printers.erase(it);
        }
        if (m_options.output != SendOutput::Json)
            m_voice.replies.end(result.connection);
    }
    void crowdEnded() override { m_reactor.stop(); }

    // EventHandler: a stop signal
    void handleEvents(Readiness) override {
        m_signals.stop();
        m_isInterrupted = true;
        m_crowd.cancel();
    }

    /// The same of many connections is one line.
    void warn(const Error& error) {
        if (std::ranges::find(m_warnings, error.code) != m_warnings.end())
            return;
        m_warnings.push_back(error.code);
        m_line.clear();
        printError(error);
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
        if (m_voice.output.hasFailed() || m_voice.replies.hasFailed())
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
    CrowdVoice m_voice;
    std::vector<std::error_code> m_warnings;
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
