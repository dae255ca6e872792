#pragma once

#include <string>
#include <vector>

#include "core/client/client_session.h"

namespace sscope {

/// What stands after `socketscope send` for a client of this kind: the endpoint, and the options
/// that differ from the defaults. Limits of the window's own are left out.
std::vector<std::string> sendArguments(const ClientConfig& config);

} // namespace sscope
