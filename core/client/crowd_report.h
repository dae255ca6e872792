#pragma once

#include "core/client/connection_crowd.h"

namespace sscope {

/// What stands after `socketscope send` for such a crowd.
std::vector<std::string> crowdArguments(const CrowdConfig& config);

/// "done", "failed", "no reply", "closed", "protocol", "cancelled".
const char* exchangeEndName(ExchangeEnd end);

/// A line for each connection under a line of names (RFC 4180).
std::string crowdCsv(const CrowdProgress& progress);
/// One object: the totals, the reasons, and `results`.
std::string crowdJson(const CrowdProgress& progress);

} // namespace sscope
