#pragma once

#include "core/load/load_result.h"

namespace sscope {

/// What an errno of connect, send or recv counts as.
LoadErrorReason loadErrorReason(int number);
/// The same as an error with what to try.
Error loadError(int number, const char* operation, const std::string& address);

} // namespace sscope
