#pragma once

#include <span>
#include <string>

#include "core/load/load_result.h"
#include "core/load/model_race.h"

namespace sscope {

// What people keep of their measurements. Times are microseconds, numbers are exact, text is UTF-8;
// JSON is one object without a line feed, CSV has a header line (RFC 4180, but LF ends a line).

std::string loadJson(const LoadResult& result);
/// A row for each second.
std::string loadCsv(const LoadResult& result);

/// Runs beside each other, a row or an object for each.
std::string comparisonJson(std::span<const NamedLoad> runs);
std::string comparisonCsv(std::span<const NamedLoad> runs);

std::string raceJson(const RaceResult& result);
/// A row for each model.
std::string raceCsv(const RaceResult& result);

} // namespace sscope
