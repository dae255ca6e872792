#pragma once

#include <string>

#include "core/base/clock.h"

namespace sscope {

/// "Saturday, November 21, 2026 14:31:02-UTC", in English under every locale.
std::string daytimeText(WallTime time);
/// "Sat, 21 Nov 2026 14:31:02 GMT": IMF-fixdate (RFC 9110 5.6.7).
std::string httpDate(WallTime time);

} // namespace sscope
