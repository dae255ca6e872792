#pragma once

#include <optional>
#include <string>

#include "app/cli/reply_sink.h"
#include "app/cli/send_options.h"

namespace sscope::cli {

/// Writes what `send` hears of one connection in the chosen form.
class ReplyPrinter : public ClientObserver {
public:
    /// JSON names the connection, where it has a number.
    ReplyPrinter(const SendOptions& options, ReplySink& sink, std::uint32_t connection = 0)
        : m_options(options), m_sink(sink), m_connection(connection) {}

    void addressResolved(const AddressInfo& info) override;
    void attemptStarted(const std::string& address) override;
    void attemptFailed(const std::string& address, const Error& error) override;
    void notGranted(const Error& error) override;
    void connected(const std::string& local, const std::string& peer) override;
    void bytesSent(std::size_t count) override;
    void datagramReceived(const std::string& from, std::size_t size, std::size_t realSize) override;
    void messageReceived(const Message& message) override;
    void failed(const Error& error) override;
    /// What has become of all datagrams; before `ended`.
    void datagramsCounted(const DatagramFigures& figures);
    /// What was waited for has not come.
    void tooFewReplies(const std::string& endpoint, const std::string& message);
    void ended(CloseReason reason, const Error& error) override;
    /// Writes what is left of a character that never became whole, and ends the last line.
    void finish();

private:
    void writeText(ByteView content);
    void writeWhole(const Message& message);
    void writeJson(const Message& message);
    [[nodiscard]] std::string encodingOf(const Message& message) const;
    template <typename Fields>
    void jsonLine(const char* event, Fields&& fields);
    void jsonError(const Error& error);
    [[nodiscard]] bool isJson() const { return m_options.output == SendOutput::Json; }

    const SendOptions& m_options;
    ReplySink& m_sink;
    const std::uint32_t m_connection;
    std::optional<TimePoint> m_lastSent;
    std::string m_from;          // of the datagram that is being read, where many can answer
    std::size_t m_cutSize = 0;   // its real size, where it has been cut
    std::error_code m_toldError; // of the attempt that failed last
    std::string m_incomplete;    // bytes of a character whose rest is still to come
    bool m_atLineStart = true;
};

} // namespace sscope::cli
