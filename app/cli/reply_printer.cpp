#include "app/cli/reply_printer.h"

#include <charconv>

#include <nlohmann/json.hpp>

#include "app/cli/error_line.h"
#include "app/cli/json_line.h"
#include "core/base/display_text.h"
#include "core/base/encoding.h"
#include "core/base/hex.h"

namespace sscope::cli {

namespace {

using nlohmann::ordered_json;

// The longest character of any encoding that iconv knows, in bytes.
constexpr std::size_t longestCharacter = 8;

/// Control characters made visible, but for line ends and tabs, which a terminal shows as meant.
std::string terminalText(std::string_view text) {
    std::string shown;
    while (!text.empty()) {
        const auto end = text.find_first_of("\n\t");
        shown += displaySafe(text.substr(0, end));
        if (end == std::string_view::npos)
            break;
        if (shown.ends_with("\\r") && text[end] == '\n')
            shown.resize(shown.size() - 2);
        shown += text[end];
        text.remove_prefix(end + 1);
    }
    return shown;
}

std::size_t badPosition(const Error& error) {
    std::size_t position = 0;
    std::from_chars(error.detail.data(), error.detail.data() + error.detail.size(), position);
    return position;
}

} // namespace

template <typename Fields>
void ReplyPrinter::jsonLine(const char* event, Fields&& fields) {
    if (!isJson())
        return;
    ordered_json object{{"time", rfc3339(wallNow())}, {"event", event}};
    if (m_connection > 0)
        object["connection"] = m_connection;
    object.update(ordered_json(std::forward<Fields>(fields)));
    m_sink.write(cli::jsonLine(object));
}

void ReplyPrinter::jsonError(const Error& error) {
    const std::string name = errorName(error.code);
    jsonLine("error", ordered_json{{"operation", error.operation},
                                   {"subject", displaySafe(error.subject)},
                                   {"errno", name.empty() ? ordered_json() : ordered_json(name)},
                                   {"message", errorMessage(error)}});
}

void ReplyPrinter::addressResolved(const AddressInfo& info) {
    jsonLine("resolved", ordered_json{{"family", familyName(info.family)},
                                      {"type", socketTypeName(info.type)},
                                      {"protocol", protocolName(info.protocol)},
                                      {"canonname", displaySafe(info.canonicalName)},
                                      {"address", endpointText(info)}});
}

void ReplyPrinter::attemptStarted(const std::string& address) {
    jsonLine("connecting", ordered_json{{"address", displaySafe(address)}});
}

void ReplyPrinter::attemptFailed(const std::string&, const Error& error) {
    jsonError(error);
    m_toldError = error.code;
}

void ReplyPrinter::connected(const std::string& local, const std::string& peer) {
    // A Unix socket that is bound to no path has no name.
    const ordered_json own = local == "unix:" || local == "unixgram:"
                                 ? ordered_json()
                                 : ordered_json(displaySafe(local));
    jsonLine("connected", ordered_json{{"local", own}, {"peer", displaySafe(peer)}});
}

void ReplyPrinter::notGranted(const Error& error) {
    jsonError(error);
}

void ReplyPrinter::bytesSent(std::size_t count) {
    m_lastSent = SteadyClock::now();
    jsonLine("sent", ordered_json{{"bytes", count}});
}

void ReplyPrinter::datagramReceived(const std::string& from, std::size_t size,
                                    std::size_t realSize) {
    m_from = from;
    m_cutSize = realSize > size ? realSize : 0;
}

void ReplyPrinter::messageReceived(const Message& message) {
    switch (m_options.output) {
    case SendOutput::Raw:
        m_sink.write(textOf(message.content));
        break;
    case SendOutput::Text:
        if (m_options.client.framing.isRaw())
            writeText(message.content);
        else
            writeWhole(message);
        break;
    case SendOutput::Hex:
        m_sink.write(toHex(message.content) + '\n');
        break;
    case SendOutput::Json:
        writeJson(message);
        break;
    }
}

void ReplyPrinter::writeText(ByteView content) {
    m_incomplete += textOf(content);
    auto decoded = decodeText(m_incomplete, m_options.encoding);
    if (decoded) {
        m_incomplete.clear();
    } else {
        // A character cut at the end of this receive waits for its rest; anything else that is
        // not of the encoding is shown as it is, byte by byte.
        const std::size_t whole = badPosition(decoded.error());
        const bool isCut = m_incomplete.size() - whole < longestCharacter;
        const std::string_view sound = std::string_view(m_incomplete).substr(0, whole);
        decoded = isCut ? decodeText(sound, m_options.encoding) : Result<std::string>(m_incomplete);
        m_incomplete = isCut ? m_incomplete.substr(whole) : std::string();
    }
    const std::string shown = terminalText(*decoded);
    if (!shown.empty())
        m_atLineStart = shown.ends_with('\n');
    m_sink.write(shown);
}

/// A message of a framing is whole, and has a line of its own.
void ReplyPrinter::writeWhole(const Message& message) {
    const auto text = decodeText(textOf(message.content), encodingOf(message));
    const bool isBroken = !text && text.error().is(Fault::BadSequence);
    if (isBroken) // said, and shown as what it is
        printError(text.error());
    const std::string shown =
        isBroken ? toHex(message.content) : terminalText(text ? *text : textOf(message.content));
    m_sink.write(shown.ends_with('\n') ? shown : shown + '\n');
}

/// What the message says itself, else what was asked for.
std::string ReplyPrinter::encodingOf(const Message& message) const {
    const std::string_view named = fieldValue(message.header, "content-encoding");
    return named.empty() ? m_options.encoding : std::string(named);
}

void ReplyPrinter::writeJson(const Message& message) {
    const ByteView content = message.content;
    ordered_json fields{{"bytes", content.size()}};
    if (auto text = decodeText(textOf(content), encodingOf(message)))
        fields["text"] = *text;
    else
        fields["hex"] = toHex(content);
    if (m_cutSize != 0)
        fields["real_bytes"] = m_cutSize;
    if (!m_from.empty())
        fields["peer"] = displaySafe(m_from);
    fields["latency_us"] =
        m_lastSent ? ordered_json(microseconds(SteadyClock::now() - *m_lastSent)) : ordered_json();
    jsonLine("received", fields);
}

void ReplyPrinter::datagramsCounted(const DatagramFigures& figures) {
    // What is not an echo tells nothing of what became of that which was sent.
    const auto known = [&](std::uint64_t count) {
        return figures.areOfAnEcho() ? ordered_json(count) : ordered_json();
    };
    jsonLine("datagrams", ordered_json{{"sent", figures.sent},
                                       {"received", figures.received},
                                       {"lost", known(figures.lost)},
                                       {"reordered", known(figures.reordered)},
                                       {"duplicated", known(figures.duplicated)},
                                       {"foreign", figures.foreign},
                                       {"truncated", figures.truncated},
                                       {"dropped", figures.dropped},
                                       {"icmp_errors", figures.icmpErrors}});
}

void ReplyPrinter::tooFewReplies(const std::string& endpoint, const std::string& message) {
    jsonLine("error", ordered_json{{"operation", "receive"},
                                   {"subject", endpoint},
                                   {"errno", nullptr},
                                   {"message", message}});
}

void ReplyPrinter::failed(const Error& error) {
    jsonError(error);
}

void ReplyPrinter::ended(CloseReason reason, const Error& error) {
    if (error.code && error.code != m_toldError)
        jsonError(error);
    jsonLine("closed", ordered_json{{"reason", closeReasonName(reason)}});
}

void ReplyPrinter::finish() {
    if (m_options.output != SendOutput::Text)
        return;
    m_sink.write(displaySafe(m_incomplete));
    if (!m_atLineStart || !m_incomplete.empty())
        m_sink.write("\n");
    m_incomplete.clear();
    m_atLineStart = true;
}

} // namespace sscope::cli
