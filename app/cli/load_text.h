#pragma once

#include <string>

#include "core/load/load_result.h"

namespace sscope::cli {

/// The figures of a run that is over, as a person reads them.
std::string loadText(const LoadResult& result);
/// A run under way in one short line: "3 of 10 s · 120 000 a second · p99 1.2 ms · 0 errors".
std::string loadProgressText(const LoadResult& result);

} // namespace sscope::cli
