#pragma once

#include "app/cli/send_options.h"
#include "core/client/client_exchange.h"

namespace sscope::cli {

/// What each connection is to do.
ExchangePlan exchangePlan(const SendOptions& options);

int exitCodeOf(ExchangeEnd end);

/// What to say of replies that have not come: "1 of 2 replies, nothing for 2 s. Try ...".
std::string tooFewText(ExchangeEnd end, const SendOptions& options, const std::string& missing);

} // namespace sscope::cli
