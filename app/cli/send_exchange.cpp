#include "app/cli/send_exchange.h"

#include <fmt/format.h>

#include "app/cli/exit_code.h"
#include "core/storage/file_source.h"

namespace sscope::cli {

ExchangeMessage exchangeMessage(const OutgoingMessage& message, std::vector<HeaderField> header) {
    ExchangeMessage planned{.header = std::move(header), .made = message.content};
    const ByteView bytes = bytesOf(message.bytes);
    if (message.file.empty())
        planned.content.assign(bytes.begin(), bytes.end());
    else
        planned.open = [message] { return openFileSource(message.file, message.bytes); };
    return planned;
}

ExchangePlan exchangePlan(const SendOptions& options) {
    ExchangePlan plan{.repeat = options.repeat,
                      .interval = options.interval,
                      .halfClose = options.halfClose,
                      .replies = options.replies,
                      .untilClose = options.untilClose,
                      .quiet = options.quiet,
                      .wait = options.wait};
    for (const OutgoingMessage& message : options.messages)
        plan.messages.push_back(exchangeMessage(message, options.header));
    return plan;
}

int exitCodeOf(ExchangeEnd end) {
    switch (end) {
    case ExchangeEnd::Done:
        return done;
    case ExchangeEnd::NetworkSaidNo:
        return networkSaidNo;
    case ExchangeEnd::TimedOut:
    case ExchangeEnd::PeerClosed:
        return noReply;
    case ExchangeEnd::ProtocolBroken:
        return protocolBroken;
    case ExchangeEnd::Cancelled:
        return interrupted;
    }
    return done;
}

Error truncationError(const SendOptions& options, const std::string& from, std::size_t realSize) {
    return faultError(Fault::DatagramTruncated, "receive",
                      from.empty() ? options.client.endpoint.text() : from,
                      std::to_string(realSize));
}

std::string tooFewText(ExchangeEnd end, const SendOptions& options, const std::string& missing) {
    if (end == ExchangeEnd::TimedOut)
        return fmt::format("{}, nothing for {:g} s. Try --wait with more seconds.", missing,
                           std::chrono::duration<double>(options.wait).count());
    return fmt::format("{}, the peer has closed the connection. Check what it expects, or why it "
                       "turns connections away.",
                       missing);
}

std::string tooFewText(const ClientExchange& exchange, const SendOptions& options) {
    const auto wanted = exchange.replies();
    return tooFewText(exchange.end(), options,
                      wanted ? fmt::format("{} of {} replies", exchange.received(), *wanted)
                             : "no reply");
}

} // namespace sscope::cli
