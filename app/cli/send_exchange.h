#pragma once

#include "app/cli/send_options.h"
#include "core/client/client_exchange.h"

namespace sscope::cli {

ExchangeMessage exchangeMessage(const OutgoingMessage& message, std::vector<HeaderField> header);
/// What each connection is to do.
ExchangePlan exchangePlan(const SendOptions& options);

int exitCodeOf(ExchangeEnd end);

/// Of a datagram that the receive size has cut; from is empty where there is one peer only.
Error truncationError(const SendOptions& options, const std::string& from, std::size_t realSize);

/// What to say of replies that have not come: "1 of 2 replies, nothing for 2 s. Try ...".
std::string tooFewText(ExchangeEnd end, const SendOptions& options, const std::string& missing);
/// The same of one exchange that has ended.
std::string tooFewText(const ClientExchange& exchange, const SendOptions& options);

} // namespace sscope::cli
