#include "app/cli/send_command.h"

#include <fmt/format.h>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/process_setup.h"
#include "app/cli/reply_printer.h"
#include "core/storage/file_source.h"

namespace sscope::cli {

namespace {

/// One client from start to exit code: sends the messages in order, and decides from the replies
/// when it is over (INTERFACE.md, "When it ends").
class SendRun final : private ReplyPrinter {
public:
    SendRun(const SendOptions& options, Reactor& reactor)
        : ReplyPrinter(options),
          m_options(options),
          m_reactor(reactor),
          m_session(reactor, {1, 1}, options.client, this),
          m_intervalTimer(reactor.timers(), [this] { pump(); }),
          m_waitTimer(reactor.timers(), [this] { waitOver(); }),
          m_left(options.messages.size() * options.repeat) {
        const bool datagrams = isDatagram(options.client.endpoint.transport);
        m_replies = options.replies;
        // Raw on a stream has no messages that could be counted.
        const bool hasMessages = datagrams || !options.client.framing.isRaw();
        if (!m_replies && !options.untilClose && hasMessages)
            m_replies = m_left;
    }

    int run() {
        m_session.start();
        (void)m_reactor.run();
        finish();
        return output().hasFailed() ? networkSaidNo : m_exitCode;
    }

private:
    void connected(const std::string& local, const std::string& peer) override {
        ReplyPrinter::connected(local, peer);
        m_failed = false;
        // The session is not to be used from within this call.
        m_reactor.post([this] { pump(); });
    }

    void attemptFailed(const std::string& address, const Error& error) override {
        ReplyPrinter::attemptFailed(address, error);
        printError(error);
        m_failed = true; // unless the next address answers
    }

    void bytesSent(std::size_t count) override {
        ReplyPrinter::bytesSent(count);
        if (!m_pumping)
            pump();
        restartWait();
    }

    void mayHaveRoom() override {
        if (!m_pumping)
            pump();
    }

    void messageReceived(const Message& message) override {
        if (m_options.wait == Duration::zero())
            return; // nothing is read, also what comes before all is sent
        ++m_received;
        ReplyPrinter::messageReceived(message);
        restartWait();
        if (hasAllReplies())
            m_session.close();
        else if (output().isClosed())
            m_session.reset();
    }

    void failed(const Error& error) override {
        ReplyPrinter::failed(error);
        printError(error);
        m_failed = true;
        m_session.close();
    }

    void ended(CloseReason reason, const Error& error) override {
        m_waitTimer.stop();
        m_intervalTimer.stop();
        if (error.code && !m_failed)
            printError(error);
        m_exitCode = exitCode(reason, error);
        ReplyPrinter::ended(reason, error);
        m_reactor.stop();
    }

    [[nodiscard]] int exitCode(CloseReason reason, const Error& error) {
        if (reason == CloseReason::Protocol || error.is(Fault::MessageTooLong))
            return protocolBroken;
        if (m_failed || error.code)
            return networkSaidNo;
        if (m_options.wait == Duration::zero() || m_options.untilClose || output().isClosed())
            return m_timedOut ? noReply : done;
        const std::uint64_t wanted = m_replies.value_or(1);
        if (m_received >= wanted)
            return done;
        if (!m_timedOut)
            tellTooFew("the peer has closed the connection",
                       "Check what it expects, or why it turns connections away.");
        return noReply;
    }

    void pump() {
        m_pumping = true;
        while (m_left > 0 && m_session.canSend() && !m_intervalTimer.isActive()) {
            sendNext();
            if (m_options.interval > Duration::zero() && m_left > 0)
                m_intervalTimer.start(SteadyClock::now() + m_options.interval);
        }
        m_pumping = false;
        if (m_left == 0 && !std::exchange(m_allSent, true))
            afterLast();
    }

    void sendNext() {
        const std::size_t index = m_next++ % m_options.messages.size();
        const OutgoingMessage& message = m_options.messages[index];
        --m_left;
        if (message.content) {
            const auto content = message.content->make(m_macros, wallNow());
            m_session.send({.content = content, .header = m_options.header});
            return;
        }
        if (message.file.empty()) {
            m_session.send({.content = bytesOf(message.bytes), .header = m_options.header});
            return;
        }
        auto source = openFileSource(message.file, message.bytes);
        if (!source)
            failed(source.error());
        else if (isDatagram(m_options.client.endpoint.transport))
            sendDatagram(**source);
        else
            m_session.send(std::move(*source), m_options.header);
    }

    void sendDatagram(ByteSource& source) {
        // One byte more than any datagram holds: the kernel then says what is wrong.
        std::vector<std::byte> content(1 << 17);
        std::size_t size = 0;
        while (size < content.size()) {
            const auto count = source.read(std::span(content).subspan(size));
            if (!count) {
                failed(count.error());
                return;
            }
            if (*count == 0)
                break;
            size += *count;
        }
        m_session.send({.content = ByteView(content).first(size), .header = m_options.header});
    }

    void afterLast() {
        if (m_options.halfClose)
            m_session.finishSending();
        if (m_options.wait == Duration::zero() || hasAllReplies())
            m_session.close();
        else
            restartWait();
    }

    [[nodiscard]] bool hasAllReplies() const {
        return m_allSent && m_replies && m_received >= *m_replies;
    }

    void restartWait() {
        if (m_session.hasEnded() || m_options.wait == Duration::zero())
            return; // nothing is waited for
        const bool quietEnds = m_received > 0 && m_allSent && !m_replies;
        if (m_options.untilClose && m_received > 0)
            m_waitTimer.stop();
        else
            m_waitTimer.start(SteadyClock::now() + (quietEnds && !m_options.untilClose
                                                        ? m_options.quiet
                                                        : m_options.wait));
    }

    void waitOver() {
        if (!m_allSent && m_options.interval > m_options.wait)
            return; // it is for us to speak
        const bool quietEnds = m_received > 0 && m_allSent && !m_replies;
        if (!quietEnds) {
            m_timedOut = true;
            tellTooFew(fmt::format("nothing for {:g} s",
                                   std::chrono::duration<double>(m_options.wait).count()),
                       "Try --wait with more seconds.");
        }
        m_session.close();
        if (!m_session.hasEnded())
            m_session.reset(); // the peer does not even read
    }

    void tellTooFew(const std::string& why, const std::string& remedy) {
        const std::string missing =
            m_replies ? fmt::format("{} of {} replies", m_received, *m_replies) : "no reply";
        const std::string message = fmt::format("{}, {}. {}", missing, why, remedy);
        const std::string endpoint = m_options.client.endpoint.text();
        printToStandardError(fmt::format("socketscope: receive {}: {}", endpoint, message));
        tooFewReplies(endpoint, message);
    }

    const SendOptions& m_options;
    Reactor& m_reactor;
    ClientSession m_session;
    Timer m_intervalTimer;
    Timer m_waitTimer;
    MacroValues m_macros;
    std::uint64_t m_left; // messages still to be sent
    std::uint64_t m_next = 0;
    std::uint64_t m_received = 0;
    std::optional<std::uint64_t> m_replies;
    bool m_allSent = false;
    bool m_pumping = false;
    bool m_failed = false;
    bool m_timedOut = false;
    int m_exitCode = done;
};

} // namespace

int sendCommand(const std::vector<std::string>& words) {
    exitWhenInterrupted();
    const auto parsed = parseSend(words);
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    Reactor reactor(PollerKind::Epoll);
    if (auto opened = reactor.open(); !opened) {
        printError(opened.error());
        return networkSaidNo;
    }
    return SendRun(std::get<SendOptions>(parsed), reactor).run();
}

} // namespace sscope::cli
